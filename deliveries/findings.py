"""What can be found wrong in a file: the French sentence of each kind of finding, and its place."""

from dataclasses import dataclass

# Kind → (title for the counts, sentence). Sentences may use {value}, {column}, {expected} and {hint}.
KINDS = {
    "fichier_vide": (
        "Fichier vide",
        "Le fichier ne contient aucune ligne de données. Vérifiez l’export et redonnez-le.",
    ),
    "encodage": (
        "Encodage illisible",
        "Ces caractères ne se lisent ni en UTF-8 ni en ISO-8859-1 ni en Mac Roman\u00a0: «\u00a0{value}\u00a0». "
        "Enregistrez le fichier en UTF-8.",
    ),
    "fichier_inconnu": (
        "Fichier non reconnu",
        "L’en-tête ne correspond à aucune source connue\u00a0: {value}. Vérifiez le fichier, ou nommez la source.",
    ),
    "autre_source": (
        "Fichier d’une autre sorte",
        "Ce fichier n’a pas l’en-tête de la source «\u00a0{expected}\u00a0»\u00a0: il manque {value}. Vérifiez le fichier ou la source choisie.",
    ),
    "fichier_tronque": (
        "Ligne incomplète",
        "La ligne n’a que {value} cellules au lieu de {expected}\u00a0: le fichier est sans doute coupé. Redonnez-le entier.",
    ),
    "ligne_trop_longue": (
        "Ligne trop longue",
        "La ligne a {value} cellules au lieu de {expected}\u00a0: un séparateur s’est glissé dans un texte. Mettez ce texte entre guillemets.",
    ),
    "colonne_absente": (
        "Colonne absente",
        "La colonne «\u00a0{column}\u00a0» est absente{hint}. Rétablissez-la\u00a0: aucune autre ne peut la remplacer.",
    ),
    "entete_vide": (
        "En-tête vide",
        "Une colonne n’a pas de nom et sa place ne dit pas ce qu’elle est. Donnez-lui un nom.",
    ),
    "colonne_inconnue": (
        "Colonne inconnue",
        "La colonne «\u00a0{column}\u00a0» n’est pas utilisée\u00a0: elle est ignorée.",
    ),
    "millesime_absent": (
        "Cohorte inconnue",
        "La cohorte n’est ni dans le fichier ni dans son nom. Indiquez-la\u00a0: --cohort 2022_2023.",
    ),
    "millesime_invalide": (
        "Cohorte illisible",
        "«\u00a0{value}\u00a0» n’est pas une cohorte. Écrivez par exemple «\u00a0cumul 2022-2023\u00a0» ou «\u00a02022_2023\u00a0».",
    ),
    "uai_invalide": (
        "Code UAI faux",
        "«\u00a0{value}\u00a0» n’est pas un code UAI valable\u00a0: {expected}. Corrigez le code à la source.",
    ),
    "code_invalide": (
        "Code mal formé",
        "«\u00a0{value}\u00a0» n’a pas la forme attendue\u00a0: {expected}. Corrigez le code à la source.",
    ),
    "code_retouche": (
        "Code abîmé par un tableur",
        "«\u00a0{value}\u00a0» a été transformé par un tableur\u00a0; il devrait s’écrire «\u00a0{expected}\u00a0». Repartez du fichier d’origine, colonnes en texte.",
    ),
    "code_inconnu": (
        "Code absent de la nomenclature",
        "«\u00a0{value}\u00a0» n’est pas dans {expected}. Publiez d’abord la table à jour, ou corrigez le code.",
    ),
    "nombre_invalide": (
        "Texte dans une colonne de nombres",
        "«\u00a0{value}\u00a0» n’est pas un nombre. Écrivez un nombre, «\u00a0nd\u00a0» ou rien.",
    ),
    "date_invalide": ("Date illisible", "«\u00a0{value}\u00a0» n’est pas une date. Écrivez JJ/MM/AAAA."),
    "pourcentage_hors_bornes": (
        "Pourcentage hors de 0 à 100",
        "«\u00a0{value}\u00a0» est hors de l’intervalle de 0 à 100. Corrigez le pourcentage à la source.",
    ),
    "somme_differente_de_100": (
        "Parts qui ne font pas 100",
        "Les trois parts font {value} au lieu de 100 (à 1 près). Corrigez-les à la source.",
    ),
    "cle_en_double": (
        "Ligne en double",
        "Cette ligne répète la clé de la ligne {expected} ({value}). Gardez-en une seule.",
    ),
    "effectif_incoherent": (
        "Effectifs incohérents",
        "{value}. Corrigez les effectifs à la source.",
    ),
}


class Refusal(Exception):
    """Raised for a file that cannot be read at all, with the finding that says why."""

    def __init__(
        self, kind: str, line: int | None = None, column: str = "", value: object = "", expected: object = ""
    ) -> None:
        self.finding = Finding(kind, line, column, str(value), str(expected))
        super().__init__(self.finding.sentence)


@dataclass(frozen=True)
class Finding:
    """A remark or an error, at a line (the header is line 1) and a column where they are known."""

    kind: str
    line: int | None = None
    column: str = ""
    value: str = ""
    expected: str = ""

    @property
    def sentence(self) -> str:
        hint = f"\u00a0; «\u00a0{self.value}\u00a0» lui ressemble" if self.value else ""
        text = KINDS[self.kind][1].format(
            value=self.value, column=self.column, expected=self.expected, hint=hint
        )
        place = ", ".join(
            part
            for part in (
                f"ligne {self.line}" if self.line else "",
                f"colonne «\u00a0{self.column}\u00a0»" if self.column else "",
            )
            if part
        )
        return f"{place[0].upper()}{place[1:]}\u00a0: {text}" if place else text
