"""Whatever a file is called, it lands in its folder under a name that is read, or is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.corpus.errors import ShelfError
from bot.corpus.names import LONGEST_NAME, file_name, same_to_some
from retrieval.reading.kinds import named

JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
NASTY = st.sampled_from(["..", "/", "\\", "\0", "\n", ".", " ", "~", "\u202e", "\ud800", ".txt"])
ENDINGS = st.sampled_from([".txt", ".md", ".jsonl", ".txt.gz", ".TXT", "", ".pdf", ".txt~", " ."])


@given(st.lists(NASTY | st.text(max_size=6)).map("".join), ENDINGS)
@example("../../etc/passwd", "")
@example("..\\..\\a", ".txt")
@example("a" * 300, ".txt")
@example(".", ".txt")
@example("\u202etxt.exe", ".md")
def test_any_name(tmp_path_factory, stem, ending):
    folder = tmp_path_factory.getbasetemp()
    try:
        name = file_name(stem + ending)
    except ShelfError:
        return
    assert (folder / name).parent == folder
    assert name.translate(JOINERS).isprintable()
    assert not name.startswith((".", " "))
    assert len(name.encode()) <= LONGEST_NAME
    assert named(name).bare
    assert file_name(name) == name


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("news.txt", "news.txt"),
        ("Москва 中文 é.md", "Москва 中文 é.md"),
        ("../../news.txt", "news.txt"),
        ("C:\\desk\\news.txt", "news.txt"),
        (".hidden.txt", "hidden.txt"),
        ("a\nb\tc.txt", "a b c.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("week.jsonl.gz", "week.jsonl.gz"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("a\u00ad\u202eb.txt", "ab.txt"),
    ],
)
def test_names_as_people_give_them(given, stored):
    assert file_name(given) == stored


@pytest.mark.parametrize(
    "given", [None, "", ".txt", "..", "news.pdf", "news.txt~", "news", "/", "\u200d.md"]
)
def test_what_is_no_name(given):
    with pytest.raises(ShelfError):
        file_name(given)


def test_names_that_some_file_systems_take_for_one():
    assert same_to_some("News.TXT", "news.txt")
    assert same_to_some("e\u0301.txt", "\u00c9.txt")
    assert not same_to_some("news.txt", "news.md")
