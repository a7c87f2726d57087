"""Whatever is in a file, it loads or is refused; whatever an article is, it comes back."""

import gzip
import json
import tempfile
import unicodedata
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading import read_corpus
from retrieval.types import Article, Corpus

ENDINGS = (".txt", ".md", ".jsonl", ".txt.gz", ".md.gz", ".jsonl.gz", ".pdf")
PIECES = (
    b"date ",
    b"2019-04-26",
    b"2019-02-30",
    b" T\n",
    b"\n\n",
    b"\r",
    b"Title: ",
    b"Date: ",
    b"---\n",
    b"title: &a [*a, {",
    b'"\\ud800"',
    b'{"title": "T", "date": "2019-04-26", "text": "',
    b'"}\n',
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xcf\xf0\xe8\xe2\xe5\xf2",
    b"!!python/object:os.system ",
    b"%YAML 9.9\n",
)
letters = st.characters(codec="utf-8", exclude_characters="\0\r")
# What stands alone in a line ends where YAML and titles end; a title has no lines.
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40)
bodies = st.text(letters, max_size=200).filter(str.strip)


def strip_blank_lines(text: str) -> str:
    lines = text.split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    return "\n".join(lines)


articles = st.builds(
    Article,
    id=st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=20),
    title=words.map(str.strip),
    date=st.dates(min_value=date(1000, 1, 1)),
    text=bodies.map(strip_blank_lines),
    url=st.sampled_from([None, "https://example.org/a:b?c#d"]),
    language=st.sampled_from([None, "en", "ru"]),
)


def read_bytes(name: str, data: bytes) -> Corpus:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        return read_corpus(Path(folder))


def pairs(article: Article) -> dict[str, str]:
    values = {
        "title": article.title,
        "date": article.date.isoformat(),
        "id": article.id,
        "url": article.url,
        "language": article.language,
    }
    return {key: value for key, value in values.items() if value is not None}


def as_first(article: Article) -> str:
    return f"date {article.date.isoformat()} {article.title}\n\n{article.text}\n"


def as_second(article: Article) -> str:
    head = "".join(f"{key.title()}: {value}\n" for key, value in pairs(article).items())
    return f"{head}\n{article.text}\n"


def as_markdown(article: Article) -> str:
    head = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in pairs(article).items()
    )
    return f"---\n{head}---\n\n{article.text}\n"


def as_line(article: Article) -> str:
    return json.dumps({**pairs(article), "text": article.text}) + "\n"


@given(
    st.sampled_from(ENDINGS),
    st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES)).map(b"".join)),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_any_bytes_load_or_are_refused(ending, data, packed):
    corpus = read_bytes(f"a{ending}", gzip.compress(data) if packed else data)
    assert corpus.articles or corpus.refusals
    for article in corpus.articles:
        assert article.text.strip()
        assert "\0" not in article.text + article.title
        (article.text + article.title).encode()
    for refusal in corpus.refusals:
        assert refusal.file == f"a{ending}"
        assert not any(unicodedata.category(each) == "Cc" for each in refusal.reason)


@given(articles)
@settings(max_examples=100, deadline=None)
def test_an_article_comes_back_from_each_format_that_gives_its_id(article):
    assert read_bytes("x.txt", as_second(article).encode()) == Corpus((article,))
    assert read_bytes("x.jsonl", as_line(article).encode()) == Corpus((article,))
    if article.title:  # without one, a heading in the text would become it
        assert read_bytes("x.md", as_markdown(article).encode()) == Corpus((article,))


@given(articles)
@settings(max_examples=100, deadline=None)
def test_an_article_comes_back_from_the_first_text_header(article):
    plain = Article(article.id, article.title, article.date, article.text)
    assert read_bytes(f"{article.id}.txt", as_first(article).encode()) == Corpus((plain,))


@given(articles, st.sampled_from(["\r\n", "\r"]), st.sampled_from(["utf-16", "utf-32"]))
@settings(max_examples=100, deadline=None)
def test_line_ends_and_marks_change_nothing(article, end, encoding):
    data = as_second(article).replace("\n", end).encode(encoding)
    assert read_bytes("x.txt.gz", gzip.compress(data)) == Corpus((article,))
