"""Figures that stand in for missing ones, each flagged with its kind and its source. Pure: no Django.

Every function takes tables and returns pointers, never copies of figures: a pointer says which rows of the
facts table can be asked under another code or another school. Rows of the facts table are given as a table

    index       whatever identifies a row (unique)
    code        MEFSTAT11, CFD or SISE under which the figures were published
    diploma     CFD of that code, "" for higher education
    cohort      "2023" or "2022_2023"
    route       value of `indicators.Route`
    place       UAI of the school, or key of the territory

with one row a group (the preferred source only).
"""

GROUP = ["cohort", "route", "place"]
