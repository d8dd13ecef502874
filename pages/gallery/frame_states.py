"""The states of the components that frame pages, search, list results and explain."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.core.paginator import Paginator
from django.http import QueryDict

from establishments.models import School
from formations.models import DiplomaType
from pages.gallery.examples import ABSENT, ARABIC, COMPARING, LONG, REPORT, WITHHELD, hole
from pages.gallery.state import states_of
from pages.methodology import reasons
from search.course_index import FoundCourse
from search.courses import FoundJob
from search.places import FoundPlace
from search.results import RADII, NearCourse
from stats.links import NO_COMPARISON, Links


def frame_states():
    return [
        *_frame(),
        *_contact(),
        *_search(),
        *_courses_and_jobs(),
        *_schools_and_places(),
        *_lists(),
        *_explanations(),
    ]


@dataclass(frozen=True)
class ExampleSite:
    """What the frame of pages is given of the site (`inserjeunes_portal.context_processors.Site`)."""

    name: str = "Que deviennent les élèves ?"
    tagline: str = "L’insertion des jeunes après une formation professionnelle"
    brand: str = ""
    publisher: str = ""
    contact: str = ""
    is_official: bool = False
    is_demo: bool = True
    has_higher: bool = False
    languages: tuple = ()
    links: Links = NO_COMPARISON


def _language(code, name, is_current):
    return SimpleNamespace(code=code, name=name, address=f"/{code}/", is_current=is_current)


def _frame():
    official = ExampleSite(
        brand="Ministère\nde l’exemple",
        publisher="Direction de l’exemple",
        contact="contact@exemple.fr",
        is_official=True,
        is_demo=False,
        languages=(_language("fr", "Français", True), _language("en", "English", False)),
        links=COMPARING,
    )
    on = {
        name: SimpleNamespace(resolver_match=SimpleNamespace(url_name=name)) for name in ("home", "compare")
    }
    plain = {"site de démonstration": ExampleSite(), "site officiel": official}
    notices = plain | {"site non officiel, vrais chiffres": ExampleSite(is_demo=False)}
    crumbs = {
        "sous l’accueil": {"crumbs": (), "current": "Comparer"},
        "un étage": {"crumbs": [("Formations", "/formations/")], "current": "CAP Cuisine"},
        "nom très long": {"crumbs": [("Établissements", "/etablissements/")], "current": LONG},
        "nom écrit de droite à gauche": {"crumbs": [("Établissements", "/")], "current": ARABIC},
    }
    return [
        *states_of(
            "header",
            {
                "site de démonstration, accueil": {"site": ExampleSite(), "request": on["home"]},
                "site officiel, comparaison en cours": {"site": official, "request": on["compare"]},
            },
        ),
        *states_of("notices", {name: {"site": site} for name, site in notices.items()}),
        *states_of("breadcrumb", crumbs),
        *states_of("footer", {name: {"site": site} for name, site in plain.items()}),
        *states_of("favicon", {"la seule": {}}),
    ]


def _contact():
    links = {
        "d’une page": {"address": REPORT, "about": "", "figure": ""},
        "d’un chiffre": {"address": REPORT, "about": "Taux d’emploi", "figure": "taux_emploi_6_mois"},
    }
    plans = {
        "d’une formation": {"tokens": "50022139.pro.r53", "name": "CAP Cuisine", "town": ""},
        "trouvée autour d’une ville": {"tokens": "50022139", "name": LONG, "town": "35238"},
    }
    contacts = {"une adresse": "contact@exemple.fr", "aucune adresse": ""}
    return [
        *states_of("contact_link", {name: {"contact": contact} for name, contact in contacts.items()}),
        *states_of("report_error_link", links),
        *states_of("add_to_plan", plans),
    ]


def _search():
    carried = COMPARING.fields
    with_place = {"has_place": True, "radius": 20, "radii": RADII}
    fields = {
        "vide": {},
        "déjà rempli": {"query": LONG},
        "en haut de page": {"is_compact": True, "carried": carried},
        "pour ajouter à la comparaison": {"adds": True, "carried": carried},
        "avec une ville": {"query": "cuisine", "town": "Exempleville", **with_place},
        "avec une ville, vide": with_place,
        "texte écrit de droite à gauche": {"query": ARABIC},
    }
    types = [DiplomaType(code=name.lower(), short_label=name) for name in ("CAP", "Bac pro", "BTS", LONG)]
    return [
        *states_of(
            "search_form",
            {name: {"id": f"recherche-{n}", **case} for n, (name, case) in enumerate(fields.items())},
        ),
        *states_of("browse", {"des diplômes": {"types": types}, "aucun diplôme": {"types": ()}}),
        *states_of("diploma_types", {"un diplôme": {"types": types[:1]}, "des diplômes": {"types": types}}),
    ]


def _course(label="CAP Cuisine", **changes):
    fields = {
        "code": "50022146",
        "slug": "cap-cuisine",
        "type_code": "cap",
        "level": 3,
        "speciality": "Cuisine",
        "closed_on": None,
        "opened_on": None,
        "weight": 10,
    }
    return FoundCourse(label=label, **fields | changes)


def _place(name="Exempleville", territory="", postal_codes=("99001",)):
    return FoundPlace("99001", name, postal_codes, "99", 48.1, -1.7, territory)


def _school(name="Lycée de la démonstration", distance=3.2, **changes):
    fields = {"slug": "lycee", "city": "Exempleville", "postal_code": "99001", "sector": School.Sector.PUBLIC}
    school = School(uai="0990001N", name=name, **fields | changes)
    school.distance = distance
    return school


def _courses_and_jobs():
    near, region = _place(), _place("Bretagne", "region-53")
    just_made = date.today().replace(month=1, day=1)
    courses = {
        "sans lieu": (NearCourse(_course()), None),
        "un établissement près": (NearCourse(_course(), 1, 0.2), near),
        "plusieurs établissements près": (NearCourse(_course(), 12, 3.2), near),
        "rien assez près": (NearCourse(_course(), 0, 87.0), near),
        "lieux d’apprentissage inconnus": (NearCourse(_course(), 0, 87.0, True), near),
        "dans une région": (NearCourse(_course(), 1, None), region),
        "dans une région, plusieurs": (NearCourse(_course(), 40, None), region),
        "qui n’existe plus": (NearCourse(_course(closed_on=date(2024, 8, 31))), None),
        "nouvelle": (NearCourse(_course(opened_on=just_made)), None),
        "rénovée": (NearCourse(_course(opened_on=just_made, successor_of=("50022139",))), None),
        "libellé très long, sans spécialité": (NearCourse(_course(LONG, speciality="")), None),
    }
    jobs = {
        "sans formation": FoundJob("G1602", "Commis de cuisine", "commis de cuisine", ()),
        "une formation": FoundJob("G1602", "Commis de cuisine", "cuistot", (_course(),)),
        "très nombreuses formations": FoundJob("G1602", LONG, "cuistot", (_course(),) * 120),
    }
    return [
        *states_of(
            "course_result",
            {
                name: {"item": item, "place": place, "radius": 20, "links": NO_COMPARISON}
                for name, (item, place) in courses.items()
            },
        ),
        *states_of("job_result", {name: {"job": job, "links": NO_COMPARISON} for name, job in jobs.items()}),
    ]


def _schools_and_places():
    schools = {
        "public, sur place": (_school(distance=0.2), ()),
        "privé, à distance": (_school(sector=School.Sector.PRIVATE), ("CAP Cuisine", "Bac pro Cuisine")),
        "sans lieu demandé": (_school(distance=None), ()),
        "sans commune": (_school(city="", postal_code="", sector="", distance=None), ()),
        "fermé": (_school(closed_on=date(2024, 8, 31)), ()),
        "nom très long": (_school(LONG), (LONG, LONG)),
        "nom écrit de droite à gauche": (_school(ARABIC), ()),
    }
    places = {
        "commune": _place(),
        "région": _place("Bretagne", "region-53"),
        "sans code postal": _place(postal_codes=()),
        "nom très long": _place("Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"),
    }
    return [
        *states_of(
            "school_result",
            {
                name: {"school": school, "taught": taught, "links": COMPARING}
                for name, (school, taught) in schools.items()
            },
        ),
        *states_of(
            "place_result", {name: {"place": place, "links": NO_COMPARISON} for name, place in places.items()}
        ),
    ]


def _lists():
    pages = {
        "une seule page": Paginator(range(3), 10).page(1),
        "la première": Paginator(range(30), 10).page(1),
        "au milieu de très nombreuses": Paginator(range(5000), 10).page(250),
        "la dernière": Paginator(range(30), 10).page(3),
    }
    request = SimpleNamespace(GET=QueryDict("q=cuisine&page=2"))
    return [
        *states_of("pagination", {name: {"page": page, "request": request} for name, page in pages.items()}),
        *states_of(
            "pagination_previous_next",
            {name: {"pages": page, "query": "q=cuisine", "anchor": "#liste"} for name, page in pages.items()},
        ),
    ]


def _explanations():
    sentences = ["Ce chiffre compte les jeunes qui ont un emploi.", "Il ne dit pas quel emploi."]
    texts = {
        "nommé pour qui écoute": {"sentences": sentences, "about": "Trop peu d’élèves"},
        "nommé pour tous": {"sentences": sentences, "about": LONG, "is_named": True},
        "une seule phrase": {"sentences": sentences[:1], "about": "Retiré"},
    }
    holes = {
        "une raison": [hole(WITHHELD[0])],
        "toutes les raisons": [hole(reason) for reason in (*WITHHELD, *ABSENT)],
        "aucune": [],
    }
    return [
        *states_of("plain_language", texts),
        *states_of("plain_language_reasons", {name: {"figures": each} for name, each in holes.items()}),
        *states_of("reasons", {"toutes": {"reasons": reasons()}, "une seule": {"reasons": reasons()[:1]}}),
    ]
