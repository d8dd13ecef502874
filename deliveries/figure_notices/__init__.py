"""Figures of a school withdrawn or contested: what the facts table shows of them, the journal, the pages of the desk."""
