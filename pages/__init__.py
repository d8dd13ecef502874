"""Query results as plain, frozen rows and blocks that templates and exports read."""
