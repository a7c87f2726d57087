"""One module for each version of the tables; its revision is the version."""
