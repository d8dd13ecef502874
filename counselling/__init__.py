"""What a counsellor prepares, shows and hands out: an ordered plan of courses, schools, comparisons, questions and texts."""
