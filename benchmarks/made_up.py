"""Articles of made-up words, the commoner ones often and the rarer ones seldom, for measuring speed."""

import random
from datetime import date, timedelta

VOCABULARY = 20_000
SENTENCES = 12
WORDS = 16


def article(source: random.Random, number: int) -> str:
    """The text of an article's file, title and date at its head; about two passages."""
    day = date(2019, 1, 1) + timedelta(days=number % 1_000)
    sentences = [
        " ".join(word(source) for _ in range(WORDS)).capitalize() + " on Thursday."
        for _ in range(SENTENCES)
    ]
    return f"Title: {word(source)} {word(source)}\nDate: {day}\n\n{' '.join(sentences)}\n"


def question(source: random.Random) -> str:
    """A question in such words."""
    return f"When did {word(source)} meet {word(source)} in {word(source)}?"


def word(source: random.Random) -> str:
    """A made-up word; how often each comes follows Zipf's law, roughly."""
    rank = int(VOCABULARY ** source.random())
    letters = "bcdfghklmnprstvz"
    vowels = "aeiou"
    made = ""
    while rank or not made:
        rank, place = divmod(rank, len(letters) * len(vowels))
        made += letters[place % len(letters)] + vowels[place // len(letters)]
    return made + "r"
