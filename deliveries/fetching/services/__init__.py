"""How each service is asked. `deliveries.services` reads what it replies."""
