"""Draw which app imports which in docs/architecture.md, from the source: make diagram.

The diagram is Mermaid text between two marks. An arrow that a longer way implies is left out.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
START, END = "<!-- diagramme : make diagram -->", "<!-- fin du diagramme -->"
# From those that nobody's imports reach to those that import nobody.
APPS = (
    "inserjeunes_portal",
    "reports",
    "counselling",
    "pages",
    "api",
    "search",
    "deliveries",
    "stats",
    "formations",
    "establishments",
    "accounts",
)


def names_of(tree):
    """Every dotted name that a module imports, or includes as the addresses of another."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "include":
            yield from (argument.value for argument in node.args if isinstance(argument, ast.Constant))


def imports():
    """{app: the other apps that it imports}, migrations left out."""
    graph = {}
    for app in APPS:
        paths = (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
        names = (name for path in paths for name in names_of(ast.parse(path.read_text(encoding="utf-8"))))
        graph[app] = {name.split(".")[0] for name in names} & set(APPS) - {app}
    return graph


def without_implied(graph):
    """The same graph, which has no cycle, without the arrows that a longer way implies."""

    def reached(app):
        return graph[app].union(*map(reached, graph[app]))

    return {app: others - set().union(*map(reached, others)) for app, others in graph.items()}


def diagram():
    arrows = without_implied(imports())
    lines = [f"  {app} --> {other}" for app in APPS for other in APPS if other in arrows[app]]
    return "\n".join(["```mermaid", "graph TD", *lines, "```"])


def updated(text):
    """The page with today's diagram between its marks."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{diagram()}\n{END}{rest.partition(END)[2]}"


def main():
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
