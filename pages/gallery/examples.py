"""Made-up figures, groups, courses and items, in the classes that the components are given. No database."""

from datetime import date

from pages.comparison.items import Item, Line
from pages.comparison.page import ComparisonPage
from pages.drawings.charts import Look, people_row, stacked_bar
from pages.figures.figure import Figure, NextBest, Reference
from pages.figures.group import Group, Origin
from pages.figures.outcome import LOOKS, Outlook, Share, Situations, share_words, situation_sentence
from pages.figures.verdicts import standings_of
from stats import comparison_tokens
from stats.comparability import Traits
from stats.indicators import BY_NAME, EMPLOYMENT_RATES, INDICATORS, SITUATIONS, Unit
from stats.links import ComparisonState, Links
from stats.rates import tens
from stats.reasons import Reason
from stats.substitution.kinds import OriginKind
from stats.wording import value_text

LONG = (
    "Bac pro Maintenance des systèmes de production connectés, installation et dépannage des équipements "
    "énergétiques et climatiques des bâtiments agricoles"
)
ARABIC = "ثانوية ابن خلدون المهنية"
WITHHELD = [reason for reason in Reason if reason.is_withheld]
ABSENT = [reason for reason in Reason if not reason.is_withheld]
FORMER = Origin(OriginKind.FORMER, "50022139", "CAP Cuisine")
TRAINER = Origin(
    OriginKind.OWN, role="formateur", uai="0990001N", school="CFA de la démonstration, Exempleville"
)
BOTH = Origin(OriginKind.FORMER, "50022139", "CAP Cuisine", "formateur", "0990001N", TRAINER.school)
_VALUES = {Unit.PERCENT: 58, Unit.POINTS: 4, Unit.EUROS: 1450}
_SITUATIONS = (31, 47, 22)


def group(**changes):
    """A `Group` of 512 pupils in Brittany."""
    fields = {
        "cohort": "2022 et 2023",
        "cohort_code": "2022_2023",
        "is_pooled": True,
        "route": "pro",
        "size": 512,
        "leavers": 271,
        "perimeter": "Bretagne",
        "origin": None,
        "delivery": 1,
        "delivered_on": date(2026, 2, 3),
        "source": "ij_region_formation",
    }
    return Group(**fields | changes)


def shown(name="taux_emploi_6_mois", value=None, **changes):
    """A `Figure` that is shown."""
    indicator = BY_NAME[name]
    fields = {"reason": None, "group": group()} | changes
    return Figure(indicator, _VALUES[indicator.unit] if value is None else value, **fields)


def hole(reason, name="taux_emploi_6_mois", **changes):
    """A `Figure` that is not shown."""
    return Figure(BY_NAME[name], None, reason, **{"group": group(), "is_searched": True} | changes)


def next_best(text="61\u00a0%"):
    return NextBest("Bretagne, cohorte 2022 et 2023", text)


def situations(values=_SITUATIONS, **changes):
    """The `Situations` of a group, whose shares are `values`."""
    figures = [shown(name, value) for name, value in zip(SITUATIONS, values, strict=True)]
    people, words = tens(list(values)), share_words()
    sentence = situation_sentence(people, "pro")
    shares = [Share(figure, look, *text) for figure, look, text in zip(figures, LOOKS, words, strict=True)]
    short = [f"{share.figure.text} {share.words}" for share in shares]
    fields = {
        "sentence": sentence,
        "people": people_row(people, LOOKS, sentence),
        "stack": stacked_bar(values, LOOKS),
        "shares": tuple(shares),
        "short": tuple(short),
        "hole": None,
        "group": group(),
    }
    return Situations(**fields | changes)


def situations_hole(reason, **changes):
    """`Situations` that are not shown."""
    found = hole(reason, SITUATIONS[0], **changes)
    return Situations("", None, None, (), (), found, found.group)


