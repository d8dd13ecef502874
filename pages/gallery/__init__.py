"""The gallery: every component in every state, from made-up data, for whoever works on the portal."""
