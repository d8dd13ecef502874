"""The page of the gallery: each component with its purpose, and each of its states as pages show it."""

import re
from dataclasses import dataclass

from django.template.loader import get_template
from django.utils.safestring import mark_safe

from pages.gallery.comparison_states import comparison_states
from pages.gallery.figure_states import figure_states
from pages.gallery.frame_states import frame_states
from pages.gallery.report_states import report_states

_ID = re.compile(r'\bid="([^"]+)"')
_NAMES = re.compile(r'\b(id|for|aria-labelledby|aria-describedby|aria-controls|data-copy)="([^"]*)"')
_REFERENCE = re.compile(r'(href="#|url\(#)([\w-]+)')
_COMMENT = re.compile(r"{% comment %}\s*(.*?)\s*{% endcomment %}", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A state as it is shown: Example(name="montré", html="<div…")."""

    name: str
    html: str

    @property
    def is_list_item(self):
        """Whether a page shows it in a list."""
        return self.html.lstrip().startswith("<li")


@dataclass(frozen=True)
class Section:
    """A component: Section(component="figure", template="components/figure.html", purpose="One figure on one line…",
    examples=(Example(…), …))."""

    component: str
    template: str
    purpose: str
    examples: tuple[Example, ...]


def all_states():
    """Every `State`, the states of one component after each other."""
    return [*figure_states(), *comparison_states(), *frame_states(), *report_states()]


def sections(component=""):
    """The `Section` of each component in alphabetical order, or of one of them."""
    by_template = {}
    for number, state in enumerate(all_states()):
        if component in {"", state.component}:
            by_template.setdefault(state.template, []).append((number, state))
    found = [_section(template, states) for template, states in by_template.items()]
    return sorted(found, key=lambda section: section.template)


def _section(template, states):
    loaded = get_template(template)
    examples = tuple(
        Example(state.name, _with_own_ids(loaded.render(state.context), number)) for number, state in states
    )
    comment = _COMMENT.match(loaded.template.source)
    return Section(states[0][1].component, template, comment[1] if comment else "", examples)


def _with_own_ids(html, number):
    """The same component with ids that no other state has: a page holds it once, this one many times."""
    ids = set(_ID.findall(html))

    def own(name):
        return f"{name}-{number}" if name in ids else name

    html = _NAMES.sub(lambda found: f'{found[1]}="{" ".join(map(own, found[2].split()))}"', html)
    return mark_safe(_REFERENCE.sub(lambda found: found[1] + own(found[2]), html))
