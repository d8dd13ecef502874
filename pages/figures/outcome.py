"""What became of one group, as blocks: the three situations, later employment, every figure."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.drawings.charts import Look, PeopleRow, StackedBar, people_row, stacked_bar
from pages.figures.figure import Figure, NextBest, figure, missing, with_notes
from pages.figures.group import Group, group_of
from pages.figures.partial import known_part
from stats.indicators import BY_NAME, EMPLOYMENT_RATES, INDICATORS, SITUATIONS, Level
from stats.rates import tens
from stats.reasons import Reason
from stats.substitution.kinds import OriginKind
from stats.wording import people_words, value_text

LOOKS = (Look.SOLID, Look.HATCHED, Look.OUTLINED)


@dataclass(frozen=True)
class Share:
    """One situation: Share(figure=Figure(…), look=Look.SOLID, words="travaillent", detail="comme salariés…")."""

    figure: Figure
    look: Look
    words: str
    detail: str


@dataclass(frozen=True)
class Situations:
    """The three situations of a group, what is known of them, or the hole that stands for them.

    Situations(sentence="Sur 10 élèves en dernière année, 3 travaillent…", people=PeopleRow(…),
    stack=StackedBar(…), shares=(Share(…), Share(…), Share(…)), short=("31 % travaillent", …), hole=None,
    group=Group(…), rest=""). With a hole: sentence is "", people and stack are None, shares and short are ().
    Known in part: shares are those that are published, `rest` tells of the others; people and stack are None where no
    share is.
    """

    sentence: str
    people: PeopleRow | None
    stack: StackedBar | None
    shares: tuple[Share, ...]
    short: tuple[str, ...]
    hole: Figure | None
    group: Group | None
    rest: str = ""

    @property
    def unknown(self):
        """The `Look` of those of whom nothing is published, None where everybody is told of."""
        return Look.UNKNOWN if self.rest and self.shares else None

    @property
    def has_situation(self):
        """Whether one of the three is shown under its own name, as pictures for other sites draw them."""
        return any(share.figure.name in SITUATIONS for share in self.shares)

    @property
    def notes(self):
        """What is said of its figures that are contested, once each."""
        return tuple(dict.fromkeys(share.figure.contest for share in self.shares if share.figure.contest))

    @property
    def origin(self):
        return self.group.origin if self.group else None

    @property
    def origin_sentence(self):
        """Whose figures these are; "" where they are its own, and for a course after a common year, which its row names."""
        is_named = self.origin is None or self.origin.kind is OriginKind.COMMON_YEAR
        return "" if is_named else self.origin.sentence


@dataclass(frozen=True)
class Holes:
    """Figures that are missing for the same reason, which the page gives once.

    Holes(label="après 18 mois, après 24 mois", figure=Figure(…), next_best=(("après 24 mois", NextBest(…)),))
    """

    label: str
    figure: Figure
    next_best: tuple[tuple[str, NextBest], ...]

    @property
    def nothing_sentence(self):
        return "" if self.next_best else self.figure.nothing_sentence


@dataclass(frozen=True)
class Outlook:
    """Everything about one group, for its block of a page.

    Outlook(title="Île-de-France", situations=Situations(…), later=(Figure(…), …), contracts=Figure(…) or None,
    value_added=Figure(…) or None, expected=Figure(…) or None, every=(Figure(…), …))
    """

    title: str
    group: Group
    situations: Situations
    later: tuple[Figure, ...]
    contracts: Figure | None
    value_added: Figure | None
    expected: Figure | None
    every: tuple[Figure, ...]

    @property
    def later_shown(self):
        return [figure for figure in self.later if figure.is_shown]

    @property
    def later_holes(self):
        return holes_of([(figure.short_label, figure) for figure in self.later])


def holes_of(labelled, join_labels=", ".join):
    """[`Holes`], one a reason, of the pairs (label, `Figure`) whose figure is not shown.

    join_labels: function that makes one text of several labels.
    """
    by_reason = {}
    for label, missing_figure in labelled:
        if not missing_figure.is_shown:
            key = (missing_figure.reason, missing_figure.level, missing_figure.note)
            by_reason.setdefault(key, []).append((label, missing_figure))
    return [
        Holes(
            label=join_labels(list(dict.fromkeys(label for label, _figure in holes))),
            figure=replace(holes[0][1], next_best=None),
            next_best=tuple(
                dict.fromkeys((label, figure.next_best) for label, figure in holes if figure.next_best)
            ),
        )
        for holes in by_reason.values()
    ]


def one_a_reason(cards):
    """One hole a reason among the groups of these cards: the page explains each reason once, under all cards."""
    holes = (group.situations.hole for card in cards for group in card.groups)
    return list({(hole.reason, hole.note): hole for hole in holes if hole}.values())


def share_words():
    """(what the group does, what that counts) of each situation, in the order of SITUATIONS."""
    return (
        (_("travaillent"), _("comme salariés, en France, dans tout métier")),
        (_("étudient encore"), ""),
        (_("autre situation"), _("recherche d’emploi, indépendant, étranger, service civique…")),
    )


def situation_sentence(people, route):
    """ "Sur 10 élèves en dernière année, 3 travaillent, 5 étudient encore, 2 sont dans une autre situation." """
    work, study, other = people
    return _("Sur 10\u00a0%(who)s en dernière année, %(work)s, %(study)s, %(other)s.") % {
        "who": people_words(route),
        "work": ngettext("%(n)d\u00a0travaille", "%(n)d\u00a0travaillent", work) % {"n": work}
        if work
        else _("aucun ne travaille"),
        "study": ngettext("%(n)d\u00a0étudie encore", "%(n)d\u00a0étudient encore", study) % {"n": study}
        if study
        else _("aucun n’étudie encore"),
        "other": ngettext(
            "%(n)d\u00a0est dans une autre situation", "%(n)d\u00a0sont dans une autre situation", other
        )
        % {"n": other}
        if other
        else _("aucun n’est dans une autre situation"),
    }


def situations(attribution, group, fallbacks=None):
    """The `Situations` of an attribution.

    fallbacks: pairs (label, outcome) where to look when one of the three is missing, best first; None where the page
    does not look.
    """
    figures = [figure(attribution, name, group) for name in SITUATIONS]
    hole = next((share for share in figures if not share.is_shown), None)
    if hole:
        known = known_part(attribution, group)
        return _partial(known, group) if known else _hole(hole, fallbacks)
    values = [share.value for share in figures]
    people = tens(values)
    sentence = situation_sentence(people, attribution.outcome.route)
    words = share_words()
    return Situations(
        sentence=sentence,
        people=people_row(people, LOOKS, sentence),
        stack=stacked_bar(values, LOOKS),
        shares=tuple(
            Share(share, look, *text) for share, look, text in zip(figures, LOOKS, words, strict=True)
        ),
        short=short_texts(attribution.outcome),
        hole=None,
        group=group,
    )


def _partial(known, group):
    """The `Situations` of a `KnownPart`: nothing takes the place of what is not there."""
    words = dict(zip(SITUATIONS, share_words(), strict=True))
    studying = words["taux_en_formation"]
    people = (
        people_row(tens(known.shares), known.looks, f"{known.sentence} {known.rest}")
        if known.shares
        else None
    )
    return Situations(
        sentence=known.sentence,
        people=people,
        stack=stacked_bar(known.shares, known.looks) if known.shares else None,
        shares=tuple(
            Share(figure, look, *words.get(figure.name, studying))
            for figure, look in zip(known.figures, known.looks, strict=False)
        ),
        short=known.short,
        hole=None,
        group=group,
        rest=known.rest,
    )


def situations_at(attribution, perimeter, fallbacks):
    """The `Situations` of an attribution in a place of this name; fallbacks: the `FallbackFinder` of the page."""
    return situations(attribution, group_of(attribution, perimeter), fallbacks.of_row(attribution))


def no_situations(reason=Reason.NO_FIGURES, fallbacks=None, level=Level.SCHOOL_COURSE):
    """The `Situations` of a group without attribution; level: of the place for which the page asked."""
    return _hole(missing(SITUATIONS[0], reason, level=level), fallbacks)


def _hole(hole, fallbacks):
    hole = replace(hole, next_best=nearest_situations(fallbacks or ()), is_searched=fallbacks is not None)
    return Situations("", None, None, (), (), hole, hole.group)


def nearest_situations(fallbacks):
    """The `NextBest` of the first of these pairs (label, outcome) that has the three situations; None without any."""
    candidates = ((label, short_texts(outcome), outcome) for label, outcome in fallbacks)
    found = next((found for found in candidates if found[1]), None)
    if not found:
        return None
    label, texts, outcome = found
    return NextBest(label, with_notes(" · ".join(texts), [outcome.note(name) for name in SITUATIONS]))


def short_texts(outcome):
    """("31 % travaillent", "47 % étudient encore", "22 % autre situation"), () where one of them is not published."""
    if any(outcome.reason(name) for name in SITUATIONS):
        return ()
    return tuple(
        f"{value_text(getattr(outcome, name), BY_NAME[name].unit)} {words}"
        for name, (words, _detail) in zip(SITUATIONS, share_words(), strict=True)
    )


def outlook(attribution, title, fallbacks=None, note="", references=lambda name: ()):
    """The `Outlook` of an attribution.

    title: name of the place. fallbacks: as in `situations`. note: how the portal made the group. references: function of
    the name of a figure that returns its `Reference`s.
    """
    group = group_of(attribution, title, note)
    by_name = {
        indicator.name: replace(
            figure(attribution, indicator.name, group, fallbacks),
            references=tuple(references(indicator.name)),
        )
        for indicator in INDICATORS
    }

    def applicable(name):
        return by_name[name] if by_name[name].is_applicable else None

    return Outlook(
        title=title,
        group=group,
        situations=situations(attribution, group, fallbacks),
        later=tuple(by_name[name] for name in EMPLOYMENT_RATES if by_name[name].is_applicable),
        contracts=applicable("taux_rupture_contrats"),
        value_added=applicable("valeur_ajoutee_6_mois"),
        expected=applicable("taux_emploi_6_mois_attendu"),
        every=tuple(item for item in by_name.values() if item.is_applicable),
    )
