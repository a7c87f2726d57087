"""Dates as people say them, read on a given day, become calendar days.

`resolve` tells what the relative dates of an article mean, `find_bounds` which days a question is about.
"""

from retrieval.dates.bounds import DateReading, find_bounds
from retrieval.dates.resolve import resolve

__all__ = ["DateReading", "find_bounds", "resolve"]
