"""The examples of the documentation, in four languages. The tests run them as they are shown, except those in R."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LANGUAGES = {"curl": "curl", "python": "Python", "r": "R", "javascript": "JavaScript"}
# What stands for a key in the examples.
KEY = "VOTRE_CLE"
_ROOT = "https://portail.example"


@dataclass(frozen=True)
class Example:
    """One thing to do: Example("chiffres", "Les chiffres d’une formation", "…", {"curl": "curl …", "python": "…"})."""

    slug: str
    title: str
    sentence: str
    codes: dict

    def at(self, root):
        """((language, its name, code), …) for the portal that answers at `root`."""
        return tuple(
            (language, LANGUAGES[language], code.strip().replace(_ROOT, root))
            for language, code in self.codes.items()
        )


EXAMPLES = (
    Example(
        "chiffres",
        _("Les chiffres d’une formation, page après page"),
        _("Chaque chiffre a sa valeur, ou la phrase qui dit pourquoi il n’est pas montré."),
        {
            "curl": """
curl "https://portail.example/api/v1/chiffres?formation=50022146&indicateurs=taux_emploi_6_mois"
""",
            "python": """
import json
from urllib.request import urlopen

address = "https://portail.example/api/v1/chiffres?formation=50022146&indicateurs=taux_emploi_6_mois"
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    for group in page["results"]:
        figure = group["chiffres"][0]
        said = figure["raison"]["phrase"] if figure["raison"] else f"{figure['valeur']} {figure['unite']}"
        print(group["millesime"], group["voie"], group["territoire"] or group["uai"], said)
    address = page["suivant"]
""",
            "r": """
library(jsonlite)

address <- "https://portail.example/api/v1/chiffres?formation=50022146&indicateurs=taux_emploi_6_mois"
while (!is.null(address)) {
  page <- fromJSON(address, simplifyDataFrame = FALSE)
  for (group in page$results) {
    figure <- group$chiffres[[1]]
    said <- if (is.null(figure$raison)) paste(figure$valeur, figure$unite) else figure$raison$phrase
    cat(group$millesime, group$voie, c(group$territoire, group$uai), said, "\\n")
  }
  address <- page$suivant
}
""",
            "javascript": """
let address = "https://portail.example/api/v1/chiffres?formation=50022146&indicateurs=taux_emploi_6_mois";
while (address) {
  const page = await (await fetch(address)).json();
  for (const group of page.results) {
    const [figure] = group.chiffres;
    const said = figure.raison ? figure.raison.phrase : `${figure.valeur} ${figure.unite}`;
    console.log(group.millesime, group.voie, group.territoire ?? group.uai, said);
  }
  address = page.suivant;
}
""",
        },
    ),
    Example(
        "fichier",
        _("Toutes les lignes d’un coup, dans un fichier"),
        _("Les codes sont des textes\u00a0: les lire comme des nombres perdrait leurs zéros."),
        {
            "curl": """
curl --compressed --output chiffres.csv "https://portail.example/api/v1/chiffres.csv?voie=apprentissage"
""",
            "python": """
import pandas as pd

codes = ["region", "uai", "code_formation", "mefstat11", "code_origine", "etablissement_origine"]
figures = pd.read_csv(
    "https://portail.example/api/v1/chiffres.csv?voie=apprentissage", sep=";", dtype=dict.fromkeys(codes, str)
)
print(figures[["millesime", "formation", "taux_emploi_6_mois", "taux_emploi_6_mois_raison"]].head())
""",
            "r": """
figures <- read.csv2(
  "https://portail.example/api/v1/chiffres.csv?voie=apprentissage",
  fileEncoding = "UTF-8-BOM", na.strings = "",
  colClasses = c(
    region = "character", uai = "character", code_formation = "character", mefstat11 = "character",
    code_origine = "character", etablissement_origine = "character"
  )
)
head(figures[c("millesime", "formation", "taux_emploi_6_mois", "taux_emploi_6_mois_raison")])
""",
            "javascript": """
const answer = await fetch("https://portail.example/api/v1/chiffres.csv?voie=apprentissage");
const [header, ...lines] = (await answer.text()).trim().split("\\r\\n");
console.log(lines.length, "lignes", header.split(";").length, "colonnes");
""",
        },
    ),
    Example(
        "version",
        _("Ne rien redemander tant que rien ne change"),
        _("Rendre l’ETag reçu\u00a0: la réponse est 304, sans corps, jusqu’à la prochaine publication."),
        {
            "curl": """
