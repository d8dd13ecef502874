"""The Exposition API, compatible with the former one: its callers changed only the name of the host."""
