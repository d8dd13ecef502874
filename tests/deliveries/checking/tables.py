"""Small invented files for the checks: a right one of each kind, and the ways of spoiling it."""

import csv
import io
from dataclasses import dataclass, field

from establishments.uai import check_letter


@dataclass
class Sheet:
    """A file as rows of texts by column, which the functions below spoil."""

    name: str
    rows: list[dict[str, str]]
    header: list[str] = field(default_factory=list)
    content: bytes = b""

    def bytes(self):
        if self.content:
            return self.content
        columns = self.header or list(self.rows[0])
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\n")
        writer.writerow(columns)
        names = list(self.rows[0])
        writer.writerows([row.get(name, "") for name in names] for row in self.rows)
        return text.getvalue().encode()


def uai(number, departement="075"):
    digits = f"{departement}{number:04d}"
    return digits + check_letter(digits)


def cfa(count=40):
    """Training centres of Île-de-France: rates, shares and value added agree."""
    rows = []
    for number in range(count):
        studying, rate = 20 + number % 30, 50 + number % 40
        employed = round(rate * (100 - studying) / 100)
        rows.append(
            {
                "Année": "cumul 2021-2022",
                "UAI": uai(number),
                "Libellé": f"CFA {number}",
                "Région": "ILE-DE-FRANCE",
                "DEVENIR Part poursuite études": studying,
                "DEVENIR Part en emploi 6 mois": employed,
                "DEVENIR Part autre situation 6 mois": 100 - studying - employed,
                "Part contrats apprentissage interrompus": 15 + number % 10,
                "Taux poursuite études": studying,
                "Taux emploi 6 mois": rate,
                "Taux emploi 6 mois attendu": rate - 3,
                "VA emploi 6 mois": 3 - number % 2,
                "Taux emploi 12 mois": rate + 5,
                "Taux emploi 18 mois": rate + 4,
                "Taux emploi 24 mois": rate + 8,
            }
        )
    return Sheet("cfa.csv", [{name: str(value) for name, value in row.items()} for row in rows])


def depp():
    """The same, as the DEPP gives them: the cohort is in the name of the file."""
    sheet = cfa()
    left_out = ("Année", "DEVENIR")
    sheet.rows = [{k: v for k, v in row.items() if not k.startswith(left_out)} for row in sheet.rows]
    sheet.name = "depp-2021_2022-apprentissage.csv"
    return sheet


def region(count=24):
    """Courses in regions, with head-counts that give the rates."""
    rows = []
    for number in range(count):
        studying, leavers = 20 + number, 80 + number % 7
        row = {
            "id": f"r{number}",
            "millesime": "2021_2022",
            "code_region_ij": "10",
            "code_region": "11",
            "voie": "apprentissage" if number % 2 else "scolaire",
            "cfd": f"5002{number:04d}" if number % 2 else "",
            "mefstat11": "" if number % 2 else f"2322002{number:04d}",
            "nb_annee_term": studying + leavers,
        }
        for months, employed in zip((12, 18, 24, 6), (44, 45, 50, 40), strict=True):
            row[f"nb_en_emploi_{months}_mois"] = employed + number % 9
        row |= {"nb_poursuite_etudes": studying, "nb_sortant": leavers}
        for months in (12, 18, 24, 6):
            row[f"taux_emploi_{months}_mois"] = round(100 * row[f"nb_en_emploi_{months}_mois"] / leavers)
        row["taux_poursuite_etudes"] = round(100 * studying / (studying + leavers))
        rows.append(row)
    return Sheet("region.csv", [{name: str(value) for name, value in row.items()} for row in rows])


def national():
    """The same course in every region that has figures."""
    codes = {"01": "07", "02": "12", "03": "08", "04": "11", "11": "10", "24": "04", "27": "02", "28": "14"}
    codes |= {
        "32": "09",
        "44": "06",
        "52": "17",
        "53": "03",
        "75": "15",
        "76": "16",
        "84": "01",
        "93": "18",
        "94": "05",
    }
    sheet = region(len(codes))
    for row, (code, own) in zip(sheet.rows, codes.items(), strict=True):
        row |= {"code_region": code, "code_region_ij": own}
    return sheet


