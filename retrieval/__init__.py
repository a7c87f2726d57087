"""Question in, answer out: reads articles, indexes them, ranks passages and cuts excerpts."""
