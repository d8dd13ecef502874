"""A small universe in official files: groups that are large in a first release, too small to be told in the next.

Every outcome of those groups is a number that nothing else on the site shows: `SECRETS`. The other groups
only have multiples of five.
"""

from formations.models import CourseYear, DiplomaJob, DiplomaType, Job, Renewal
from tests import factories

LYCEE, CFA, POLYVALENT, NEIGHBOUR = "0990001N", "0990002P", "0990003R", "0990004S"
COOK, NEW_COOK, WAITER = "50022139", "50022146", "40022106"
COOK_YEAR, WAITER_YEAR = "23220022139", "23330022106"

# group → the numbers of its outcomes that the pages of the first release show.
SECRETS = {
    "CAP au lycée, région": {29, 41, 53, 59, 65, 75, 83, 92, 98},
    "CAP en apprentissage, région": {68, 74, 79, 81, 84, 88, 91, 97},
    "Bac pro, région, sortants": {27, 31, 57, 77},
    "CFA, toutes formations": {33, 37, 44, 64, 67, 71, 73, 96},
    "lycée, toutes formations": {32, 46, 47, 49, 52, 54, 56},
    "CAP dans un lycée": {36, 38, 61, 63, 66, 72},
    "CAP dans un CFA": {39, 42, 76, 78, 82, 99},
    "apprentis d’un lycée": {43, 51, 87, 89, 93},
}
# Head-counts in a column that no source declares.
UNDECLARED = {137, 149, 151}

_REGION = (
    "id;millesime;code_region_ij;code_region;voie;cfd;mefstat11;nb_annee_term;nb_en_emploi_12_mois;"
    "nb_en_emploi_18_mois;nb_en_emploi_24_mois;nb_en_emploi_6_mois;nb_poursuite_etudes;nb_sortant;"
    "taux_emploi_12_mois;taux_emploi_18_mois;taux_emploi_24_mois;taux_emploi_6_mois;taux_poursuite_etudes"
)
# state → head-counts and rates of the three groups that become small, in the order of the header. What the source withholds
# is told of, since a check says that a small group tells something: other numbers stand there, and contradict each other
# on the same lines.
_REGION_GROUPS = {
    f"2022_2023;10;11;scolaire;;{COOK_YEAR}": {
        "large": "100;53;59;65;41;29;71;75;83;92;98;29",
        "plain": "100;40;60;80;20;20;80;50;75;100;90;20",
        "small": "17;9;10;11;7;5;12;75;83;92;98;29",
        "blank": "17;5;5;5;5;10;7;70;70;70;70;60",
    },
    f"2022_2023;10;11;apprentissage;{COOK};": {
        "large": "100;74;79;84;68;16;84;88;91;97;81;16",
        "plain": "100;60;70;80;40;20;80;75;90;95;50;20",
        "small": "19;14;15;16;13;3;16;88;91;97;81;16",
        "blank": "19;10;10;10;10;5;14;70;70;70;70;25",
    },
    f"2022_2023;10;11;scolaire;;{WAITER_YEAR}": {
        "large": "100;7;8;9;6;28;72;57;31;77;27;28",
        "plain": "100;7;8;9;6;28;72;55;60;70;50;28",
        "small": "40;7;8;9;6;28;12;57;31;77;27;70",
        "blank": "40;7;8;9;6;28;12;55;60;70;50;70",
    },
}
_REGION_OTHERS = (
    f"2022_2023;18;28;scolaire;;{COOK_YEAR};200;80;90;100;60;100;100;80;90;100;60;50",
    f"2022_2023;18;28;apprentissage;{COOK};;200;90;100;100;80;100;100;90;100;100;80;50",
    f"2022_2023;18;28;scolaire;;{WAITER_YEAR};200;35;40;45;30;140;60;60;70;80;50;70",
    f"2021_2022;10;11;scolaire;;{COOK_YEAR};200;80;90;100;60;100;100;80;90;100;60;50",
)
_SCHOOL = "Année;UAI;Libellé;Région"
_SHARES = "DEVENIR Part poursuite études;DEVENIR Part en emploi 6 mois;DEVENIR Part autre situation 6 mois"
_RATES = "Taux poursuite études;Taux emploi 6 mois;Taux emploi 6 mois attendu;VA emploi 6 mois"
_LATER = "Taux emploi 12 mois;Taux emploi 18 mois;Taux emploi 24 mois"
_IN_LYCEE = f"cumul 2022-2023;{LYCEE};Lycée Essai;ILE-DE-FRANCE"
_IN_CFA = f"cumul 2022-2023;{CFA};CFA Essai;ILE-DE-FRANCE"
_NEIGHBOUR = f"cumul 2022-2023;{NEIGHBOUR};Lycée Voisin;ILE-DE-FRANCE"
_OF_COOK_YEAR = f"CAP;{COOK_YEAR};CUISINE;2 ans;"
_DEPP = f"{POLYVALENT};Lycée polyvalent Essai;ILE-DE-FRANCE"


def region_file(state):
    rows = [f"{key};{figures[state]}" for key, figures in _REGION_GROUPS.items()]
    return _csv(_REGION, *(f"{number};{row}" for number, row in enumerate([*rows, *_REGION_OTHERS])))


def cfa_file(state):
    figures = {"large": "33;44;23;37;33;67;64;3;96;71;73;", "plain": "30;50;20;35;30;70;60;10;70;70;70;"}
    return _csv(
        f"{_SCHOOL};{_SHARES};Part contrats apprentissage interrompus;{_RATES};{_LATER};Effectif des sortants",
        f"{_IN_CFA};{figures.get(state, ';' * 11)}{_undeclared(state, 137)}",
        f"{_NEIGHBOUR};30;50;20;25;30;70;60;10;70;70;70;",
    )


