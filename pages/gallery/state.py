"""A component in one of its states."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """State(template="components/figure.html", name="montré", context={"figure": Figure(…), "label": "…", "letter": ""})."""

    template: str
    name: str
    context: dict

    @property
    def component(self):
        """ "figure" of components/figure.html."""
        return self.template.rpartition("/")[2].partition(".")[0]


def states_of(component, states):
    """A `State` for each {name: context} of a component of templates/components."""
    return [State(f"components/{component}.html", name, context) for name, context in states.items()]


def drawings_of(drawing, states):
    """A `State` for each {name: context} of a drawing of templates/drawings."""
    return [State(f"drawings/{drawing}.svg", name, context) for name, context in states.items()]
