"""Open data: the lists of the portal as JSON."""
