"""Checks of what a file shows of small groups. None of their messages holds a number of a row."""

from deliveries.checking.check import Check, Group, Scope, beside_published
from stats.translatable import gettext_noop as _

CHECKS = (
    Check(
        "groupe_secret_montre",
        Group.CONFIDENTIALITY,
        _("Chiffres d’un groupe de moins de 20 élèves"),
        _("Aucune ligne de moins de 20 élèves en dernière année ne dit ce qu’ils sont devenus."),
        _("La ligne a moins de 20 élèves et donne des chiffres\u00a0: le portail ne les montre pas."),
        _("Retirez ces chiffres à la source\u00a0: le fichier ne doit pas circuler avec eux."),
        scope=Scope.HEAD_COUNTS,
    ),
    Check(
        "taux_de_trop_peu_de_sortants",
        Group.CONFIDENTIALITY,
        _("Taux d’emploi de moins de 20 sortants"),
        _("Aucun taux d’emploi n’est donné sur moins de 20 sortants."),
        _("La ligne a moins de 20 sortants et donne un taux d’emploi\u00a0: le portail ne le montre pas."),
        _("Retirez ces taux à la source."),
        scope=Scope.HEAD_COUNTS,
    ),
    Check(
        "effectif_de_moins_de_cinq",
        Group.CONFIDENTIALITY,
        _("Lignes de moins de 5 élèves"),
        _("La source ne donne aucune ligne de moins de 5 élèves en dernière année."),
        _("Des lignes de moins de 5 élèves, que la source ne publie pas\u00a0: {value}."),
        _("Vérifiez que le fichier est bien celui qui se publie, et non une version de travail."),
        scope=Scope.HEAD_COUNTS,
        is_computed=True,
    ),
    Check(
        "secret_par_difference",
        Group.CONFIDENTIALITY,
        _("Petit groupe que donne une soustraction"),
        _("L’ensemble d’un établissement moins ses formations montrées ne laisse pas de 1 à 19 élèves."),
        _(
            "L’ensemble et les formations de «\u00a0{value}\u00a0» laissent de 1 à 19 élèves par soustraction."
        ),
        _("Retirez à la source l’ensemble, ou une formation de plus."),
        scope=Scope.HEAD_COUNTS,
    ),
    beside_published(
        "groupes_deduits",
        Group.CONFIDENTIALITY,
        _("Petits groupes que les totaux publiés trahissent"),
        _(
            "Les totaux et les parties publiés, tous fichiers ensemble, ne permettent pas de retrouver un petit groupe."
        ),
        _("{value} groupes de moins de 20 élèves se déduisent des chiffres des sources, sur {expected}."),
        _(
            "Lisez la liste des recoupements\u00a0; le réglage «\u00a0enforce\u00a0» retient ce qu’il faut pour l’empêcher."
        ),
    ),
    beside_published(
        "secret_qui_augmente",
        Group.CONFIDENTIALITY,
        _("Part de chiffres non communiqués qui augmente"),
        _(
            "La part des lignes sans aucun chiffre ne monte pas de plus de dix points depuis la cohorte précédente."
        ),
        _(
            "{value}\u00a0% des lignes n’ont aucun chiffre\u00a0; {expected}\u00a0% dans la cohorte précédente."
        ),
        _("Vérifiez que la source n’a pas changé de seuil."),
    ),
)