def orion():
    """A course and the whole of each school, with head-counts."""
    names = ("nb_en_emploi_12_mois", "nb_en_emploi_18_mois", "nb_en_emploi_24_mois", "nb_en_emploi_6_mois")
    rates = [name.replace("nb_en", "taux") for name in names]
    rows = []
    for number in range(3):
        for course, size in (("50022139", 60), ("40022106", 40), ("", 100)):
            row = {
                "id": f"{number}{course}",
                "millesime": "2021_2022",
                "code_region_ij": "10",
                "code_region": "11",
                "uai": uai(number),
                "voie": "apprentissage" if course else "",
                "cfd": course,
                "mefstat": "",
                "ensemble": "" if course else "ensemble",
                "nb_annee_term": size,
            }
            row |= dict.fromkeys(names, size // 4)
            row |= {"nb_poursuite_etudes": size // 2, "nb_sortant": size // 2}
            row |= dict.fromkeys(rates, 50) | {"taux_poursuite_etudes": 50}
            rows.append({name: str(value) for name, value in row.items()})
    return Sheet("orion.csv", rows)


def directory():
    """Schools of Ille-et-Vilaine at the point of their commune."""
    rows = [
        {
            "Identifiant_de_l_etablissement": uai(number, "035"),
            "Nom_etablissement": f"Lycée {number}",
            "Type_etablissement": "Lycée",
            "Statut_public_prive": "Public",
            "Adresse_1": "1 rue de l’École",
            "Code_postal": "35000",
            "Code_commune": f"3500{number + 1}",
            "Nom_commune": f"Commune{number}",
            "code_nature": "320",
            "Latitude": f"48.{number + 1}",
            "Longitude": f"-1.{number + 1}",
        }
        for number in range(6)
    ]
    return Sheet("annuaire.csv", rows)


def diplomas():
    rows = [
        {
            "FORMATION_DIPLOME": code,
            "NIVEAU_FORMATION_DIPLOME": code[:3],
            "GROUPE_SPECIALITE": "221",
            "LIBELLE_COURT": "CAP",
            "LIBELLE_LONG_200": label,
            "DATE_OUVERTURE": "01/09/2000",
            "DATE_FERMETURE": "31/08/2015",
            "ANCIEN_DIPLOME_1": former,
            "NOUVEAU_DIPLOME_1": new,
        }
        for code, label, former, new in (
            ("50022137", "CUISINE (CAP)", "", "50022139"),
            ("50022139", "CUISINE (CAP)", "50022137", ""),
        )
    ]
    return Sheet("n_formation_diplome.csv", rows)


def register():
    rows = [
        {
            "Rentrée scolaire": "2021",
            "Numéro d'établissement": uai(number),
            "Mef Bcp 11": f"2322002{number:04d}",
            "Nombre d'élèves : Total": "30",
        }
        for number in range(3)
    ]
    return Sheet("constat.csv", rows)


def years():
    """Figures of a school by year of a course (MEFSTAT11)."""
    sheet = cfa(6)
    for number, row in enumerate(sheet.rows):
        row["Code formation mefstat11"] = f"2322002{number:04d}"
        del (
            row["Part contrats apprentissage interrompus"],
            row["Taux emploi 6 mois attendu"],
            row["VA emploi 6 mois"],
        )
    sheet.name = "formation-fine.csv"
    return sheet


def cell(column, value, row=0):
    """Write one cell."""

    def spoil(sheet):
        assert column in sheet.rows[row]
        sheet.rows[row][column] = value

    return spoil


def column(name, value_of):
    """Write a whole column: value_of(row number, row)."""

    def spoil(sheet):
        for number, row in enumerate(sheet.rows):
            row[name] = str(value_of(number, row))

    return spoil


def renamed(old, new):
    def spoil(sheet):
        sheet.header = [new if name == old else name for name in sheet.rows[0]]
        assert old in sheet.rows[0]

    return spoil


def without(name):
    def spoil(sheet):
        for row in sheet.rows:
            del row[name]

    return spoil


def replaced(old, new):
    """Replace bytes of the file."""

    def spoil(sheet):
        content = sheet.bytes()
        assert old in content
        sheet.content = content.replace(old, new, 1)

    return spoil


def whole(content, name=""):
    """Another file altogether."""

    def spoil(sheet):
        sheet.content, sheet.name = content, name or sheet.name

    return spoil


def called(name):
    def spoil(sheet):
        sheet.name = name

    return spoil


def both(*ways):
    def spoil(sheet):
        for way in ways:
            way(sheet)

    return spoil
