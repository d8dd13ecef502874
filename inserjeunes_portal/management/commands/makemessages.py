"""Django's makemessages, told once what this project translates: `make messages` runs it without options."""

import re
from pathlib import Path

from django.core.management.commands import makemessages

# What data managers and re-users of the data read stays in French; the other folders hold no text of a page.
_NOT_TRANSLATED = (
    "*/admin.py",
    "*/management/*",
    "*/migrations/*",
    "api/*",
    "bench/*",
    "fixtures/*",
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
        if self.translatable.file.endswith(".py"):
            source = Path(self.path).read_text(encoding="utf-8")
            Path(self.work_path).write_text(source.replace(r"\u00a0", "\u00a0"), encoding="utf-8")
        else:
            super().preprocess()


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
            extensions=["py,html,svg,txt"],
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
