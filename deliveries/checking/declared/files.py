"""Checks of the file itself, before anything is understood of it."""

from deliveries.checking.check import Check, Group, Level, Step
from stats.translatable import gettext_noop as _

CHECKS = (
    Check(
        "autre_nature",
        Group.FILE,
        _("Fichier d’une autre nature"),
        _(
            "Les premiers octets disent si c’est un texte, un classeur, une archive, une image ou une page web."
        ),
        _("C’est {value}\u00a0: {expected}."),
        _("Puis donnez-le de nouveau."),
        Level.FAILURE,
        step=Step.READING,
    ),
    Check(
        "extension_trompeuse",
        Group.FILE,
        _("Nom qui dit un autre format"),
        _("La fin du nom du fichier et ce qu’il contient disent le même format."),
        _("Le nom finit par «\u00a0{value}\u00a0», mais le contenu est du {expected}."),
        _("Vérifiez que c’est le bon fichier, et renommez-le."),
        is_computed=True,
        step=Step.READING,
    ),
    Check(
        "encodage",
        Group.FILE,
        _("Encodage illisible"),
        _("Tous les octets se lisent dans un encodage connu."),
        _(
            "Ces caractères ne se lisent ni en UTF-8 ni en ISO-8859-1 ni en Mac Roman\u00a0: «\u00a0{value}\u00a0»."
        ),
        _("Enregistrez le fichier en UTF-8."),
        Level.FAILURE,
        step=Step.READING,
    ),
    Check(
        "encodage_ancien",
        Group.FILE,
        _("Encodage ancien"),
        _("Le fichier est en UTF-8 ou dans un encodage reconnu sans doute."),
        _("Le fichier n’est pas en UTF-8\u00a0: il a été lu en {value}."),
        _("Vérifiez les accents des noms."),
        is_computed=True,
        step=Step.READING,
    ),
    Check(
        "encodage_double",
        Group.FILE,
        _("Accents codés deux fois"),
        _("Les accents ne sont codés qu’une fois."),
        _(
            "Les accents du fichier étaient codés deux fois\u00a0: ils ont été rétablis, «\u00a0{value}\u00a0» est lu "
            "«\u00a0{expected}\u00a0»."
        ),
        _("Vérifiez les noms."),
        step=Step.READING,
    ),
    Check(
        "texte_abime",
        Group.FILE,
        _("Accents perdus"),
        _("Aucun texte n’a perdu ses accents."),
        _("«\u00a0{value}\u00a0» a perdu ses accents."),
        _("Repartez du fichier d’origine, enregistré en UTF-8."),
    ),
    Check(
        "textes_abimes",
        Group.FILE,
        _("Accents perdus dans tout le fichier"),
        _("Moins d’une ligne sur vingt a perdu des accents."),
        _("Les accents sont perdus sur {value} lignes sur {expected}."),
        _("Repartez du fichier d’origine, enregistré en UTF-8."),
        must_be_confirmed=True,
        is_computed=True,
    ),
    Check(
        "caractere_interdit",
        Group.FILE,
        _("Caractère invisible"),
        _("Aucune cellule ne contient de caractère que la base ne garde pas."),
        _("La cellule contient un caractère invisible ({value}), qui ne peut pas être gardé."),
        _("Retapez-la."),
        Level.FAILURE_OF_FIGURES,
        is_computed=True,
    ),
    Check(
        "json_illisible",
        Group.FILE,
        _("JSON illisible"),
        _("Un fichier JSON est entier et bien écrit."),
        _("Le fichier JSON est coupé ou mal écrit."),
        _("Redonnez-le entier."),
        Level.FAILURE,
        step=Step.READING,
    ),
    Check(
        "fichier_vide",
        Group.FILE,
        _("Fichier vide"),
        _("Il reste au moins une ligne de données."),
        _("Le fichier ne contient aucune ligne de données."),
        _("Vérifiez l’export et redonnez-le."),
        Level.FAILURE,
    ),
    Check(
        "trop_de_colonnes",
        Group.FILE,
        _("Trop de colonnes"),
        _("Le fichier n’a pas plus de mille colonnes."),
        _("Le fichier a {value} colonnes\u00a0; aucune source n’en a plus de {expected}."),
        _("Vérifiez que c’est le bon fichier."),
        Level.FAILURE,
        step=Step.READING,
    ),
    Check(
        "trop_de_cellules",
        Group.FILE,
        _("Fichier trop grand"),
        _("Le fichier n’a pas plus de dix millions de cellules."),
        _("Le fichier a {value} cellules\u00a0; le portail en lit {expected} au plus."),
        _("Découpez-le, par exemple par cohorte."),
        Level.FAILURE,
        step=Step.READING,
    ),
    Check(
        "fichier_tronque",
        Group.FILE,
        _("Ligne incomplète"),
        _("Chaque ligne a autant de cellules que l’en-tête."),
        _("La ligne n’a que {value} cellules au lieu de {expected}\u00a0: le fichier est sans doute coupé."),
        _("Redonnez-le entier."),
        Level.FAILURE,
        step=Step.READING,
    ),
    Check(
        "ligne_trop_longue",
        Group.FILE,
        _("Ligne trop longue"),
        _("Aucune ligne n’a plus de cellules que l’en-tête."),
        _(
            "La ligne a {value} cellules au lieu de {expected}\u00a0: un séparateur s’est glissé dans un texte."
        ),
        _("Mettez ce texte entre guillemets."),
        Level.FAILURE,
        step=Step.READING,
    ),
    Check(
        "erreur_de_tableur",
        Group.FILE,
        _("Erreur ou formule de tableur"),
        _("Aucune cellule n’est une formule, ni l’erreur d’une formule (#N/A, #REF!)."),
        _("La cellule contient une formule ou l’erreur d’une formule, pas une valeur."),
        _("Repartez du fichier d’origine, ou collez les valeurs."),
    ),
    Check(
        "donnees_personnelles",
        Group.FILE,
        _("Colonne de données personnelles"),
        _(
            "Aucun en-tête n’annonce des personnes\u00a0: nom d’élève, prénom, date de naissance, INE, numéro de sécurité sociale."
        ),
        _(
            "La colonne «\u00a0{column}\u00a0» semble désigner des personnes\u00a0: le portail ne doit pas recevoir ce fichier."
        ),
        _("Supprimez-le d’où vous l’avez déposé, et donnez un fichier de chiffres par groupe."),
        Level.FAILURE,
        step=Step.READING,
    ),
    Check(
        "erreur_imprevue",
        Group.FILE,
        _("Fichier que le portail ne sait pas publier"),
        _("Rien d’imprévu n’arrête la lecture, les contrôles ou la publication."),
        _(
            "Le portail n’a pas su publier ce fichier ({value})\u00a0: rien n’en est gardé, et les autres fichiers ne sont pas "
            "touchés."
        ),
        _("Transmettez-le à l’équipe du portail."),
        Level.FAILURE,
    ),
)
