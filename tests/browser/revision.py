"""A revision of the demonstration: one figure of the school of the port, in the file of whole schools."""

from django.conf import settings

FILE = "demonstration-fr-en-inserjeunes-lycee_pro.csv"
LINE = 137


def revised_file(former, new):
    """The file as bytes, with the end of the school's line of the last cohort changed from `former` to `new`."""
    lines = (settings.BASE_DIR / "fixtures" / "demo" / FILE).read_text(encoding="utf-8").split("\n")
    line = lines[LINE - 1]
    assert line.startswith("cumul 2022-2023;0990001N;")
    assert line.endswith(former)
    lines[LINE - 1] = line.removesuffix(former) + new
    return "\n".join(lines).encode()
