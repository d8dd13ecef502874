"""The explanations in easy French: short sentences, everyday words, one idea each. Pure: no Django.

They follow the rules of « Facile à lire et à comprendre »: no figure of speech, no passive, no word that the
previous sentence has not made clear. Each stands beside the full explanation, which stays the exact one.
"""

import re

from stats.reasons import Reason
from stats.translatable import gettext_noop

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
        gettext_noop(
            "On regarde des élèves qui se ressemblent\u00a0: même formation, mêmes notes, même région."
        ),
        gettext_noop("Le chiffre dit combien travaillent d’habitude, sur 100 jeunes."),
        gettext_noop("Ce n’est pas ce qui s’est passé dans cet établissement."),
    ),
    "valeur_ajoutee": (
        gettext_noop("On compare l’établissement avec d’autres qui ont des élèves semblables."),
        gettext_noop("Un plus veut dire\u00a0: plus de jeunes travaillent que prévu."),
        gettext_noop("Un moins veut dire\u00a0: moins de jeunes travaillent que prévu."),
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
_OF_TERMS = {
    "annee-terminale": (
        gettext_noop("C’est la dernière année de la formation."),
        gettext_noop("À la fin de cette année, on passe l’examen."),
    ),
    "apprentissage": (
        gettext_noop("On apprend un métier avec un patron et dans une école."),
        gettext_noop("On signe un contrat et on gagne un salaire."),
    ),
    "autre-situation": (
        gettext_noop("Le jeune n’est plus en formation et n’a pas de patron en France."),
        gettext_noop("Il cherche peut-être un travail."),
        gettext_noop("Il a peut-être son entreprise, ou il vit dans un autre pays."),
    ),
    "cfa": (
        gettext_noop("C’est l’école des apprentis."),
        gettext_noop("CFA veut dire\u00a0: centre de formation d’apprentis."),
    ),
    "cohorte": (
        gettext_noop("Ce sont les jeunes qui ont fini leur formation la même année."),
        gettext_noop("Parfois, on met deux années ensemble pour compter plus de jeunes."),
    ),
    "diplome-renove": (
        gettext_noop("Un diplôme change parfois\u00a0: on y apprend des choses nouvelles."),
        gettext_noop("Au début, personne n’a encore fini le nouveau diplôme."),
        gettext_noop("Alors on montre les chiffres de l’ancien diplôme."),
    ),
    "effectif": (
        gettext_noop("C’est le nombre de jeunes que l’on compte."),
        gettext_noop("Avec moins de 20 jeunes, on ne montre pas de chiffre."),
    ),
    "en-emploi": (
        gettext_noop("Le jeune travaille en France, avec un patron et un salaire."),
        gettext_noop("Ce n’est pas toujours le métier appris à l’école."),
    ),
    "famille-de-metiers": (
        gettext_noop("Plusieurs bacs pro commencent par la même classe de seconde."),
        gettext_noop("On choisit son bac pro après la seconde."),
    ),
    "formateur-gestionnaire": (
        gettext_noop("Un apprenti suit ses cours dans un lieu."),
        gettext_noop("Parfois, une autre école donne les cours ou les organise."),
        gettext_noop("Les chiffres peuvent être ceux de cette autre école."),
    ),
    "part-en-emploi": (
        gettext_noop("On regarde 100 élèves de la dernière année."),
        gettext_noop("Le chiffre dit combien travaillent."),
    ),
    "poursuite-d-etudes": (
        gettext_noop("Le jeune est encore à l’école l’année d’après."),
        gettext_noop("Il a commencé une autre formation, ou il refait la même année."),
    ),
    "rupture-de-contrat": (
        gettext_noop("Le contrat de l’apprenti s’arrête avant la fin."),
        gettext_noop("Beaucoup d’apprentis signent ensuite un autre contrat."),
    ),
    "secret-statistique": (
        gettext_noop("C’est une règle qui protège les personnes."),
        gettext_noop("Avec moins de 20 jeunes, on pourrait deviner la vie de quelqu’un."),
        gettext_noop("Alors on ne montre rien."),
    ),
    "sortants": (gettext_noop("Ce sont les jeunes qui ont arrêté leurs études après la dernière année."),),
    "taux-d-emploi": (
        gettext_noop("On regarde seulement les jeunes qui ont arrêté leurs études."),
        gettext_noop("Le chiffre dit combien travaillent, sur 100 jeunes."),
    ),
    "valeur-ajoutee": (
        gettext_noop("On compare l’établissement avec d’autres qui ont des élèves semblables."),
        gettext_noop("Un plus veut dire\u00a0: plus de jeunes travaillent que prévu."),
        gettext_noop("Un moins veut dire\u00a0: moins de jeunes travaillent que prévu."),
    ),
    "voie": (
        gettext_noop("C’est la façon d’apprendre\u00a0: au lycée, ou avec un patron."),
        gettext_noop("On peut souvent choisir pour le même diplôme."),
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


def of_term(anchor):
    """The sentences that explain a term of the glossary, by its anchor there: "taux-d-emploi"."""
    return list(_OF_TERMS[anchor])
