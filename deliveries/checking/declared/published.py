"""Checks of a file beside what is published: what vanishes, what moves, what is new."""

from dataclasses import replace

from deliveries.checking.check import Check, Group, Level, Scope, Step, beside_published
from stats.translatable import gettext_noop as _

CHECKS = (
    replace(
        beside_published(
            "avis_en_vigueur",
            Group.PUBLISHED,
            _("Chiffres retirés ou contestés par un avis"),
            _("Aucun chiffre du fichier n’est sous un avis en vigueur, qui le retire ou le dit contesté."),
            _("Groupes du fichier dont un chiffre reste retiré ou contesté par un avis\u00a0: {value}."),
            _("Si ce fichier corrige ces chiffres, levez l’avis une fois qu’il est publié."),
        ),
        level=Level.NOTE,
    ),
    Check(
        "presque_tout_disparait",
        Group.PUBLISHED,
        _("Fichier qui retire une grande part de ce qui est publié"),
        _("Moins d’un tiers des lignes et des établissements publiés de la tranche disparaît."),
        _("Ce fichier retire {value}."),
        _("Vérifiez qu’il est entier."),
        needs_database=True,
        step=Step.PUBLISHED,
        must_be_confirmed=True,
        is_computed=True,
    ),
    beside_published(
        "etablissements_disparus",
        Group.PUBLISHED,
        _("Établissements qui disparaissent d’une région"),
        _("Dans chaque région, moins d’un établissement sur cinq disparaît de la tranche publiée."),
        _("Dans la région {expected}, {value} établissements publiés n’ont plus aucune ligne."),
        _("Vérifiez que les lignes de cette région sont là."),
    ),
    beside_published(
        "chiffres_disparus",
        Group.PUBLISHED,
        _("Chiffres qui disparaissent"),
        _("Pour chaque indicateur, moins d’un chiffre publié sur vingt disparaît de la tranche."),
        _("{value} chiffres publiés disparaissent, sur {expected}."),
        _("Vérifiez que la source les retire vraiment."),
    ),
    beside_published(
        "cohorte_revisee",
        Group.PUBLISHED,
        _("Cohorte déjà publiée avec d’autres chiffres"),
        _("Les lignes communes d’une cohorte déjà publiée gardent leurs chiffres."),
        _("La cohorte {expected} est déjà publiée\u00a0: {value} de ses lignes changent."),
        _("Vérifiez que c’est une révision annoncée par la source."),
    ),
    beside_published(
        "revision_forte",
        Group.PUBLISHED,
        _("Chiffre révisé au-delà du hasard"),
        _("Un chiffre révisé de la même cohorte reste dans la fourchette de l’ancien."),
        _("Le chiffre change plus que son effectif ne le permet, pour {value} dans {expected}."),
        _("Vérifiez ce groupe à la source."),
    ),
    beside_published(
        "evolution_forte",
        Group.PUBLISHED,
        _("Chiffre qui bouge plus que le hasard depuis la cohorte précédente"),
        _("D’une cohorte à la suivante, chaque chiffre reste dans ce que permet son effectif."),
        _(
            "Le chiffre bouge plus que son effectif ne le permet depuis la cohorte précédente, pour {value} dans {expected}."
        ),
        _("Vérifiez ce groupe à la source\u00a0: un tel écart existe, mais il est rare."),
    ),
    beside_published(
        "distribution_decalee",
        Group.PUBLISHED,
        _("Distribution décalée depuis la dernière cohorte"),
        _(
            "La médiane et les quartiles de chaque indicateur restent à 8 points de ceux de la cohorte précédente."
        ),
        _("La distribution se décale de {value} points depuis la cohorte {expected}."),
        _("Vérifiez que l’indicateur est bien le même, et qu’aucune colonne n’est décalée."),
    ),
    beside_published(
        "indicateur_vide",
        Group.PUBLISHED,
        _("Indicateur soudain vide"),
        _(
            "Un indicateur publié pour la dernière cohorte l’est aussi pour celle du fichier, s’il se mesure déjà."
        ),
        _("Cet indicateur est publié pour la cohorte {expected}, et ce fichier ne le donne pour personne."),
        _("Vérifiez que la colonne n’est pas perdue."),
    ),
    Check(
        "indicateur_vide_par_region",
        Group.PUBLISHED,
        _("Indicateur vide dans une région"),
        _("Un indicateur donné presque partout ne manque pas dans toute une région ou toute une voie."),
        _("Cet indicateur est donné ailleurs, et sur aucune des {value} lignes de «\u00a0{expected}\u00a0»."),
        _("Vérifiez les lignes de cette partie du fichier."),
        scope=Scope.FIGURES,
        is_computed=True,
    ),
    beside_published(
        "volume_inhabituel",
        Group.PUBLISHED,
        _("Nombre de lignes inhabituel"),
        _("Une cohorte nouvelle a autant de lignes que la précédente, à un tiers près."),
        _("La cohorte a {value} lignes\u00a0; la précédente de la même source en a {expected}."),
        _("Vérifiez que le fichier est entier et sans doublon."),
    ),
    beside_published(
        "cohorte_sautee",
        Group.PUBLISHED,
        _("Cohorte sautée"),
        _("Les cohortes d’une source se suivent."),
        _(
            "La cohorte {value} vient après {expected}, la dernière publiée\u00a0: il en manque une entre les deux."
        ),
        _("Publiez d’abord la cohorte qui manque, si elle existe."),
    ),
    beside_published(
        "cohorte_d_une_autre_forme",
        Group.PUBLISHED,
        _("Cohorte d’une autre forme que les précédentes"),
        _("Une source qui publie des cohortes de deux années n’en donne pas d’une seule, ni l’inverse."),
        _("La cohorte {value} n’a pas la forme de celles que la source a publiées, comme {expected}."),
        _("Vérifiez l’année\u00a0: une cohorte d’un an ne se compare pas à deux réunies."),
    ),
    Check(
        "plus_ancien",
        Group.PUBLISHED,
        _("Fichier plus ancien que ce qui est publié"),
        _(
            "Le fichier n’a pas déjà été remplacé, son nom n’est pas d’une date plus ancienne, et il a tous les taux publiés."
        ),
        _("{value}."),
        _("Vérifiez que c’est le bon fichier."),
        needs_database=True,
        step=Step.PUBLISHED,
        must_be_confirmed=True,
        is_computed=True,
    ),
    Check(
        "couverture_qui_baisse",
        Group.PUBLISHED,
        _("Couverture qui baisse"),
        _(
            "Le nombre de lignes que l’on peut demander, avec les diplômes rénovés et les années non terminales, ne baisse pas d’un centième."
        ),
        _("On pourra demander {value} lignes par formation, au lieu de {expected}."),
        _(
            "Regardez ce qui disparaît avant de publier\u00a0: des diplômes ou des liens de rénovation manquent peut-être."
        ),
        needs_database=True,
        step=Step.PUBLISHED,
        is_computed=True,
    ),
    Check(
        "remplace_aussitot",
        Group.PUBLISHED,
        _("Fichier remplacé aussitôt"),
        _("Deux fichiers donnés ensemble ne remplacent pas la même tranche."),
        _(
            "Un autre fichier de la même source, publié avec celui-ci, en remplace les lignes\u00a0: elles ne sont pas "
            "publiées."
        ),
        _("Réunissez les deux fichiers, ou redonnez le bon en dernier."),
        needs_database=True,
        step=Step.PUBLISHED,
    ),
)
