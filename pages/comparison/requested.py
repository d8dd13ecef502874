"""What the tokens of a comparison name, and what is wrong with those that name nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from establishments.models import School, Territory
from formations.models import CourseYear, Diploma
from stats import comparison_tokens
from stats.comparison_tokens import Token
from stats.disclosure_control.primary import level_of
from stats.indicators import Level


@dataclass(frozen=True)
class RequestedItem:
    """What a token names: a diploma in a school, a region or the country, or a school as a whole.

    RequestedItem(text="50022139.pro.r53", token=Token(…), diploma=Diploma, course_year=None, school=None, region=Territory)
    text: as the address of the page writes it.
    """

    text: str
    token: Token
    diploma: Diploma | None
    course_year: CourseYear | None
    school: School | None
    region: Territory | None

    @property
    def level(self) -> Level:
        return level_of(bool(self.school), bool(self.diploma), not self.region)


@dataclass(frozen=True)
class Problem:
    """A token that shows nothing: Problem(text="zzz", sentence="« zzz » n’est ni une formation…")."""

    text: str
    sentence: str


def requested_items(tokens, catalogue):
    """([`RequestedItem`], [`Problem`]) of {text: `Token` or None}: at most ten items, in the order of the tokens."""
    items, problems, too_many = [], [], []
    for text, token in tokens.items():
        token = _disambiguated(token, catalogue)
        if sentence := _problem(text, token, catalogue):
            problems.append(Problem(text, sentence))
        elif len(items) < comparison_tokens.LIMIT:
            items.append(_requested_item(text, token, catalogue))
        else:
            sentence = _(
                "«\u00a0%(text)s\u00a0» n’est pas montré\u00a0: une comparaison a dix éléments au plus."
            )
            too_many.append(Problem(text, sentence % {"text": text}))
    return items, problems + too_many


def _requested_item(text, token, catalogue):
    course_year = catalogue.course_years.get(token.course_year)
    return RequestedItem(
        text=text,
        token=token,
        diploma=course_year.diploma if course_year else catalogue.diplomas.get(token.diploma),
        course_year=course_year,
        school=catalogue.schools.get(token.uai),
        region=catalogue.regions.get(token.region),
    )


def _disambiguated(token, catalogue):
    """`token`, read as a diploma where its code looks like a school’s but only a diploma has it."""
    if (
        token
        and not token.has_course
        and token.uai not in catalogue.schools
        and token.uai in catalogue.diplomas
    ):
        return comparison_tokens.token(diploma=token.uai, route=token.route)
    return token


def _problem(text, token, catalogue):
    """Why a token shows nothing, "" when it shows something."""
    if token is None:
        return _(
            "«\u00a0%(text)s\u00a0» n’est ni une formation ni un établissement\u00a0: vérifiez le lien."
        ) % {"text": text}
    if token.course_year and token.course_year not in catalogue.course_years:
        return _("Aucune formation n’a le code %(code)s.") % {"code": token.course_year}
    if token.diploma and token.diploma not in catalogue.diplomas:
        return _("Aucune formation n’a le code %(code)s.") % {"code": token.diploma}
    if token.uai and token.uai not in catalogue.schools:
        return _("Aucun établissement n’a le code %(code)s.") % {"code": token.uai}
    if token.region and token.region not in catalogue.regions:
        return _("Aucune région n’a le code %(code)s.") % {"code": token.region}
    return ""
