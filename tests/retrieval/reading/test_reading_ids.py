"""Ids: given or made of names, unique in a corpus."""

import pytest

ONE = "date 2019-04-26 T"


def given(id_: str) -> str:
    return f"Id: {id_}\nDate: 2019-04-26\n\nB"


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        (
            {"2019/04/001.txt": ONE, "2019/05/001.txt": ONE, "2019/06/001.md.gz.txt": ONE},
            ["001", "2019/05/001", "001.md.gz"],
        ),
        (
            {"a/n.jsonl": '{"title":"T","date":"2019-04-26"}\n' * 2, "b/n.jsonl": "{}\n{}\n"},
            ["n-1", "n-2"],
        ),
        (
            {
                "a/n.jsonl": '{"title":"T","date":"2019-04-26"}\n' * 2,
                "b/n.jsonl": '{"title":"T","date":"2019-04-26"}\n' * 3,
            },
            ["n-1", "n-2", "b/n-1", "b/n-2", "n-3"],
        ),
        ({"a.txt": given("z"), "b/z.txt": ONE}, ["z", "b/z"]),
        ({"a.txt": "Date: 2019-04-26\nId: \n\nB"}, ["a"]),
        ({"a/x.txt": "bad", "b/x.txt": ONE}, ["x"]),
    ],
)
def test_ids_in_order(read, files, ids):
    assert [article.id for article in read(files).articles] == ids


@pytest.mark.parametrize(
    ("files", "kept", "refused"),
    [
        (
            {"a.txt": given("x"), "b.txt": given("x")},
            ["x"],
            "b.txt:1: the id 'x' was seen before, in a.txt; give it another",
        ),
        (
            {"a/x.txt": ONE, "b.txt": given("x")},
            ["x"],
            "b.txt:1: the id 'x' was seen before, in a/x.txt; give it another",
        ),
        (
            {"a.md": "---\ndate: 2019-04-26\n---\nB", "a.txt": ONE},
            ["a"],
            "a.txt: the id 'a' was seen before, in a.md; rename the file or give it another",
        ),
        (
            {"a.jsonl": '{"id":"x","title":"T","date":"2019-04-26"}\n' * 2},
            ["x"],
            "a.jsonl:2: the id 'x' was seen before, in a.jsonl:1; give it another",
        ),
    ],
)
def test_an_id_seen_before_is_refused(read, files, kept, refused):
    corpus = read(files)
    assert [article.id for article in corpus.articles] == kept
    assert [str(refusal) for refusal in corpus.refusals] == [refused]
