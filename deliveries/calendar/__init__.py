"""Which delivery is expected when, which came, and which is late."""
