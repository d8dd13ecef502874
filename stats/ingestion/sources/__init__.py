"""Every official source the portal can read, in the order in which they are published."""

from stats.ingestion.sources import figures_open_data, figures_region, figures_schools

# Reference sources (territories, nomenclature, schools, teaching) come first.
ALL = (*figures_region.SOURCES, *figures_schools.SOURCES, *figures_open_data.SOURCES)
