"""What can be found wrong in a file: the French sentence of each kind of finding, and its place."""

import re
import traceback
from dataclasses import dataclass

# Kind → (title for the counts, sentence). Sentences may use {value}, {column}, {expected} and {hint}. A value that may not be
# quoted is empty, and « {value} » reads "cette cellule".
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
    "autre_nature": ("Fichier d’une autre nature", "C’est {value}\u00a0: {expected}."),
    "json_illisible": ("JSON illisible", "Le fichier JSON est coupé ou mal écrit. Redonnez-le entier."),
    "encodage_ancien": (
        "Encodage ancien",
        "Le fichier n’est pas en UTF-8\u00a0: il a été lu en {value}. Vérifiez les accents des noms.",
    ),
    "encodage_double": (
        "Accents codés deux fois",
        "Les accents du fichier étaient codés deux fois\u00a0: ils ont été rétablis, «\u00a0{value}\u00a0» est lu "
        "«\u00a0{expected}\u00a0». Vérifiez les noms.",
    ),
    "texte_abime": (
        "Accents perdus",
        "«\u00a0{value}\u00a0» a perdu ses accents. Repartez du fichier d’origine, enregistré en UTF-8.",
    ),
    "textes_abimes": (
        "Accents perdus dans tout le fichier",
        "Les accents sont perdus sur {value} lignes sur {expected}. Repartez du fichier d’origine, enregistré en UTF-8.",
    ),
    "caractere_interdit": (
        "Caractère invisible",
        "La cellule contient un caractère invisible ({value}), qui ne peut pas être gardé. Retapez-la.",
    ),
    "erreur_imprevue": (
        "Fichier que le portail ne sait pas publier",
        "Le portail n’a pas su publier ce fichier ({value})\u00a0: rien n’en est gardé, et les autres fichiers ne sont pas "
        "touchés. Transmettez-le à l’équipe du portail.",
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
    "colonne_en_double": (
        "Colonne en double",
        "La colonne «\u00a0{column}\u00a0» est à deux places, {value}, et rien ne dit laquelle est la bonne. Gardez-en une seule.",
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
        "«\u00a0{value}\u00a0» n’est pas une cohorte\u00a0: une année de sortie, ou deux qui se suivent, {expected} au plus tard. Écrivez par "
        "exemple «\u00a0cumul 2022-2023\u00a0» ou «\u00a02022_2023\u00a0».",
    ),
    "millesime_a_venir": (
        "Cohorte à venir",
        "La cohorte «\u00a0{value}\u00a0» n’est pas encore sortie\u00a0: vérifiez l’année.",
    ),
    "rentree_absente": (
        "Rentrée inconnue",
        "La rentrée n’est ni dans le fichier ni dans son nom. Indiquez-la\u00a0: --cohort 2025.",
    ),
    "rentree_invalide": (
        "Rentrée illisible",
        "«\u00a0{value}\u00a0» n’est pas une rentrée. Écrivez l’année où elle a lieu, par exemple «\u00a02025\u00a0».",
    ),
    "uai_invalide": (
        "Code UAI faux",
        "«\u00a0{value}\u00a0» n’est pas un code UAI valable\u00a0: {expected}. Corrigez le code à la source.",
    ),
    "code_invalide": (
        "Code mal formé",
        "«\u00a0{value}\u00a0» n’a pas la forme attendue\u00a0: {expected}. Corrigez le code à la source.",
    ),
    "code_vide": (
        "Code vide",
        "La ligne ne se rattache à rien\u00a0: le code est vide. Complétez-le à la source.",
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
    "nombre_non_entier": (
        "Nombre à virgule",
        "«\u00a0{value}\u00a0» doit être un nombre entier, comme la source les publie. Arrondissez-le à la source.",
    ),
    "nombre_hors_bornes": (
        "Nombre impossible",
        "«\u00a0{value}\u00a0» est hors de l’intervalle {expected}. Corrigez-le à la source.",
    ),
    "texte_trop_long": (
        "Texte trop long",
        "Le texte a {value} caractères\u00a0; {expected} au plus se gardent. Raccourcissez-le à la source.",
    ),
    "date_invalide": ("Date illisible", "«\u00a0{value}\u00a0» n’est pas une date. Écrivez JJ/MM/AAAA."),
    "pourcentage_hors_bornes": (
        "Pourcentage hors de 0 à 100",
        "«\u00a0{value}\u00a0» est hors de l’intervalle de 0 à 100. Corrigez le pourcentage à la source.",
    ),
    "somme_differente_de_100": (
        "Parts qui ne font pas 100",
        "Les trois parts ne font pas 100 (à 1 près). Corrigez-les à la source.",
    ),
    "cle_en_double": (
        "Ligne en double",
        "Cette ligne répète la clé de la ligne {expected} ({value}). Gardez-en une seule.",
    ),
    "commune_retrouvee": (
        "Commune retrouvée par son nom",
        "«\u00a0{value}\u00a0» n’est pas le code de sa commune\u00a0: l’établissement est placé à {expected}. Corrigez le code à la source.",
    ),
    "commune_inconnue": (
        "Commune inconnue",
        "«\u00a0{value}\u00a0» n’est pas le code de sa commune, et {expected} ne suffit pas à la retrouver\u00a0: l’établissement reste "
        "sans commune. Corrigez le code à la source.",
    ),
    "position_invraisemblable": (
        "Position invraisemblable",
        "La position «\u00a0{value}\u00a0» est {expected}\u00a0: elle n’est pas gardée. Corrigez-la à la source.",
    ),
    "region_inconnue": (
        "Région inconnue",
        "«\u00a0{value}\u00a0» n’est le nom d’aucune région. Écrivez le nom que lui donne l’INSEE.",
    ),
    "departement_inconnu": (
        "Département inconnu",
        "«\u00a0{value}\u00a0»\u00a0: aucun département n’a le numéro {expected}. Vérifiez le code.",
    ),
    "presque_tout_disparait": (
        "Fichier qui retire une grande part de ce qui est publié",
        "Ce fichier retire {value}. Vérifiez qu’il est entier.",
    ),
    "plus_ancien": (
        "Fichier plus ancien que ce qui est publié",
        "{value}. Vérifiez que c’est le bon fichier.",
    ),
    "voie_non_dite": (
        "Voie de formation non dite",
        "«\u00a0{value}\u00a0»\u00a0: un lycée forme des élèves et des apprentis, et la ligne ne dit pas lesquels. Elle n’est "
        "pas publiée.",
    ),
    "effectif_incoherent": (
        "Effectifs incohérents",
        "{value}. Corrigez les effectifs à la source.",
    ),
    "remplace_aussitot": (
        "Fichier remplacé aussitôt",
        "Un autre fichier de la même source, publié avec celui-ci, en remplace les lignes\u00a0: elles ne sont pas "
        "publiées. Réunissez les deux fichiers, ou redonnez le bon en dernier.",
    ),
}


# Findings after which a file is published only if someone confirms it.
MUST_BE_CONFIRMED = frozenset({"textes_abimes", "millesime_a_venir", "presque_tout_disparait", "plus_ancien"})
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def printable(value: object) -> str:
    """The text of a value, without what a terminal, a page or PostgreSQL's JSON cannot hold."""
    return _UNPRINTABLE.sub(" ", str(value))


def fault_of(error: Exception) -> str:
    """The type of an error and where it happened; not its words, which may quote the cells of a small group."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename
    ]
    return type(error).__name__ + (f", {frames[-1].name}, ligne {frames[-1].lineno}" if frames else "")


class Refusal(Exception):
    """Raised for a file that cannot be read at all, with the finding that says why."""

    def __init__(
        self, kind: str, line: int | None = None, column: str = "", value: object = "", expected: object = ""
    ) -> None:
        self.finding = Finding(kind, line, printable(column), printable(value), printable(expected))
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
        template = KINDS[self.kind][1]
        if not self.value:
            template = template.replace("«\u00a0{value}\u00a0»", "cette cellule")
        text = template.format(value=self.value, column=self.column, expected=self.expected, hint=hint)
        place = ", ".join(
            part
            for part in (
                f"ligne {self.line}" if self.line else "",
                f"colonne «\u00a0{self.column}\u00a0»" if self.column else "",
            )
            if part
        )
        return f"{place[0].upper()}{place[1:]}\u00a0: {text}" if place else text
