"""Finds candidate passages for a question. One protocol, and what stands behind it by `retrieval.index`."""
