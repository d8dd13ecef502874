"""The Exposition API, whose callers changed only the name of the host."""
