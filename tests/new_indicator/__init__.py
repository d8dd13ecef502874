"""A copy of the portal in which an indicator is declared, as a developer would, and tried."""
