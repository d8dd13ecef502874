"""Substitution: which published figures are shown under codes, or for schools, that have none of their own.

Every function takes tables and returns pointers, never copies of figures: a pointer names a row of the facts table, and
another code or school under which it is reachable. Each pointer says its kind and its source. Rows of the facts table
are given as a table

    index       whatever identifies a row (unique)
    code        MEFSTAT11, CFD or SISE under which the figures were published
    diploma     CFD of that code, "" for higher education
    cohort      "2023" or "2022_2023"
    route       value of `indicators.Route`
    place       UAI of the school, or key of the territory

with one row per group: that of the preferred source.
"""

GROUP = ["cohort", "route", "place"]
