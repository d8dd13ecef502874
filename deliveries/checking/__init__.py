"""The named checks of a delivered file: declared once in `declared`, run on files, and told as results."""
