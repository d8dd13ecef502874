"""Whole-data files: everything that is published, in files made once a version of the data, and what moves between two."""
