"""Combining marks belong to the word they stand in, in every script of Unicode as this Python knows it."""

import re
import sys
import unicodedata

from retrieval.text.words import SPACELESS, WORD


def test_every_mark_belongs_to_its_word():
    apart = re.compile(f"[{SPACELESS}]")
    marks = [
        mark
        for mark in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(mark) in {"Mn", "Mc"} and not apart.match(mark)
    ]
    assert len(marks) > 2_000
    assert [f"{ord(mark):x}" for mark in marks if not WORD.fullmatch(f"a{mark}b")] == []
