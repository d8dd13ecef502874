"""Which column of a file is what: by its header, or as somebody says; what a file may lack, since something else tells it."""
