"""Everything in a file that is refused: the file, the line, and a reason to act on."""

import json

import pytest

from retrieval.reading import ReadingLimits
from retrieval.types import Refusal

GOOD = {"title": "T", "date": "2019-04-26", "text": "Body"}
EXPECTED = "expected YYYY-MM-DD, such as 2019-04-26"


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("a.txt", "", None, "empty file"),
        ("a.txt", " \n\n\t\n", None, "empty file"),
        ("a.md", "\n", None, "empty file"),
        ("a.jsonl", "\n \n", None, "empty file"),
        ("a.txt", "Just text.\n\nMore.", 1, "no date: 'Just text.' is no header; expected `date"),
        ("a.txt", "\n\nJust text.", 3, "no date: 'Just text.' is no header"),
        ("a.txt", "date\n\nText.", 1, f"no date; {EXPECTED}"),
        ("a.txt", "Title: T\n\nText.", 1, f"no date; {EXPECTED}"),
        ("a.txt", "Title: T\nDate: \n\nText.", 2, f"no date; {EXPECTED}"),
        ("a.txt", "\n date 2019-02-30 T\n\nText.", 2, "there is no such day as '2019-02-30'"),
        ("a.txt", "Title: T\nDate: 2019-13-01\n\nB", 2, "there is no such day as '2019-13-01'"),
        ("a.txt", "date 0000-01-01 T", 1, "there is no such day as '0000-01-01'"),
        ("a.txt", "date yesterday T", 1, f"'yesterday' is not a date; {EXPECTED}"),
        ("a.txt", "Title: T\nDate: April 26, 2019\n\nB", 2, "'April 26, 2019' is not a date"),
        ("a.txt", "Title: T\nDate: 26.04.2019\n\nB", 2, "'26.04.2019' is not a date"),
        ("a.txt", "Title: T\nDate: 2019-4-6\n\nB", 2, "'2019-4-6' is not a date"),
        ("a.txt", "Title: T\nDate: ٢٠١٩-٠٤-٢٦\n\nB", 2, "'٢٠١٩-٠٤-٢٦' is not a date"),
        ("a.txt", "Title: T\nDate: 2019-04-26T99:00\n\nB", 2, "is not a date"),
        ("a.txt", "date 2019-04-26", 1, "empty: it has neither title nor text"),
        ("a.txt", "Title:\nDate: 2019-04-26\n\n\n", 1, "empty: it has neither title nor text"),
        ("a.txt", "Title: T\nDate: 2019-04-26\nText here.", 3, "'Text here.' is no header line"),
        ("a.txt", "Title: T\nDate: 2019-04-26\nMoscow: text", 3, "'Moscow:' is not Title:, Date:"),
        (
            "a.txt",
            "Title: T\nDate: 2019-04-26\ntitle: U\n\nB",
            3,
            "a second title; the first is on",
        ),
        ("a.txt", f"Id: {'x' * 201}\nDate: 2019-04-26\n\nB", 1, "is longer than 200 characters"),
        ("a.txt", "Id: a\x07b\nDate: 2019-04-26\n\nB", 1, r"the id 'a\x07b' holds characters"),
        ("a.md", "# T\n\nText.", 1, "no date; expected front matter"),
        ("a.md", "---\ndate: 2019-04-26\n\nText.", 1, "the front matter has no second line `---`"),
        ("a.md", "---\n---\nText.", 1, f"no date; {EXPECTED}"),
        (
            "a.md",
            "---\ntitle: T\nurl: x\ndate: 2019-02-30\n---\nB",
            4,
            "no such day as '2019-02-30'",
        ),
        ("a.md", "---\ntitle: T\ndate: null\n---\nB", 1, f"no date; {EXPECTED}"),
        (
            "a.md",
            "---\ntitle: T\ndate: [2019]\n---\nB",
            3,
            "its date must be one value, not a list",
        ),
        ("a.md", "---\n- a\n- b\n---\nB", 2, "expected front matter"),
        (
            "a.md",
            "---\ndate: 2019-04-26\ntitle: A: b\n---\nB",
            3,
            "not sound YAML: mapping values",
        ),
        ("a.md", "---\ndate: 2019-04-26\ntitle: 'x\n---\nB", 3, "not sound YAML"),
        ("a.md", "---\ndate: 2019-04-26\ntitle: a\x07b\n---\nB", 3, "holds a control character"),
        ("a.md", '---\ndate: 2019-04-26\ntitle: "\\UFFFFFFFF"\n---\nB', 2, "out of range"),
        ("a.md", '---\ndate: 2019-04-26\ntitle: "\\0"\n---\nB', 3, "it holds a NUL character"),
        ("a.md", '---\ndate: 2019-04-26\ntitle: "\\ud800"\n---\nB', 3, "half a character"),
        ("a.md", f"---\nx: {'[' * 500}\n---\nB", 2, "nested more than 20 deep"),
        ("a.md", f"---\nx: {'y' * 64_000}\n---\nB", 1, "its front matter is larger than 64 kB"),
        ("a.md", "---\ndate: 2019-04-26\n---\n\n", 1, "empty: it has neither title nor text"),
        ("a.txt", b"date 2019-04-26 T\n\nab\0cd", 3, "not text: it holds NUL bytes"),
        ("a.txt", b"date 2019-04-26 T\r\rab\0cd", 3, "not text: it holds NUL bytes"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\xff\xfe\xfd1234", 1, "not text"),
        ("a.txt", b"date 2019-04-26 T\n\n\x81\x82\x01\xff\x9d\x8f\x05", 3, "not text"),
    ],
)
def test_what_is_wrong_with_a_file(read, name, content, line, reason):
    corpus = read({name: content, "z.txt": "date 2019-04-26 Good"})
    assert [article.title for article in corpus.articles] == ["Good"]
    (refusal,) = corpus.refusals
    assert (refusal.file, refusal.line) == (name, line)
    assert reason in refusal.reason
    assert "\n" not in refusal.reason


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        ('{"title": "T"} x', "not JSON: Extra data at column 16"),
        ("[1]", "a list; expected an object with `title`, `date` and `text`"),
        ("null", "null; expected an object"),
        ("[" * 100_000, "nested too deep"),
        ("1" * 5000, "a number too long"),
        ("{}", "empty: it has neither title nor text"),
        ({"title": "T", "text": "B"}, f"no date; {EXPECTED}"),
        ({**GOOD, "date": "2019-02-30"}, "there is no such day as '2019-02-30'"),
        ({**GOOD, "date": 1556236800}, "`date` must be text, not a number"),
        ({**GOOD, "text": ["a"]}, "`text` must be text, not a list"),
        ({**GOOD, "title": {}}, "`title` must be text, not an object"),
        ({**GOOD, "id": True}, "`id` must be text, not true or false"),
        ({**GOOD, "text": "\0"}, "not text: it holds a NUL character"),
        ({**GOOD, "text": "a\ud800b"}, "half a character"),
        ({**GOOD, "title": "\udfff"}, "half a character"),
        ({**GOOD, "id": "\udfff"}, "half a character"),
        (b'{"title": "\0"}', "not text: it holds NUL bytes"),
    ],
)
def test_a_bad_line_is_refused_and_the_others_load(read, bad, reason):
    line = json.dumps(bad) if isinstance(bad, dict) else bad
    data = line if isinstance(line, bytes) else line.encode()
    good = json.dumps(GOOD).encode()
    corpus = read({"a.jsonl": b"\n".join([good, b"", data, good])})
    assert [article.id for article in corpus.articles] == ["a-1", "a-4"]
    (refusal,) = corpus.refusals
    assert (refusal.file, refusal.line) == ("a.jsonl", 3)
    assert reason in refusal.reason


