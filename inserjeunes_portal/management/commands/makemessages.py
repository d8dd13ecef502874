"""Django's makemessages, told once what this project translates: `make messages` runs it without options."""

import json
import re
import tomllib
from pathlib import Path

from django.core.management.commands import makemessages

# What data managers and re-users of the data read stays in French; the other folders hold no text of a page.
_NOT_TRANSLATED = (
    "*/admin.py",
    "*/management/*",
    "*/migrations/*",
    "accounts/*",
    "api/*",
    "bench/*",
    "deliveries/calendar/*",
    "deliveries/desk/*",
    "fixtures/*",
    "pyproject.toml",
    "scripts/*",
    "static/*",
    "templates/admin/*",
    "tests/*",
    "var/*",
)


class _BuildFile(makemessages.BuildFile):
    """A file as xgettext reads it: it takes the `\\u00a0` of a Python 3 string for six characters."""

    is_templatized = True

    def preprocess(self):
        if self.translatable.file.endswith(".toml"):
            texts = _strings(tomllib.loads(Path(self.path).read_text(encoding="utf-8")))
            marked = "".join(f"gettext_noop({json.dumps(text, ensure_ascii=False)})\n" for text in texts)
            Path(self.work_path).write_text(marked, encoding="utf-8")
        elif self.translatable.file.endswith(".py"):
            source = Path(self.path).read_text(encoding="utf-8")
            Path(self.work_path).write_text(source.replace(r"\u00a0", "\u00a0"), encoding="utf-8")
        else:
            super().preprocess()


# Of the models of plans: what their code reads, and nobody sees.
_CODES = {"audience", "kind", "types"}


def _strings(value):
    """Every text of what a TOML file holds."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [part for name, part in value.items() if name not in _CODES]
    return [text for part in value for text in _strings(part)] if isinstance(value, list) else []


class Command(makemessages.Command):
    build_file_class = _BuildFile
    # A guess from a text that looks alike would pass for a translation.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    # By text: a text that moves in the code changes only the line that names its file.
    msgattrib_options = [*makemessages.Command.msgattrib_options, "--sort-output"]

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(
            all=True,
            extensions=["py,html,svg,txt,toml"],
            ignore_patterns=list(_NOT_TRANSLATED),
            no_obsolete=True,
            no_wrap=True,
            add_location="file",
        )

    def write_po_file(self, potfile, locale):
        """Without its date, a .po file changes with its texts only."""
        pot = Path(potfile)
        pot.write_text(re.sub(r'"POT-Creation-Date: .*\n', "", pot.read_text("utf-8")), encoding="utf-8")
        super().write_po_file(potfile, locale)
