"""Who may do what at the data managers' desk, how they sign in, and the journal of it."""
