"""The explanations in easy French: short sentences, everyday words, one idea each. Pure: no Django.

They follow the rules of « Facile à lire et à comprendre »: no figure of speech, no passive, no word that the
previous sentence has not made clear. Each stands beside the full explanation, which stays the exact one.
"""

import re

from stats.confidentiality import Reason
from stats.indicators import gettext_noop

_LOOKED_AT = gettext_noop("On regarde 100 élèves de la dernière année.")
_OF_INDICATORS = {
    "taux_en_emploi": (
        _LOOKED_AT,
        gettext_noop("Le chiffre dit combien travaillent %(months)s mois après."),
        gettext_noop("Travailler, c’est avoir un patron et un salaire, en France."),
        gettext_noop("Ce n’est pas toujours le métier appris à l’école."),
    ),
    "taux_en_formation": (
        _LOOKED_AT,
        gettext_noop("Le chiffre dit combien sont encore à l’école ou en formation %(months)s mois après."),
        gettext_noop("On ne sait pas dans quelle formation."),
    ),
    "taux_autres": (
        _LOOKED_AT,
        gettext_noop(
            "Le chiffre dit combien ne sont plus en formation et n’ont pas de patron %(months)s mois après."
        ),
        gettext_noop("Certains cherchent un travail."),
        gettext_noop("D’autres ont leur entreprise, vivent dans un autre pays ou font une pause."),
    ),
    "taux_poursuite_etudes": (
        _LOOKED_AT,
        gettext_noop("Le chiffre dit combien continuent leurs études l’année d’après."),
        gettext_noop("Les élèves qui refont la même année comptent aussi."),
    ),
    "taux_emploi": (
        gettext_noop("On regarde seulement les jeunes qui ont arrêté leurs études."),
        gettext_noop("Le chiffre dit combien travaillent %(months)s mois après, sur 100 jeunes."),
        gettext_noop("Les jeunes qui continuent leurs études ne comptent pas."),
    ),
    "taux_emploi_attendu": (
        gettext_noop("On regarde des élèves qui se ressemblent : même formation, mêmes notes, même région."),
        gettext_noop("Le chiffre dit combien travaillent d’habitude, sur 100 jeunes."),
        gettext_noop("Ce n’est pas ce qui s’est passé dans cet établissement."),
    ),
    "valeur_ajoutee": (
        gettext_noop("On compare l’établissement avec d’autres qui ont des élèves semblables."),
        gettext_noop("Un plus veut dire : plus de jeunes travaillent que prévu."),
        gettext_noop("Un moins veut dire : moins de jeunes travaillent que prévu."),
        gettext_noop("Le chiffre est pour tout l’établissement, pas pour une seule formation."),
    ),
    "taux_rupture_contrats": (
        gettext_noop("Un apprenti signe un contrat avec un patron."),
        gettext_noop("Le chiffre dit combien de contrats s’arrêtent avant la fin, sur 100 contrats."),
        gettext_noop("Beaucoup d’apprentis signent ensuite un autre contrat."),
    ),
    "salaire_q1": (
        gettext_noop("On range les salaires du plus petit au plus grand."),
        gettext_noop("Un jeune sur quatre gagne moins que ce montant."),
        gettext_noop("C’est l’argent reçu chaque mois, un an après la fin des études."),
    ),
    "salaire_q2": (
        gettext_noop("On range les salaires du plus petit au plus grand."),
        gettext_noop("La moitié des jeunes gagne moins que ce montant, l’autre moitié gagne plus."),
        gettext_noop("C’est l’argent reçu chaque mois, un an après la fin des études."),
    ),
    "salaire_q3": (
        gettext_noop("On range les salaires du plus petit au plus grand."),
        gettext_noop("Un jeune sur quatre gagne plus que ce montant."),
        gettext_noop("C’est l’argent reçu chaque mois, un an après la fin des études."),
    ),
}
_OF_REASONS = {
    Reason.NOT_APPLICABLE: (gettext_noop("Ce chiffre n’existe pas ici."),),
    Reason.TOO_FEW_PEOPLE: (
        gettext_noop("Il y a moins de 20 élèves."),
        gettext_noop("Avec un chiffre, on pourrait deviner la vie de quelqu’un."),
        gettext_noop("Alors on ne montre rien."),
    ),
    Reason.TOO_FEW_LEAVERS: (
        gettext_noop("Moins de 20 jeunes ont arrêté leurs études."),
        gettext_noop("C’est trop peu pour donner un chiffre sûr."),
    ),
    Reason.NOT_MEASURED_YET: (
        gettext_noop("C’est trop tôt."),
        gettext_noop("Le chiffre arrivera plus tard."),
    ),
    Reason.NO_FIGURES: (gettext_noop("Personne n’a donné de chiffre pour ces élèves."),),
    Reason.TOO_NEW: (
        gettext_noop("La formation est nouvelle."),
        gettext_noop("Personne ne l’a encore finie."),
    ),
    Reason.NOT_COVERED: (gettext_noop("On ne compte pas ce chiffre pour cette année ou pour ces élèves."),),
    Reason.REMOVED: (gettext_noop("Le chiffre a été enlevé."),),
    Reason.PROTECTS_OTHERS: (
        gettext_noop("Avec ce chiffre et d’autres, on pourrait deviner la vie de quelqu’un."),
        gettext_noop("Alors on ne le montre pas."),
    ),
}
QUALITY = gettext_noop("Cela ne veut pas dire que la formation est mauvaise.")


def of_indicator(indicator):
    """(sentence, {"months": 6}) of each sentence that explains an indicator, to translate then to fill."""
    words = {"months": indicator.months}
    family = re.sub(r"_\d+_mois", "", indicator.name)
    return [(sentence, words) for sentence in _OF_INDICATORS[family]]


def of_reason(reason):
    """The sentences that explain a hole."""
    return list(_OF_REASONS[reason])
