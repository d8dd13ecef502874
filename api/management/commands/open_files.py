"""`manage.py open_files`: make the whole-data files of what is published."""

import sys

from django.core.management.base import BaseCommand
from tqdm import tqdm

from api.files import files, versions


class Command(BaseCommand):
    help = "Prépare les fichiers de données ouvertes de ce qui est publié, s’ils ne le sont pas déjà."

    def handle(self, *args, **options):
        with tqdm(total=files.steps(), unit="fichier", disable=not sys.stderr.isatty()) as bar:
            version = files.make(progress=lambda name: bar.update())
        if not version:
            self.stdout.write("Rien n’est publié : aucun fichier à préparer.")
            return
        manifest = versions.manifest(version)
        size = sum(file["octets"] for file in manifest["fichiers"]) / 1_000_000
        self.stdout.write(
            f"Données ouvertes {version} : {len(manifest['fichiers'])} fichiers, {size:.0f} Mo, "
            f"dans {versions.path(version)}"
        )
