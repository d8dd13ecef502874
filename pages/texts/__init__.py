"""Which text is shown where an editor may have changed it, and the pages of the desk that change it."""
