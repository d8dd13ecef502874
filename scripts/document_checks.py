"""`python -m scripts.document_checks`: write docs/controles.md, the list of the checks, from their declarations."""

from pathlib import Path

from deliveries.checking.check import Check, Group
from deliveries.checking.registry import CHECKS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "controles.md"
_START = """# Les contrôles d’un fichier livré

Cette page est écrite par `make checks-page` à partir de `deliveries/checking/declared/` : ne la modifiez pas à la main.

{number} contrôles, en {groups} groupes. Chacun donne « réussi », « pour information », « avertissement », « échec » ou « sans objet ».
Une information dit ce que le portail a fait, et ne demande rien ; un échec refuse le fichier ; un avertissement s’accepte, avec un motif, dans
l’espace de gestion, et certains (marqués « à confirmer »)
attendent `--confirm` de `manage.py ingest`. Aucun message ne contient un nombre d’un groupe de moins de 20 élèves : les comparaisons entre chiffres laissent ces lignes de
côté, et `deliveries/quoting.py` décide de ce qui peut être cité.

{offline} d’entre eux se font sans base de données, avant d’envoyer un fichier :
- `python -m deliveries.check FICHIER…` (codes de sortie : 0 aucun échec, 1 un échec au moins, 2 mal appelé ; `--json` pour le
  rapport entier). La longueur des textes n’y est pas vérifiée : seul le portail connaît la place qu’il leur garde ;
- la page `/verifier/`, ouverte à tous, en français et en anglais : 10 Mo au plus, rien n’est gardé.

Les autres comparent le fichier à ce qui est publié : ils se font à la livraison.
"""


def page() -> str:
    """The text of docs/controles.md."""
    offline = sum(not check.needs_database for check in CHECKS)
    start = _START.format(number=len(CHECKS), groups=len(Group), offline=offline)
    parts = [
        start.replace(" :", "\u00a0:")
        .replace(" ;", "\u00a0;")
        .replace("« ", "«\u00a0")
        .replace(" »", "\u00a0»")
    ]
    for group in Group:
        own = [check for check in CHECKS if check.group is group]
        parts.append(f"\n## {group.label}\n")
        parts += [_entry(check) for check in own]
    return "".join(parts)


def _entry(check: Check) -> str:
    facts = [check.level.label, check.scope.label]
    facts += ["à confirmer"] * check.must_be_confirmed + [
        "compare aux données publiées"
    ] * check.needs_database
    told = "\u00a0; ".join(facts)
    return (
        f"\n### {check.title}\n\n`{check.code}` ({told})\n\n"
        f"{check.looks_at}\n\n> {check.sentence} {check.guidance}\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