def test_an_escaped_pair_of_surrogates_is_one_character(read):
    corpus = read(
        {
            "a.jsonl": '{"title": "\\ud83d\\ude00", "date": "2019-04-26"}',
            "b.md": '---\ntitle: "\\ud83d\\ude00"\ndate: 2019-04-26\n---\nB',
        }
    )
    assert [article.title for article in corpus.articles] == ["😀", "😀"]


@pytest.mark.parametrize(
    "name", ["a.pdf", "a.docx", "README", "a.gz", "a.tar.gz", "a.json", "txt"]
)
def test_unknown_kinds_of_file(read, name):
    reason = "unknown kind of file; use .txt, .md, .jsonl or gzip of these"
    assert read({f"in/{name}": "x"}).refusals == (Refusal(f"in/{name}", None, reason),)


def test_a_file_is_refused_from_one_byte_over_the_limit(read):
    head = "date 2019-04-26 T\n\n"
    limits = ReadingLimits(max_file_megabytes=0.001)
    exact, over = head + "x" * (1000 - len(head)), head + "x" * (1001 - len(head))
    corpus = read({"a.txt": exact, "b.txt": over}, limits)
    assert [article.id for article in corpus.articles] == ["a"]
    assert [str(refusal) for refusal in corpus.refusals] == [
        "b.txt: too large: more than 0.001 MB; split it, or raise the limit"
    ]


def test_a_line_is_refused_from_one_byte_over_the_limit_and_the_next_is_read(read):
    def line(size: int) -> str:
        empty = json.dumps({**GOOD, "text": ""})
        return json.dumps({**GOOD, "text": "x" * (size - len(empty))}) + "\n"

    limits = ReadingLimits(max_file_megabytes=0.001, max_line_megabytes=0.001)
    sizes = [1000, 1001, 1000, 5000, 1000]
    corpus = read({"a.jsonl": "".join(line(size) for size in sizes)}, limits)
    assert [article.id for article in corpus.articles] == ["a-1", "a-3", "a-5"]
    assert [(refusal.line, refusal.reason) for refusal in corpus.refusals] == [
        (2, "too large: more than 0.001 MB on one line; split it, or raise the limit"),
        (4, "too large: more than 0.001 MB on one line; split it, or raise the limit"),
    ]


def test_a_line_without_an_end_is_given_up(read):
    limits = ReadingLimits(max_line_megabytes=0.001)
    corpus = read({"a.jsonl": json.dumps(GOOD) + "\n" + "x" * 500_000}, limits)
    assert len(corpus.articles) == 1
    assert [refusal.line for refusal in corpus.refusals] == [2, 2]
    assert corpus.refusals[1].reason.endswith("this line has no end; put one article on each line")


def test_names_with_control_characters_are_shown_escaped(read):
    corpus = read({"a\nb\x1b\u202e.txt": "x", "c\td.txt": "date 2019-04-26 T"})
    assert [refusal.file for refusal in corpus.refusals] == ["a\\nb\\x1b\\u202e.txt"]
    assert [article.id for article in corpus.articles] == ["c\\td"]
