"""Filters of lists: the page, the CSV and the JSON of a list share one FilterSet."""

from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from establishments.models import School, Territory
from formations.levels import LEVELS
from formations.models import Diploma, DiplomaType, Domain, Renewal
from stats.indicators import Route
from stats.models import Attribution, Cohort, Outcome, Teaching
from stats.reasons import SHOWN
from stats.substitution.kinds import OriginKind

ROUTES = [(route.value, _(route.label)) for route in Route]


def _is_true(value):
    """Whether a box is ticked; an unticked box filters nothing."""
    return value is True


# As long as the longest name. A longer text would make a query with too many conditions for the database.
LONGEST_TEXT = 255


class _WordsFilter(CharFilter):
    """Rows whose names have every word of the value, or whose code is the value."""

    def __init__(self, **options):
        super().__init__(max_length=LONGEST_TEXT, **options)

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(Q(folded_names__has_words=value) | Q(pk=value.strip().upper()))


class _TownFilter(CharFilter):
    """Schools of the town of this name, present or former, or postal code; else of those whose name holds the value."""

    def __init__(self, **options):
        super().__init__(max_length=LONGEST_TEXT, **options)

    def filter(self, queryset, value):
        if not value:
            return queryset
        is_town = Q(folded_towns__is_town=value) | Q(postal_code=value.strip())
        is_known = School.objects.filter(is_town).exists()
        return queryset.filter(is_town if is_known else Q(folded_towns__holds_town=value))


class _CodeFilter(CharFilter):
    """An exact code; its form is checked, its case does not matter."""

    def __init__(self, form, message, **options):
        validator = RegexValidator(rf"^{form}$", message)
        super().__init__(validators=[validator], strip=False, **options)

    def filter(self, queryset, value):
        return super().filter(queryset, value.upper())


def regions(request):
    return Territory.objects.regions()


def departements(request):
    return Territory.objects.filter(level=Territory.Level.DEPARTEMENT)


def types_with_diplomas(request):
    return DiplomaType.objects.filter(Exists(Diploma.objects.filter(type=OuterRef("pk"))))


class _Figured(FilterSet):
    """Filters of lists by what is taught and published; `link`: the foreign key from outcomes and teachings to the rows."""

    link = ""

    voie = ChoiceFilter(label=_("Voie"), choices=ROUTES, method="by_route")
    avec_chiffres = BooleanFilter(label=_("Avec des chiffres seulement"), method="with_figures")

    def fields(self):
        """[(bound field of the form, its choices)], read here so that a template asks nothing of the database."""
        return [(field, list(getattr(field.field, "choices", ()))) for field in self.form]

    def _outcomes(self, **lookups):
        return Outcome.objects.published().filter(**{self.link: OuterRef("pk")}, **lookups)

    def _teachings(self, **lookups):
        return Teaching.objects.filter(**{self.link: OuterRef("pk")}, **lookups)

    def by_route(self, queryset, name, value):
        return queryset.filter(Exists(self._teachings(route=value)) | Exists(self._outcomes(route=value)))

    def with_figures(self, queryset, name, value):
        """Rows that a figure is shown for, theirs or that of what stands for them, as the search counts them."""
        shown = Attribution.objects.filter(outcome__reasons__contains=SHOWN, **{self.link: OuterRef("pk")})
        return queryset.filter(Exists(shown)) if _is_true(value) else queryset


class CourseFilter(_Figured):
    link = "diploma"

    q = _WordsFilter(label=_("Mots du nom, ou code"))
    niveau = ChoiceFilter(label=_("Niveau"), choices=LEVELS, field_name="type__level")
    type = ModelChoiceFilter(label=_("Diplôme"), queryset=types_with_diplomas)
    domaine = ModelChoiceFilter(
        label=_("Domaine"), queryset=Domain.objects.all(), field_name="domains", distinct=True
    )
    region = ModelChoiceFilter(
        label=_("Région"), queryset=regions, to_field_name="code", method="by_region", empty_label=_("Toutes")
    )

    toutes = BooleanFilter(
        label=_("Aussi les formations fermées, ou que personne n’enseigne à notre connaissance"),
        method="all_courses",
    )

    class Meta:
        model = Diploma
        fields = ["q", "niveau", "type", "domaine", "voie", "region", "avec_chiffres", "toutes"]

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("toutes") else found.open().filter(self._is_known())

    def all_courses(self, queryset, name, value):
        return queryset

    def _is_known(self):
        """Whether a course is taught, or has figures of its own or of a former code."""
        former = Renewal.objects.filter(new=OuterRef("pk"))
        has_former = Exists(former.filter(Exists(Outcome.objects.filter(diploma=OuterRef("former")))))
        return Exists(self._teachings()) | Exists(self._outcomes()) | has_former

    @extend_schema_field(OpenApiTypes.STR)
    def by_region(self, queryset, name, value):
        return queryset.filter(
            Exists(self._teachings(school__region=value))
            | Exists(self._outcomes(territory=value))
            | Exists(self._outcomes(school__region=value))
        )