def lycee_file(state):
    figures = {"large": "46;32;22;46;47;49;-2;52;54;56;", "plain": "40;40;20;40;50;55;-5;55;60;60;"}
    return _csv(
        f"{_SCHOOL};{_SHARES};{_RATES};{_LATER};Effectif des sortants",
        f"{_IN_LYCEE};{figures.get(state, ';' * 10)}{_undeclared(state, 151)}",
        f"{_NEIGHBOUR};40;40;20;40;50;55;-5;55;60;60;",
    )


def lycee_course_file(state):
    figures = {"large": "38;36;26;38;61;63;66;72;", "plain": "50;30;20;50;60;60;70;70;"}
    return _csv(
        "annee;uai;libelle;region;type_diplome;code_formation_mefstat11;libelle_formation;duree_formation;"
        "diplome_renove_ou_nouveau;part_en_poursuite_d_etudes;part_en_emploi_6_mois_apres_la_sortie;"
        "part_des_autres_situations;taux_poursuite_etudes;taux_emploi_6_mois;taux_emploi_12_mois;"
        "taux_emploi_18_mois;taux_emploi_24_mois;nb_sortant",
        f"{_IN_LYCEE};{_OF_COOK_YEAR};{figures.get(state, ';' * 8)}{_undeclared(state, 149)}",
        f"{_NEIGHBOUR};{_OF_COOK_YEAR};40;40;20;40;60;60;70;70;",
    )


def cfa_course_file(state):
    figures = {"large": "39.0;42.0;19.0;39.0;76.0;78.0;82.0;99.0", "plain": "40;40;20;40;60;60;70;70"}
    return _csv(
        "Année;UAI;Libellé;Région;Type de diplôme;Code formation apprentissage;Libellé formation;"
        "Durée formation;Diplôme rénové ou nouveau;Part en poursuite d'études;"
        "Part en emploi 6 mois après la sortie;Part des autres situations;Taux de poursuite d'études;"
        "Taux emploi 6 mois;Taux emploi 12 mois;Taux emploi 18 mois;Taux emploi 24 mois",
        f"{_IN_CFA};CAP;{COOK};CUISINE;2 an(s);;{figures.get(state, ';' * 7)}",
        f"{_NEIGHBOUR};CAP;{COOK};CUISINE;2 an(s);;40;40;20;40;60;60;70;70",
    )


def depp_file(state):
    apprentices = {"large": "93;89;87;2;43;51;6", "plain": "90;80;85;-5;40;50;10"}
    return _csv(
        "n°UAI de l'établissement;Libellé de l'établissement;Région;Dont apprentis en EPLE;"
        "Taux de poursuite d'études;Taux;Taux attendu;Valeur ajoutée;Part en poursuite d'études;"
        "Part en emploi 6 mois après la sortie;Part des autres situations",
        f"{_DEPP};ensemble;30;60;55;5;30;40;30",
        f"{_DEPP};dont apprentis;{apprentices.get(state, ';'.join(['nd'] * 7))}",
        f"{_DEPP};dont élèves en voie pro sco;35;60;55;5;35;40;25",
    )


def register_file(state):
    return _csv(
        "Rentrée scolaire;UAI;Mef Bcp 11;Nombre d'élèves : Total",
        *(f"2024;{uai};{COOK_YEAR};25" for uai in (LYCEE, POLYVALENT, NEIGHBOUR)),
        f"2024;{LYCEE};{WAITER_YEAR};25",
    )


FILES = {
    "ij_region_formation.csv": region_file,
    "fr-en-inserjeunes-cfa.csv": cfa_file,
    "fr-en-inserjeunes-lycee_pro.csv": lycee_file,
    "fr-en-inserjeunes-lycee_pro-formation-fine.csv": lycee_course_file,
    "fr-en-inserjeunes-cfa-formation_fine.csv": cfa_course_file,
    "depp-2022-etablissements-2022_2023-pro.csv": depp_file,
    "constat_2024.csv": register_file,
}


# The one that the desk checks too.
SUBMITTED = "fr-en-inserjeunes-lycee_pro-formation-fine.csv"


def write(directory, state):
    """The files of a release: "large" or "plain" (another's numbers), then "small" or "blank" (the source withheld)."""
    directory.mkdir()
    for name, content in FILES.items():
        (directory / name).write_bytes(content(state))


def create_nomenclature():
    """The courses and territories to which the files refer: a renewed CAP and a bac pro, two regions."""
    factories.country()
    factories.territory("region", "11", "Île-de-France", parent=factories.country())
    factories.territory("region", "28", "Normandie", parent=factories.country())
    former = factories.diploma(COOK, "CAP Cuisine")
    Renewal.objects.create(former=former, new=factories.diploma(NEW_COOK, "CAP Cuisine", slug="cuisine"))
    kind = DiplomaType.objects.create(code="400", short_label="Bac pro", label="Bac pro", level=4)
    waiter = factories.diploma(WAITER, "Bac pro Service", type=kind, slug="bac-pro-service")
    for diploma, year, code in ((former, 2, COOK_YEAR), (former, 1, f"2321{COOK_YEAR[4:]}")):
        factories.course_year(diploma, code, duration=2)
        CourseYear.objects.filter(pk=code).update(year=year)
    factories.course_year(waiter, WAITER_YEAR, duration=3)
    job = Job.objects.create(code="G1602", label="Personnel de cuisine")
    DiplomaJob.objects.create(job=job, diploma=former)


def _undeclared(state, number):
    return {"small": number, "large": number}.get(state, "")


def _csv(header, *rows):
    return ("\n".join([header, *rows]) + "\n").encode()
