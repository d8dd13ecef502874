"""The words of each indicator and head-count, apart from what they measure.

Pages translate them when they show them.
"""

from dataclasses import dataclass

from stats.translatable import gettext_noop


@dataclass(frozen=True)
class Texts:
    """What people read of an indicator.

    label: its name, whole. short_label: under a title that tells the rest. explanation: what is counted, of whom.
    caution: what the figure does not say.
    """

    label: str
    short_label: str
    explanation: str
    caution: str


_SALARIED = gettext_noop(
    "«\u00a0En emploi\u00a0» veut dire salarié, en France, dans n’importe quel métier\u00a0: pas forcément celui de la formation."
)
_OTHER = gettext_noop(
    "Une autre situation n’est pas forcément le chômage\u00a0: recherche d’emploi, travail indépendant, étranger, service civique, pause…"
)
_EMPLOYMENT_RATE = gettext_noop(
    "Ceux qui continuent leurs études ne comptent pas. Ce n’est pas la part des élèves en emploi, qui porte sur tous."
)
_STUDYING = gettext_noop("Ce chiffre ne dit pas vers quelles études, ni si elles sont réussies.")
_SALARY = gettext_noop(
    "Salaire net mensuel pour un temps plein, 12\u00a0mois après, dans toute la France\u00a0: un repère, pas une promesse."
)


