"""Turns a folder of dated articles, or one file, into a `Corpus`: articles, refusals and notes."""

from retrieval.reading.corpus import read_corpus
from retrieval.reading.limits import DEFAULT_LIMITS, ReadingLimits

__all__ = ["DEFAULT_LIMITS", "ReadingLimits", "read_corpus"]
