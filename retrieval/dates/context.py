"""A mention and the text around it become a doubt, or none: names, titles, quotations, stories of another year."""

import re
from functools import cache

from retrieval.dates.expressions import expand
from retrieval.dates.grammar import Mention
from retrieval.dates.intervals import Unit
from retrieval.dates.language import Kind, Language
from retrieval.dates.places import ends_with_a_place
from retrieval.dates.tables import LANGUAGES
from retrieval.dates.tense import Sentence, tells_of_a_day

_NEAR = 40
_STORY = 1500
_AHEAD = 120
_BESIDE = 12
_YEAR = re.compile(r"(?:1\d|20)(?<![\d.,$€£]..)\d\d(?![\d.,]*\d)")
_GOVERNING = re.compile(
    r"\W*(?:\w+\W+){0,2}?(?:in|im|jahre?|en|année|año|nel|em|ano|в)\s(?:the\syear\s)?((?:1\d|20)\d\d)\b(?![.,]\d)",
    re.IGNORECASE,
)
"""A year that opens a sentence: "In 1999, they met"."""

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*+)[^\S\n]++$")
_WORD_AFTER = re.compile(r"[^\S\n]+([^\W\d_][\w'’-]*)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_DAYWISE = (Kind.PERIOD, Kind.TODAY, Kind.AGO)
_GRAMMATICAL = frozenset(
    [
        "that",
        "to",
        "in",
        "at",
        "on",
        "for",
        "after",
        "before",
        "when",
        "as",
        "by",
        "with",
        "and",
        "from",
        "over",
        "but",
        "during",
        "against",
        "his",
        "her",
        "its",
        "their",
        "the",
        "a",
        "an",
        "it",
        "he",
        "she",
        "they",
        "there",
        "while",
        "because",
        "if",
        "where",
        "who",
        "which",
        "or",
        "of",
        "amid",
        "about",
        "into",
        "following",
        "not",
        "was",
        "were",
    ]
)
"""What may follow "said Thursday"; any other word makes it "Thursday shows"."""

_PAIRS = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", '"': '"'}
_MARK = re.compile(f"[{''.join((*_PAIRS.keys(), *_PAIRS.values()))}]")


def doubtful(text: str, mention: Mention, sentence: Sentence, year: int, code: str) -> bool:
    """Whether a mention in an article of `year` had better be left alone; the sentence is the one around it."""
    language = LANGUAGES[code]
    words = text[mention.start : mention.end]
    return (
        _misspelt(mention, words, sentence, language)
        or _titled(text, mention)
        or _unled(text, mention, code)
        or (language.runs and _in_a_name(text, mention, sentence))
        or _in_a_story(text, mention, sentence, year)
        or (_is_day(mention) and _quoted(text, mention.start))
        or (mention.kind is Kind.TODAY and not tells_of_a_day(sentence, code))
    )


def _misspelt(mention: Mention, words: str, sentence: Sentence, language: Language) -> bool:
    """Capitals where the language has none, or none where it has."""
    if not language.spaced or (not words[:1].isascii() and not words[:1].isupper()):
        return False
    if len(words) > 1 and words.isupper():
        return True
    if mention.named and language.titled:
        return not words[0].isupper()
    return words[0].isupper() and _word_before(sentence) is not None


def _word_before(sentence: Sentence) -> re.Match[str] | None:
    """The word right before a date, at most `_NEAR` characters of it and the blanks after it."""
    lead = sentence.before[-_NEAR:]
    return _WORD_BEFORE.search(lead, lead.rstrip().rfind(" ") + 1)


def _titled(text: str, mention: Mention) -> bool:
    """Whether the words alone stand between quotation marks."""
    before, after = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]
    return before in {'"', "“", "«", "„", "‘", "'", "《"} and after in {
        '"',
        "”",
        "»",
        "“",
        "’",
        "'",
        "》",
    }