class SchoolFilter(_Figured):
    link = "school"

    q = _WordsFilter(label=_("Mots du nom, ou code UAI"))
    region = ModelChoiceFilter(label=_("Région"), queryset=regions, to_field_name="code", field_name="region")
    departement = ModelChoiceFilter(
        label=_("Département"), queryset=departements, to_field_name="code", field_name="territory"
    )
    ville = _TownFilter(label=_("Ville"))
    secteur = ChoiceFilter(label=_("Public ou privé"), choices=School.Sector.choices, field_name="sector")
    internat = BooleanFilter(label=_("Avec un internat"), field_name="has_boarding")

    class Meta:
        model = School
        fields = ["q", "region", "departement", "ville", "secteur", "internat", "voie", "avec_chiffres"]


class AttributionFilter(FilterSet):
    """Filters of attributions, in the open API only."""

    formation = _CodeFilter(
        "[0-9A-Za-z]{7,8}",
        _("Écrire un code formation diplôme (8 caractères) ou SISE (7 caractères)."),
        label=_("Code formation diplôme (CFD) ou SISE"),
        field_name="diploma_id",
    )
    mefstat11 = _CodeFilter(
        "[0-9A-Za-z]{11}",
        _("Écrire un MEFSTAT11\u00a0: 11 caractères."),
        label=_("Code d’une année de formation (MEFSTAT11)"),
        field_name="course_year_id",
    )
    etablissement = _CodeFilter(
        "[0-9]{7}[A-Za-z]",
        _("Écrire un UAI\u00a0: sept chiffres et une lettre."),
        label=_("Code UAI"),
        field_name="school_id",
    )
    territoire = ModelChoiceFilter(
        label=_("Clé du territoire des chiffres, par exemple region-11"),
        queryset=Territory.objects.all(),
        field_name="territory",
    )
    region = ModelChoiceFilter(
        label=_("Code INSEE de la région des chiffres ou de l’établissement"),
        queryset=regions,
        to_field_name="code",
        method="by_region",
    )
    voie = ChoiceFilter(label=_("Voie"), choices=ROUTES, field_name="route")
    millesime = ModelChoiceFilter(
        label=_("Cohorte, par exemple 2022_2023"), queryset=Cohort.objects.all(), field_name="cohort"
    )
    ensemble = BooleanFilter(
        label=_("Toutes formations confondues"), field_name="diploma", lookup_expr="isnull"
    )

    origine = ChoiceFilter(
        label=_("D’où viennent les chiffres\u00a0: «\u00a0self\u00a0» pour ceux de la formation elle-même"),
        choices=[(kind.value, _(kind.label)) for kind in OriginKind],
        field_name="kind",
    )

    class Meta:
        model = Attribution
        fields = [
            "formation",
            "mefstat11",
            "etablissement",
            "territoire",
            "region",
            "voie",
            "millesime",
            "ensemble",
            "origine",
        ]

    @extend_schema_field(OpenApiTypes.STR)
    def by_region(self, queryset, name, value):
        return queryset.filter(Q(territory=value) | Q(school__region=value))


class TerritoryFilter(FilterSet):
    """Filters of territories, in the open API only."""

    niveau_geographique = ChoiceFilter(label=_("Niveau"), choices=Territory.Level.choices, field_name="level")
    parent = ModelChoiceFilter(
        label=_("Clé du territoire qui le contient, par exemple region-11"),
        queryset=Territory.objects.filter(children__isnull=False).distinct(),
        field_name="parent",
    )

    class Meta:
        model = Territory
        fields = ["niveau_geographique", "parent"]