curl --etag-save version --output formations.json "https://portail.example/api/v1/formations?q=cuisine"
curl --etag-compare version --output formations.json "https://portail.example/api/v1/formations?q=cuisine"
""",
            "python": """
from urllib.error import HTTPError
from urllib.request import Request, urlopen

address = "https://portail.example/api/v1/formations?q=cuisine"
with urlopen(address) as answer:
    version = answer.headers["ETag"]
try:
    urlopen(Request(address, headers={"If-None-Match": version})).close()
    print("De nouvelles données sont publiées.")
except HTTPError as error:
    print("Rien n’a changé." if error.code == 304 else error)
    error.close()
""",
            "r": """
library(httr2)

address <- "https://portail.example/api/v1/formations?q=cuisine"
version <- request(address) |> req_perform() |> resp_header("ETag")
again <- request(address) |> req_headers("If-None-Match" = version) |> req_perform()
cat(if (resp_status(again) == 304) "Rien n’a changé." else "De nouvelles données sont publiées.")
""",
            "javascript": """
const address = "https://portail.example/api/v1/formations?q=cuisine";
const version = (await fetch(address)).headers.get("ETag");
const again = await fetch(address, { headers: { "If-None-Match": version } });
console.log(again.status === 304 ? "Rien n’a changé." : "De nouvelles données sont publiées.");
""",
        },
    ),
    Example(
        "cle",
        _("Avec une clé"),
        _("Elle relève la limite de demandes. Elle se donne dans l’en-tête, jamais dans l’adresse."),
        {
            "curl": """
curl --header "X-Api-Key: VOTRE_CLE" "https://portail.example/api/v1/etablissements?avec_chiffres=true&par_page=1000"
""",
            "python": """
import json
from urllib.request import Request, urlopen

address = "https://portail.example/api/v1/etablissements?avec_chiffres=true&par_page=1000"
with urlopen(Request(address, headers={"X-Api-Key": "VOTRE_CLE"})) as answer:
    print(len(json.load(answer)["results"]), "établissements")
""",
            "r": """
library(httr2)

answer <- request("https://portail.example/api/v1/etablissements?avec_chiffres=true&par_page=1000") |>
  req_headers("X-Api-Key" = "VOTRE_CLE") |>
  req_perform()
cat(length(resp_body_json(answer)$results), "établissements")
""",
            "javascript": """
const answer = await fetch("https://portail.example/api/v1/etablissements?avec_chiffres=true&par_page=1000", {
  headers: { "X-Api-Key": "VOTRE_CLE" },
});
console.log((await answer.json()).results.length, "établissements");
""",
        },
    ),
    Example(
        "exposition",
        _("L’API Exposition\u00a0: les listes des plateformes"),
        _(
            "Ses listes demandent une clé ou un jeton\u00a0; ses réponses pour une seule formation n’en demandent pas."
        ),
        {
            "curl": """
curl --header "x-api-key: VOTRE_CLE" "https://portail.example/api/inserjeunes/regionales?items_par_page=100"
""",
            "python": """
import json
from urllib.request import Request, urlopen

address = "https://portail.example/api/inserjeunes/regionales?items_par_page=100&page={page}"
page, pages = 1, 1
while page <= pages:
    with urlopen(Request(address.format(page=page), headers={"x-api-key": "VOTRE_CLE"})) as answer:
        body = json.load(answer)
    for row in body["regionales"]:
        print(row["millesime"], row["region"]["nom"], row["code_certification"], row.get("taux_en_emploi_6_mois"))
    page, pages = page + 1, body["pagination"]["nombre_de_page"]
""",
            "r": """
library(httr2)

body <- request("https://portail.example/api/inserjeunes/regionales?items_par_page=100") |>
  req_headers("x-api-key" = "VOTRE_CLE") |>
  req_perform() |>
  resp_body_json()
for (row in body$regionales) cat(row$millesime, row$region$nom, row$code_certification, "\\n")
""",
            "javascript": """
const answer = await fetch("https://portail.example/api/inserjeunes/regionales?items_par_page=100", {
  headers: { "x-api-key": "VOTRE_CLE" },
});
const { regionales } = await answer.json();
for (const row of regionales) console.log(row.millesime, row.region.nom, row.code_certification);
""",
        },
    ),
)