def _unled(text: str, mention: Mention, code: str) -> bool:
    """Whether a bare name lacks the word that makes a date of it."""
    if mention.shift is not None or mention.explicit:
        return False
    lead = _lead(code, mention.kind)
    if lead is None:
        return mention.kind in (Kind.WEEKDAY, Kind.MONTH, Kind.DATE, Kind.DAYS)
    if mention.kind is Kind.DATE and mention.weekday is not None:
        return False
    return not lead.search(text[max(0, mention.start - _NEAR) : mention.start])


def _in_a_name(text: str, mention: Mention, sentence: Sentence) -> bool:
    """Whether a capitalised neighbour makes a bare name part of another: Ruby Tuesday, Sunday Times."""
    if mention.kind not in (Kind.WEEKDAY, Kind.MONTH):
        return False
    before = _word_before(sentence)
    after = _WORD_AFTER.match(text, mention.end)
    led = before is not None and before[1].lower() in {
        "on",
        "by",
        "until",
        "since",
        "till",
        "last",
        "next",
    }
    if before is not None and before[1][0].isupper() and not (led or _parted(text, mention)):
        return True
    subject = before is None or before[1].lower() in {"said", "that", "and", "but"}
    if subject and after is not None and after[1] in {"was", "were"} and mention.shift is None:
        return True
    if after is None or (led and mention.kind is Kind.WEEKDAY):
        return False
    if after[1][0].isupper():
        return True
    possessive = text[mention.end - 2 : mention.end] in {"'s", "’s"}
    bare = mention.kind is Kind.WEEKDAY and mention.shift is None and not possessive
    return bare and after[1] not in _GRAMMATICAL


def _parted(text: str, mention: Mention) -> bool:
    """Whether a capital before it is another name all the same: "in London last Thursday", "in London Thursday"."""
    if mention.shift is not None:
        return text[mention.start].islower()
    return mention.kind is Kind.WEEKDAY and ends_with_a_place(
        text[max(0, mention.start - _NEAR) : mention.start]
    )


def _in_a_story(text: str, mention: Mention, sentence: Sentence, year: int) -> bool:
    """Whether another year is told near a date that has none of its own."""
    if mention.explicit or mention.kind in (Kind.PERIOD, Kind.AGO, Kind.TODAY, Kind.IN_YEAR):
        return False
    story = mention.kind in (Kind.MONTH, Kind.DATE, Kind.DAYS)
    reach, ahead = (_STORY, _AHEAD) if story else (_BESIDE, 2 * _BESIDE)
    told = _YEAR.findall(text[max(0, mention.start - reach) : mention.start])[-1:]
    told += _YEAR.findall(sentence.after[:ahead])
    if not story and (governing := _GOVERNING.match(sentence.before)):
        told.append(governing[1])
    return not {year}.issuperset(map(int, told))


def _is_day(mention: Mention) -> bool:
    return mention.kind in _DAYWISE and mention.unit in (None, Unit.DAY)


def _quoted(text: str, place: int) -> bool:
    """Whether a place is inside a quotation, whose yesterday need not be the article's."""
    begin = max(0, place - 2000)
    paragraph = _PARAGRAPH.split(text[begin:place])[-1]
    closing = ""
    for mark in _MARK.findall(paragraph):
        if closing and mark in closing:
            closing = ""
        elif not closing:
            closing = _PAIRS.get(mark, "")
    return closing != ""


@cache
def _lead(code: str, kind: Kind) -> re.Pattern[str] | None:
    language = LANGUAGES[code]
    words = {
        Kind.WEEKDAY: language.weekday_lead,
        Kind.MONTH: language.month_lead,
        Kind.DATE: language.date_lead,
        Kind.DAYS: language.date_lead,
    }.get(kind, "")
    if words is None:
        return None
    if words == "":
        return re.compile("")
    bound = r"(?<!\w)" if language.spaced else ""
    gap = expand(" ") if language.spaced else r"\s?"
    return re.compile(f"(?i:{bound}{expand(words)}{gap})$")
