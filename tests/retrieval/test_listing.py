"""All articles of an archive, listed newest first, copies and all."""

from retrieval.archive import Archive
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings


def test_pages_hold_each_article_once_the_newest_first(tmp_path):
    for number in range(1, 26):
        text = f"Title: Rain {number}\nDate: 2020-01-{(number + 1) // 2:02}\n\nThe same report.\n"
        (tmp_path / f"a{number:02}.txt").write_text(text)
    archive = Archive.load(
        ArchiveSettings(
            corpus=CorpusSettings(path=tmp_path), retrieval=RetrievalSettings(index=":memory:")
        )
    )
    pages = [archive.listing(7, skip) for skip in range(0, 35, 7)]
    assert [len(page) for page in pages] == [7, 7, 7, 4, 0]
    listed = [source for page in pages for source in page]
    assert {source.id for source in listed} == {f"a{number:02}" for number in range(1, 26)}
    assert [one.date for one in listed] == sorted((one.date for one in listed), reverse=True)
    assert listed == archive.listing(100)
