"""Every official source the portal can read, in the order in which they are published."""

from deliveries.sources import (
    acce_links,
    apprenticeship,
    apprenticeship_establishments,
    apprenticeship_offers,
    figures_higher,
    figures_open_data,
    figures_region,
    figures_school_courses,
    figures_schools,
    jobs,
    nomenclature,
    rncp,
    schools,
    specialities,
    teaching,
    territories,
)

ALL = (
    *territories.SOURCES,
    *nomenclature.SOURCES,
    *specialities.SOURCES,
    *rncp.SOURCES,
    *jobs.SOURCES,
    *schools.SOURCES,
    *acce_links.SOURCES,
    *teaching.SOURCES,
    *apprenticeship.SOURCES,
    *apprenticeship_establishments.SOURCES,
    *apprenticeship_offers.SOURCES,
    *figures_region.SOURCES,
    *figures_school_courses.SOURCES,
    *figures_schools.SOURCES,
    *figures_open_data.SOURCES,
    *figures_higher.SOURCES,
)
