"""The published tables, each described once: its columns, their source, their type and their meaning.

Every format follows from these descriptions: the CSV of the pages, the formats of the open API and its OpenAPI document,
the whole-data files, their manifest and their dictionary. They live in `stats`, the last place that `pages` and `api`
may both import.
"""

from stats.tables.course_table import COURSES
from stats.tables.figure_table import FIGURE_ROWS
from stats.tables.school_table import SCHOOLS
from stats.tables.teaching_table import TEACHINGS
from stats.tables.territory_table import TERRITORIES

# In the order of the page that lists them.
PUBLISHED_TABLES = (FIGURE_ROWS, COURSES, SCHOOLS, TERRITORIES, TEACHINGS)
