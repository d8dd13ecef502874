"""The page where a producer checks a file before sending it. Nothing of the file is kept."""