def situations_in_part(has_share=True):
    """`Situations` of which further study alone is published, or the rate of those who left alone."""
    studying = shown("taux_en_formation", 92, group=group(size=78, leavers=None))
    sentence = (
        "92\u00a0% étudient encore (78\u00a0élèves)."
        if has_share
        else "Parmi ceux qui ont arrêté, 54\u00a0% travaillent."
    )
    rest, looks = "Le reste, moins de 20 jeunes, n’est pas détaillé.", (Look.HATCHED, Look.UNKNOWN)
    return Situations(
        sentence=sentence,
        people=people_row((9, 1), looks, f"{sentence} {rest}") if has_share else None,
        stack=stacked_bar((92, 8), looks) if has_share else None,
        shares=(Share(studying, Look.HATCHED, "étudient encore", ""),) if has_share else (),
        short=("92\u00a0% étudient encore", "le reste, moins de 20 jeunes, non détaillé")
        if has_share
        else (sentence,),
        hole=None,
        group=studying.group,
        rest=rest,
    )


def outlook(missing=(), **changes):
    """An `Outlook` with every figure, but for those of {name: reason} in `missing`."""
    missing = dict(missing)
    every = {
        indicator.name: hole(missing[indicator.name], indicator.name)
        if indicator.name in missing
        else shown(
            indicator.name,
            dict(zip(SITUATIONS, _SITUATIONS, strict=True)).get(indicator.name),
            references=(Reference("France (15 régions sur 17)", value_text(61, indicator.unit)),),
        )
        for indicator in INDICATORS
    }
    fields = {
        "title": "Bretagne",
        "group": group(),
        "situations": situations_hole(missing[SITUATIONS[0]]) if SITUATIONS[0] in missing else situations(),
        "later": tuple(every[name] for name in EMPLOYMENT_RATES),
        "contracts": every["taux_rupture_contrats"],
        "value_added": every["valeur_ajoutee_6_mois"],
        "expected": every["taux_emploi_6_mois_attendu"],
        "every": tuple(every.values()),
    }
    return Outlook(**fields | changes)


def item(letter="A", title="CAP Cuisine", place="Bretagne", rate=58, reason=None, **changes):
    """An `Item` of a comparison whose figures are all shown, or all missing for one reason."""
    figures = {
        indicator.name: hole(reason, indicator.name, next_best=next_best())
        if reason
        else shown(indicator.name, rate if indicator.unit is Unit.PERCENT else None)
        for indicator in INDICATORS
    }
    fields = {
        "token": comparison_tokens.token("50022146", route="pro", region="53"),
        "address": "/formations/",
        "route": "pro",
        "group": group(),
        "figures": figures,
        "situations": situations_hole(reason) if reason else situations(),
        "remove": "/comparer/",
        "earlier": "" if letter == "A" else "/comparer/",
        "later": "/comparer/",
        "traits": Traits(letter, "pro"),
    }
    return Item(letter=letter, title=title, place=place, **fields | changes)


def line(items, name="taux_emploi_6_mois"):
    told = standings_of({name: {each.letter: each.figures[name] for each in items}})[name]
    return Line(BY_NAME[name], tuple((item, item.figures[name]) for item in items), "/comparer/", told)


def comparison(items, snapshot_changes=None, **state):
    """The `ComparisonPage` of these items, on three figures."""
    texts = tuple(f"50022146.pro.r{number}" for number, _item in enumerate(items, 11))
    names = ("taux_en_formation", "taux_emploi_6_mois", "valeur_ajoutee_6_mois")
    lines = tuple(line(items, name) for name in names) if items else ()
    return ComparisonPage(ComparisonState(texts, **state), tuple(items), lines, (), (), snapshot_changes)


def ten_items():
    """As many items as a comparison holds, with every kind of hole and of name."""
    names = ["CAP Cuisine", LONG, ARABIC]
    reasons = [None, None, *WITHHELD, Reason.NOT_MEASURED_YET]
    return [
        item(letter, names[number % 3], f"Région {number}", 30 + 5 * number, reasons[number % len(reasons)])
        for number, letter in enumerate("ABCDEFGHIJ")
    ]


REPORT = "/signaler-une-erreur/?page=%2Fformations%2Fcap-cuisine-50022146%2F"
COMPARING = Links(ComparisonState(("50022146.pro.r53", "40022106.pro")))
