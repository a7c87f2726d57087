"""Whole articles by their keys, and the newest ones."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.keys import article_key
from retrieval.page import MOST_LISTED
from retrieval.reading import read_corpus
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings
from retrieval.types import Order, Outcome

ArchiveOf = Callable[..., Archive]


def load(folder: Path, index: str = IN_MEMORY, language: str = "en") -> Archive:
    return Archive.load(
        ArchiveSettings(
            corpus=CorpusSettings(path=folder, language=language),
            retrieval=RetrievalSettings(index=index),
        )
    )


@given(st.text(st.characters(codec=None)))
def test_a_key_fits_buttons_and_links(identity: str) -> None:
    key = article_key(identity)
    assert len(key) == 12
    assert all(c.isascii() and (c.isalnum() or c in "_-") for c in key)
    assert key == article_key(identity)


def test_keys_stay_the_same_from_version_to_version() -> None:
    # They stand in messages that were sent long ago.
    assert article_key("000_e3194376fc50fe14") == "CZrEgzwrbklI"


def test_keys_differ() -> None:
    assert len({article_key(f"article-{number}") for number in range(20_000)}) == 20_000


def test_the_seed_can_be_read_whole(seeds: Archive) -> None:
    file = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    body = file.read_text(encoding="utf-8").partition("\n\n")[2]
    answer = seeds.ask("When did they meet?")
    found = seeds.article(article_key(answer.excerpts[0].source.id))
    assert found is not None
    assert found.text == body.rstrip()
    assert found.source == answer.excerpts[0].source
    assert found.language == "en"
    thursday = found.resolved[0]
    assert found.text[thursday.start : thursday.end] == "Thursday"
    assert thursday.first == date(2019, 4, 25)


NO_KEYS = [
    "",
    "short",
    "a" * 12,
    "a" * 11,
    "a" * 13,
    "ä" * 12,
    "\x00" * 12,
    "\ud800",
    "'" * 12,
    "Kim\n" * 3,
]


@pytest.mark.parametrize("key", NO_KEYS)
def test_no_article_has_such_a_key(seeds: Archive, key: str) -> None:
    assert seeds.article(key) is None


paragraphs = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=200),
        st.builds(
            lambda count, words: " ".join(f"It rained on day {n} {words}." for n in range(count)),
            st.integers(1, 40),
            st.sampled_from(["in Porto", "last week", "and 雨が降った。そして"]),
        ),
    ),
    min_size=1,
    max_size=5,
)
texts = st.builds(str.join, st.sampled_from(["\n\n", "\n", " \n \n\n ", "   "]), paragraphs)


@given(st.lists(texts.filter(str.strip), min_size=1, max_size=3), st.text(max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_article_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, written: list[str], question: str
) -> None:
    folder = tmp_path_factory.mktemp("corpus")
    rows = [
        {"id": f"a{number}", "title": "", "date": "2020-01-01", "text": text}
        for number, text in enumerate(written)
    ]
    (folder / "all.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    archive = load(folder)
    texts_found = {}
    for article in read_corpus(folder, CorpusSettings().limits).articles:
        found = archive.article(article_key(article.id))
        assert found is not None
        assert found.source == article.source
        # White space behind the last sentence is all that may be gone.
        assert found.text == article.text[: len(found.text)]
        assert not article.text[len(found.text) :].strip()
        texts_found[article.id] = found.text
        for resolved in found.resolved:
            assert 0 <= resolved.start < resolved.end <= len(found.text)
        starts = [resolved.start for resolved in found.resolved]
        assert starts == sorted(starts)
    for passage in archive.all_passages():
        text = texts_found[passage.source.id]
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
    for asked in (question, written[0][:100], "Did it rain in Porto?"):
        for excerpt in archive.ask(asked, limit=10).excerpts:
            text = texts_found[excerpt.source.id]
            assert text[excerpt.start : excerpt.start + len(excerpt.text)] == excerpt.text


@pytest.mark.parametrize("text", ["?!", "👍", "\u200b", "…", "。"])
def test_an_article_without_words_can_be_read(archive_of: ArchiveOf, text: str) -> None:
    archive = archive_of("A storm came.", text)
    found = archive.article(article_key("a1"))
    assert found is not None
    assert found.text == text


def test_an_article_of_a_title_only_can_be_read(archive_of: ArchiveOf) -> None:
    archive = archive_of({"title": "Volcano erupts", "text": ""})
    found = archive.article(article_key("a0"))
    assert found is not None
    assert found.text == "Volcano erupts"


def test_keys_outlive_a_restart_and_a_change(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one.txt").write_text("Title: One\nDate: 2020-01-01\n\nA storm came.\n")
    key, index = article_key("one"), str(tmp_path / "index")
    first = load(corpus, index)
    again = load(corpus, index)
    assert first.article(key) == again.article(key)
    assert first.generation == again.generation
    (corpus / "another.txt").write_text("Title: Another\nDate: 2020-01-02\n\nIt went.\n")
    changed = load(corpus, index)
    assert changed.article(key) == first.article(key) is not None
    assert changed.generation != first.generation
    (corpus / "one.txt").unlink()
    assert load(corpus, index).article(key) is None


def newest_ids(archive: Archive, limit: int, skip: int = 0) -> list[str]:
    return [excerpt.source.id for excerpt in archive.newest(limit, skip=skip).excerpts]


def test_the_newest_articles_come_first(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        {"text": "One happened.", "date": "2020-01-01"},
        {"text": "Two happened. More of it.", "date": "2020-03-01"},
        {"text": "Three happened.", "date": "2020-02-01"},
    )
    answer = archive.newest(2)
    assert [excerpt.text for excerpt in answer.excerpts] == [
        "Two happened. More of it.",
        "Three happened.",
    ]
    assert (answer.outcome, answer.order, answer.listing) == (Outcome.ANSWER, Order.NEWEST, True)
    assert (answer.total, answer.more, answer.skipped, answer.question) == (3, True, 0, "")
    assert not archive.newest(3).more
    assert [excerpt.text for excerpt in archive.newest(2, skip=2).excerpts] == ["One happened."]


def test_an_opening_is_as_long_as_is_asked(archive_of: ArchiveOf) -> None:
    archive = archive_of("One two three four. Five six seven eight. Nine ten eleven twelve.")
    assert archive.newest(1, words=5).excerpts[0].text == "One two three four."
    assert archive.newest(1, words=9).excerpts[0].text.endswith("eight.")


@pytest.mark.parametrize("index", [IN_MEMORY, "folder"])
def test_the_newest_are_paged_without_repeats(tmp_path: Path, index: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    days = [date(2020, 1, 1) + timedelta(days=number * 7 % 40) for number in range(150)]
    rows = [
        {"id": f"n{number:03}", "title": "", "date": str(day), "text": f"Item{number} was seen."}
        for number, day in enumerate(days)
    ]
    (corpus / "all.jsonl").write_text("\n".join(map(json.dumps, rows)))
    archive = load(corpus, index if index == IN_MEMORY else str(tmp_path / index))
    # Newest first, and of one day in the order of the corpus.
    wanted = sorted(rows, key=lambda row: row["date"], reverse=True)
    expected = [row["id"] for row in wanted][:MOST_LISTED]
    for size in (7, 32, 50):
        shown = [
            identity
            for skip in range(0, MOST_LISTED, size)
            for identity in newest_ids(archive, size, skip)
        ]
        assert shown == expected
    assert archive.newest(50, skip=50).more is False
    assert archive.newest(50, skip=49).more is True
    assert archive.newest(50, skip=MOST_LISTED).excerpts == ()


def test_copies_do_not_shorten_a_page(archive_of: ArchiveOf) -> None:
    report = "The dam above Arles broke at dawn and the water reached the market square by noon on Monday."
    archive = archive_of(
        *({"text": report, "date": "2020-03-01"} for _ in range(40)),
        *({"text": f"Item{place} was seen.", "date": "2020-02-01"} for place in range(5)),
    )
    assert len(archive.newest(4).excerpts) == 4
    assert newest_ids(archive, 3) + newest_ids(archive, 3, 3) == newest_ids(archive, 6)
