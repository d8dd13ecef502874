"""The guard of the tests against undefined variables in our templates."""

import pytest
from django.template import Context, Engine
from django.template.base import Origin, Template

from tests.undefined import Undefined, UndefinedVariable


def rendered(source, settings, path="templates/page.html"):
    engine = Engine(string_if_invalid=Undefined(), libraries={"i18n": "django.templatetags.i18n"})
    origin = Origin(str(settings.BASE_DIR / path))
    return Template(source, origin=origin, engine=engine).render(Context({"known": {"name": "x"}}))


@pytest.mark.parametrize(
    "source",
    [
        "{{ unknown }}",
        "{{ known.unknown }}",
        "{{ unknown|upper }}",
        "{% load i18n %}{% blocktranslate %}Bonjour {{ unknown }}{% endblocktranslate %}",
        "{% with a=unknown %}{% endwith %}",
    ],
)
def test_undefined_variable_fails_in_our_templates(source, settings):
    with pytest.raises(UndefinedVariable):
        rendered(source, settings)


@pytest.mark.parametrize(
    "source",
    ["{{ unknown|default:'' }}", "{% if unknown %}a{% endif %}", "{% for a in unknown %}a{% endfor %}"],
)
def test_undefined_variable_handled_is_accepted(source, settings):
    assert rendered(source, settings) == ""


def test_undefined_variable_in_templates_of_others_prints_nothing(settings):
    path = ".venv/lib/python3.11/site-packages/django/contrib/admin/templates/x.html"
    assert rendered("{{ unknown }}{{ unknown|default:'y' }}", settings, path) == "y"
