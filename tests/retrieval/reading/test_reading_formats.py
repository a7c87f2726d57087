"""Each format that is read, through the public door."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from retrieval.reading import read_corpus
from retrieval.types import Article, Corpus

SEEDS = Path(__file__).parents[3] / "seeds"
DAY = date(2019, 4, 26)


def test_the_real_sample_is_read_whole():
    (file,) = SEEDS.glob("000_*.txt")
    header, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    corpus = read_corpus(file)
    assert header == " date 2019-04-26 Kim, Putin vow to seek closer ties"
    assert corpus == Corpus(
        (
            Article(
                id="000_e3194376fc50fe14",
                title="Kim, Putin vow to seek closer ties",
                date=DAY,
                text=body.rstrip("\n"),
            ),
        )
    )


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("date 2019-04-26 A title", "A title"),
        (" \t date 2019-04-26   A title  ", "A title"),
        ("Date 2019-04-26 A: title", "A: title"),
        ("date 2019-04-26", ""),
        ("date 2019-04-26T23:59:00+09:00 A title", "A title"),
        ("\n\ndate 2019-04-26 A title", "A title"),
    ],
)
def test_first_text_header(read, header, title):
    assert read({"a.txt": f"{header}\n\nOne.\n\nTwo.\n"}) == Corpus(
        (Article("a", title, DAY, "One.\n\nTwo."),)
    )


def test_second_text_header_in_any_order_and_case(read):
    text = (
        "URL: https://example.org/a?b=1#c\nLANGUAGE: en-GB\nid:  kim-1 \ndate : 2019-04-26\n"
        "TITLE: Kim: a title\n \n\nOne\nline.\n\n\nTwo.  \n\n"
    )
    assert read({"a.txt": text}) == Corpus(
        (
            Article(
                "kim-1",
                "Kim: a title",
                DAY,
                "One\nline.\n\n\nTwo.  ",
                "https://example.org/a?b=1#c",
                "en",
            ),
        )
    )


def test_empty_title_is_accepted_where_there_is_text(read):
    (article,) = read({"a.txt": "Title:\nDate: 2019-04-26\n\nText."}).articles
    assert (article.title, article.text) == ("", "Text.")


def test_unknown_header_lines_are_passed_over_with_a_note(read):
    corpus = read({"a.txt": "Title: T\nAuthor: Jane\nDate: 2019-04-26\n\nText."})
    assert corpus.articles == (Article("a", "T", DAY, "Text."),)
    assert [str(note) for note in corpus.notes] == ["a.txt: header line 'Author:' ignored"]


@pytest.mark.parametrize(
    "text",
    [
        "date 2019-04-26 Only a title",
        "Title: Only a title\nDate: 2019-04-26\n",
        "Title: Only a title\nDate: 2019-04-26\n\n \n",
    ],
)
def test_a_title_alone_is_its_own_text(read, text):
    (article,) = read({"a.txt": text}).articles
    assert (article.title, article.text) == ("Only a title", "Only a title")


def test_text_is_kept_but_for_line_ends_and_the_blank_lines_around(read):
    inside = (
        "\u00a0Soft\u00ad hy\u200bphen\u2028 \tté\u0301\x0c\x85 \n  indented  \n\n\n\nend \u00a0"
    )
    (article,) = read({"a.txt": f"date 2019-04-26 T\n\n \n{inside}\n\t\n\n"}).articles
    assert article.text == inside


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a.txt", ["date 2019-04-26 T", "", "One", "", "Two", ""]),
        ("a.txt", ["Title: T", "Date: 2019-04-26", "", "One", "", "Two", ""]),
        ("a.md", ["---", "title: T", "date: 2019-04-26", "---", "", "One", "", "Two", ""]),
    ],
)
def test_line_ends_become_newlines(read, name, lines, end):
    corpus = read({name: end.join(lines)})
    assert corpus == Corpus((Article("a", "T", DAY, "One\n\nTwo"),))


def test_line_ends_inside_and_outside_json_become_newlines(read):
    lines = '{"title": "T", "date": "2019-04-26", "text": "One\\r\\n\\rTwo"}\r\n\r\n'
    assert read({"a.jsonl": lines}).articles == (Article("a-1", "T", DAY, "One\n\nTwo"),)


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "A.MD"])
def test_markdown(read, name):
    text = (
        "---\ntitle: 'Kim: it''s a title'\ndate: 2019-04-26 10:00:00 +02:00\ntags: [x, {y: z}]\n"
        "url: http://example.org\nid: 007\nLanguage: ru\n---\n\n# Kept\n\nBody with *stars*.\n"
    )
    assert read({name: text}) == Corpus(
        (
            Article(
                "007",
                "Kim: it's a title",
                DAY,
                "# Kept\n\nBody with *stars*.",
                "http://example.org",
                "ru",
            ),
        )
    )


@pytest.mark.parametrize("title", ["", "title:\n", "title: ''\n", "title: null\n"])
def test_markdown_heading_is_the_title_when_there_is_no_other(read, title):
    corpus = read({"a.md": f"---\n{title}date: '2019-04-26'\n---\n\n# A #1 title ##\n\nBody."})
    assert corpus == Corpus((Article("a", "A #1 title", DAY, "Body."),))


@pytest.mark.parametrize("body", ["## Second level", "#NoHeading", "# ##", "Body.\n\n# Later"])
def test_other_lines_of_markdown_are_no_title(read, body):
    (article,) = read({"a.md": f"---\ndate: 2019-04-26\n---\n{body}\n"}).articles
    assert (article.title, article.text) == ("", body)


@pytest.mark.parametrize("title", ["No", "1984", "1:30", "2019-01-01", "0x1F", "3.10"])
def test_yaml_values_stay_as_they_are_written(read, title):
    corpus = read({"a.md": f"---\ntitle: {title}\ndate: 2019-04-26\n---\nBody."})
    assert corpus.articles == (Article("a", title, DAY, "Body."),)


def test_yaml_aliases_multiply_nothing(read):
    levels = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]", "m0: &m0 {k: v}"]
    for level in range(1, 30):
        many = ", ".join([f"*l{level - 1}"] * 10)
        levels.append(f"l{level}: &l{level} [{many}]")
        merged = ", ".join([f"*m{level - 1}"] * 10)
        levels.append(f"m{level}: &m{level} {{<<: [{merged}]}}")
    block = "\n".join([*levels, "t: &t Real", "title: *t", "date: 2019-04-26", "<<: *m29"])
    assert read({"a.md": f"---\n{block}\n---\nBody."}).articles == (
        Article("a", "Real", DAY, "Body."),
    )


@pytest.mark.parametrize("name", ["news.jsonl", "news.ndjson"])
def test_json_lines(read, name):
    lines = [
        {"title": "T1", "date": "2019-04-26", "text": "One.\n\nTwo.", "more": [1, {"a": None}]},
        {"title": None, "date": "2019-04-27T10:00:00.123Z", "text": "B", "id": 17},
        {"id": "x", "date": "2019-04-28", "text": "C", "url": "https://a.org/é", "language": "DE"},
    ]
    text = "\n".join(["", json.dumps(lines[0]), json.dumps(lines[1]), "  ", json.dumps(lines[2])])
    assert read({name: text}) == Corpus(
        (
            Article("news-2", "T1", DAY, "One.\n\nTwo."),
            Article("17", "", date(2019, 4, 27), "B"),
            Article("x", "", date(2019, 4, 28), "C", "https://a.org/é", "de"),
        )
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "date 2019-04-26 T\n\n \n"),
        ("a.txt", "Title: T\nDate: 2019-04-26\n"),
        ("a.md", "---\ntitle: T\ndate: 2019-04-26\n---\n\n"),
        ("a.md", "---\ndate: 2019-04-26\n---\n\n# T\n"),
    ],
)
def test_a_header_without_text_is_told(read, name, text):
    corpus = read({name: text})
    assert [article.text for article in corpus.articles] == ["T"]
    assert [str(note) for note in corpus.notes] == [
        f"{name}: no text below the header, so the title stands for it"
    ]


def test_json_lines_without_text_are_told_once_a_file(read):
    line = '{"title": "T", "date": "2019-04-26"}\n'
    corpus = read({"a.jsonl": line * 3})
    assert [article.text for article in corpus.articles] == ["T"] * 3
    assert [str(note) for note in corpus.notes] == [
        "a.jsonl: line 1: no `text`, so the title stands for it (and 2 more)"
    ]


@pytest.mark.parametrize(
    ("name", "text", "id_"),
    [
        ("a.b.txt.gz", "date 2019-04-26 T\n\nBody", "a.b"),
        ("a.MD.GZ", "---\ntitle: T\ndate: 2019-04-26\n---\nBody", "a"),
        ("a.jsonl.gz", '{"title": "T", "date": "2019-04-26", "text": "Body"}', "a-1"),
    ],
)
def test_gzip_of_each_format(read, name, text, id_):
    assert read({name: gzip.compress(text.encode())}) == Corpus((Article(id_, "T", DAY, "Body"),))


def test_gzip_of_several_members(read):
    line = '{"title": "T", "date": "2019-04-26", "text": "Body"}\n'
    packed = gzip.compress(line.encode()) + gzip.compress(line.encode())
    assert [article.id for article in read({"a.jsonl.gz": packed}).articles] == ["a-1", "a-2"]


@pytest.mark.parametrize(
    "url",
    ["ftp://a.org/x", "javascript:alert(1)", "//a.org", "http://", "http://[::1", "http://a b"],
)
def test_an_url_that_cannot_be_linked_is_left_out_with_a_note(read, url):
    corpus = read({"a.txt": f"Title: T\nDate: 2019-04-26\nUrl: {url}\n\nBody"})
    assert corpus.articles == (Article("a", "T", DAY, "Body"),)
    assert [str(note) for note in corpus.notes] == [
        f"a.txt: used without its url, which is no http or https address: '{url}'"
    ]


def test_an_url_that_is_too_long_is_left_out_with_a_note(read):
    url = "https://a.org/" + "x" * 2034
    head = "Title: T\nDate: 2019-04-26\nUrl: "
    corpus = read({"a.txt": f"{head}{url}\n\nBody", "b.txt": f"{head}{url}x\n\nBody"})
    assert [article.url for article in corpus.articles] == [url, None]
    assert [str(note) for note in corpus.notes] == [
        "b.txt: used without its url, which is longer than 2048 characters"
    ]


def test_a_language_that_is_no_code_is_left_out_with_a_note(read):
    corpus = read({"a.txt": "Title: T\nDate: 2019-04-26\nLanguage: English\n\nBody"})
    assert corpus.articles == (Article("a", "T", DAY, "Body"),)
    assert corpus.notes[0].remark.endswith("no two-letter code such as en: 'English'")


def test_a_title_of_several_lines_becomes_one(read):
    line = json.dumps({"title": " A\n b\r\nc ", "date": "2019-04-26", "text": "B"})
    assert read({"a.jsonl": line}).articles[0].title == "A b c"


def test_folders_are_read_below_in_the_order_of_names(read):
    names = ["b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "C.txt"]
    corpus = read({name: f"date 2019-04-26 {name}\n" for name in names})
    assert [article.title for article in corpus.articles] == [
        "C.txt",
        "a/b/c.txt",
        "a/z.txt",
        "a.txt",
        "b.txt",
    ]


def test_hidden_files_and_backups_are_passed_over(read):
    corpus = read(
        dict.fromkeys([".a.txt", ".git/a.txt", "a.txt~", "old~/a.txt", ".DS_Store"], "x")
    )
    assert corpus == Corpus(())


def test_progress_counts_articles(folder):
    line = '{"title": "T", "date": "2019-04-26", "text": "Body"}\n'
    (folder / "a.jsonl").write_text(line * 2 + "bad\n")
    (folder / "b.txt").write_text("date 2019-04-26 T")
    (folder / "c.txt").write_text("bad")
    counts: list[int] = []
    read_corpus(folder, progress=counts.append)
    assert counts == [1, 2, 3]
