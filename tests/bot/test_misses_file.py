"""/misses file: all that went unanswered, as a table that spreadsheets open."""

import csv

from bot import texts


async def test_all_misses_come_as_a_table(room):
    for question in ("=zyzzyva(1)", "Вуззл, zyzzyva?", "wuzzle"):
        await room.says(question)
    listed = await room.says("/misses")
    assert texts.MISSES_FILE in listed.text
    document = await room.says("/misses file")
    content = room.fake.files[document["document"]["file_id"]]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert {row["question"] for row in rows} == {"'=zyzzyva(1)", "Вуззл, zyzzyva?", "wuzzle"}
    assert {(row["not found"], row["unhelpful"]) for row in rows} == {("1", "0")}
    assert all(len(row["last day"]) == 10 for row in rows)


async def test_where_there_are_none_it_says_so(room):
    assert (await room.says("/misses file")).text == texts.MISSES_NONE