# Every sentence is whole, for its translators.
TEXTS = {
    "taux_en_emploi_6_mois": Texts(
        gettext_noop("Travaillent 6\u00a0mois après"),
        gettext_noop("Travaillent"),
        gettext_noop("Sur 100 élèves en dernière année, combien ont un emploi salarié 6\u00a0mois après."),
        _SALARIED,
    ),
    "taux_en_formation": Texts(
        gettext_noop("Étudient encore 6\u00a0mois après"),
        gettext_noop("Étudient encore"),
        gettext_noop(
            "Sur 100 élèves en dernière année, combien suivent encore une formation 6\u00a0mois après."
        ),
        _STUDYING,
    ),
    "taux_autres_6_mois": Texts(
        gettext_noop("Autre situation 6\u00a0mois après"),
        gettext_noop("Autre situation"),
        gettext_noop(
            "Sur 100 élèves en dernière année, combien n’étudient pas et n’ont pas d’emploi salarié 6\u00a0mois après."
        ),
        _OTHER,
    ),
    "taux_poursuite_etudes": Texts(
        gettext_noop("Taux de poursuite d’études"),
        gettext_noop("Poursuite d’études"),
        gettext_noop(
            "Sur 100 élèves en dernière année, combien sont inscrits en formation l’année suivante, y compris s’ils redoublent."
        ),
        _STUDYING,
    ),
    "taux_emploi_6_mois": Texts(
        gettext_noop("Taux d’emploi des sortants, 6\u00a0mois après"),
        gettext_noop("après 6\u00a0mois"),
        gettext_noop(
            "Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 6\u00a0mois après."
        ),
        _EMPLOYMENT_RATE,
    ),
    "taux_emploi_12_mois": Texts(
        gettext_noop("Taux d’emploi des sortants, 12\u00a0mois après"),
        gettext_noop("après 12\u00a0mois"),
        gettext_noop(
            "Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 12\u00a0mois après."
        ),
        _EMPLOYMENT_RATE,
    ),
    "taux_emploi_18_mois": Texts(
        gettext_noop("Taux d’emploi des sortants, 18\u00a0mois après"),
        gettext_noop("après 18\u00a0mois"),
        gettext_noop(
            "Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 18\u00a0mois après."
        ),
        _EMPLOYMENT_RATE,
    ),
    "taux_emploi_24_mois": Texts(
        gettext_noop("Taux d’emploi des sortants, 24\u00a0mois après"),
        gettext_noop("après 24\u00a0mois"),
        gettext_noop(
            "Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 24\u00a0mois après."
        ),
        _EMPLOYMENT_RATE,
    ),
    "taux_emploi_6_mois_attendu": Texts(
        gettext_noop("Taux d’emploi attendu, 6\u00a0mois après"),
        gettext_noop("Attendu"),
        gettext_noop(
            "Le taux d’emploi qu’on observe en moyenne pour des élèves comparables\u00a0: mêmes formations, mêmes résultats, même milieu social, même région."
        ),
        gettext_noop("C’est un calcul de la statistique publique, pas une mesure dans cet établissement."),
    ),
    "valeur_ajoutee_6_mois": Texts(
        gettext_noop("Valeur ajoutée de l’établissement, 6\u00a0mois après"),
        gettext_noop("Valeur ajoutée"),
        gettext_noop(
            "Écart entre le taux d’emploi de l’établissement et celui attendu pour des élèves comparables, ramené entre −12 et +12 points."
        ),
        gettext_noop("Elle vaut pour tout l’établissement, pas pour une formation."),
    ),
    "taux_rupture_contrats": Texts(
        gettext_noop("Contrats d’apprentissage rompus"),
        gettext_noop("Contrats rompus"),
        gettext_noop("Sur 100 contrats d’apprentissage commencés, combien ont été arrêtés avant leur fin."),
        gettext_noop(
            "Un contrat rompu n’est pas un abandon\u00a0: beaucoup d’apprentis en signent un autre."
        ),
    ),
    "taux_en_emploi_12_mois": Texts(
        gettext_noop("Travaillent 12\u00a0mois après"),
        gettext_noop("Travaillent"),
        gettext_noop("Sur 100 élèves en dernière année, combien ont un emploi salarié 12\u00a0mois après."),
        _SALARIED,
    ),
    "taux_autres_12_mois": Texts(
        gettext_noop("Autre situation 12\u00a0mois après"),
        gettext_noop("Autre situation"),
        gettext_noop(
            "Sur 100 élèves en dernière année, combien n’étudient pas et n’ont pas d’emploi salarié 12\u00a0mois après."
        ),
        _OTHER,
    ),
    "taux_en_emploi_18_mois": Texts(
        gettext_noop("Travaillent 18\u00a0mois après"),
        gettext_noop("Travaillent"),
        gettext_noop("Sur 100 élèves en dernière année, combien ont un emploi salarié 18\u00a0mois après."),
        _SALARIED,
    ),
    "taux_autres_18_mois": Texts(
        gettext_noop("Autre situation 18\u00a0mois après"),
        gettext_noop("Autre situation"),
        gettext_noop(
            "Sur 100 élèves en dernière année, combien n’étudient pas et n’ont pas d’emploi salarié 18\u00a0mois après."
        ),
        _OTHER,
    ),
    "taux_en_emploi_24_mois": Texts(
        gettext_noop("Travaillent 24\u00a0mois après"),
        gettext_noop("Travaillent"),
        gettext_noop("Sur 100 élèves en dernière année, combien ont un emploi salarié 24\u00a0mois après."),
        _SALARIED,
    ),
    "taux_autres_24_mois": Texts(
        gettext_noop("Autre situation 24\u00a0mois après"),
        gettext_noop("Autre situation"),
        gettext_noop(
            "Sur 100 élèves en dernière année, combien n’étudient pas et n’ont pas d’emploi salarié 24\u00a0mois après."
        ),
        _OTHER,
    ),
    "salaire_12_mois_q1": Texts(
        gettext_noop("Salaire\u00a0: le quart le moins payé gagne moins de"),
        gettext_noop("Salaire, 1er quart"),
        gettext_noop("Un quart des jeunes salariés gagnent moins que ce montant."),
        _SALARY,
    ),
    "salaire_12_mois_q2": Texts(
        gettext_noop("Salaire\u00a0: la moitié gagne moins de"),
        gettext_noop("Salaire médian"),
        gettext_noop("La moitié des jeunes salariés gagnent moins que ce montant, l’autre moitié plus."),
        _SALARY,
    ),
    "salaire_12_mois_q3": Texts(
        gettext_noop("Salaire\u00a0: le quart le mieux payé gagne plus de"),
        gettext_noop("Salaire, 3e quart"),
        gettext_noop("Un quart des jeunes salariés gagnent plus que ce montant."),
        _SALARY,
    ),
}

# Only re-users of the data read these, in French.
HEAD_COUNT_TEXTS = {
    "nb_annee_term": "Élèves ou apprentis en dernière année ; vide si la source ne le donne pas.",
    "nb_poursuite_etudes": "Ceux qui poursuivent leurs études.",
    "nb_sortant": "Ceux qui ont arrêté leurs études.",
    "nb_en_emploi_6_mois": "Sortants en emploi salarié 6 mois après.",
    "nb_en_emploi_12_mois": "Sortants en emploi salarié 12 mois après.",
    "nb_en_emploi_18_mois": "Sortants en emploi salarié 18 mois après.",
    "nb_en_emploi_24_mois": "Sortants en emploi salarié 24 mois après.",
}
