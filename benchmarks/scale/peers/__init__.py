"""Other engines over the same passages. They are given our terms, and do nothing but search.

Each module here is one engine, and needs no more than the engine and the standard library.
"""
