"""The declarations of the checks, one module a group; `deliveries.checking.registry` gathers them."""
