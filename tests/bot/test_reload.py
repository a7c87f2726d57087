"""/reload: the corpus is read again while questions are answered, and the new archive takes the old one's place."""

import asyncio
import os
import signal

import pytest

from bot import texts
from bot.config import load_config
from retrieval.archive import Archive
from retrieval.errors import CorpusError

BOSS = 500_000_777


def article(number, text=None):
    body = (
        text
        or f"It rained in town number {number}, and the river of that town rose by {number} feet."
    )
    return f"Title: Rain {number}\nDate: 2020-01-{number:02}\n\n{body}\n"


@pytest.fixture
async def office(talk_to, config, tmp_path):
    """The bot over six articles in a folder, with its index in another, and its admin's private chat."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(1, 7):
        (corpus / f"a{number}.txt").write_text(article(number))
    places = load_config(None, corpus=corpus, index=str(tmp_path / "index"), environment={})
    update = {
        "corpus": places.corpus,
        "retrieval": places.retrieval,
        "quota": config.quota.model_copy(update={"user": 0}),
        "access": config.access.model_copy(update={"admins": (BOSS,)}),
    }
    config = config.model_copy(update=update)
    chat = await talk_to(Archive.load(config.archive), config)
    chat.corpus = corpus
    chat.boss = chat.fake.user("Boss", id=BOSS)
    chat.desk = chat.fake.private(chat.boss)
    return chat


async def reload(office, text="/reload"):
    """What the message says in the end."""
    await office.feed(office.fake.says(office.desk, office.boss, text))
    waiting = texts.RELOADING.partition(" …")[0]
    await office.fake.until(lambda: not office.fake.last(office.desk).text.startswith(waiting), 30)
    return office.fake.last(office.desk)


async def test_what_changed_is_read_and_reported(office):
    (office.corpus / "a1.txt").unlink()
    (office.corpus / "a2.txt").write_text(article(2, "A whale sang in the harbour of Leeds."))
    (office.corpus / "a7.txt").write_text(article(7))
    (office.corpus / "a8.txt").write_text("no header\n")
    before = office.app.services.archive
    report = await reload(office)
    lines = report.text.splitlines()
    assert lines[:4] == [
        texts.RELOADED,
        "Added: 1, changed: 1, removed: 1",
        "I hold 6 articles, from 2 January 2020 to 7 January 2020.",
        "Passages: 6",
    ]
    assert "1 file or line can't be used:" in lines
    assert "a8.txt" in lines[-1]
    assert office.app.services.archive.generation != before.generation
    assert "whale" in (await office.says("What sang in the harbour?")).text
    assert len(before.ask("Where did it rain?").excerpts) == 3, (
        "who began on the old one ends on it"
    )


async def test_nothing_changed(office):
    assert (await reload(office)).text.startswith(texts.RELOADED_SAME)


async def test_a_long_list_of_refusals_comes_as_a_file(office):
    for number in range(30):
        (office.corpus / f"bad{number}.txt").write_text("no header\n")
    await reload(office)
    document = next(m for m in office.fake.sent(office.desk) if "document" in m)
    content = office.fake.files[document["document"]["file_id"]].decode()
    assert content.count("\n") == 30


async def test_most_articles_do_not_disappear_by_mistake(office):
    for number in range(1, 5):
        (office.corpus / f"a{number}.txt").unlink()
    before = office.app.services.archive
    told = await reload(office)
    assert told.text.startswith("The articles stay as they are: 4 of 6 articles would disappear")
    assert office.app.services.archive is before
    assert (await reload(office, "/reload force")).text.startswith(texts.RELOADED)
    assert office.app.services.archive.articles == 2


async def test_a_folder_that_vanished_changes_nothing(office):
    office.corpus.rename(office.corpus.with_name("elsewhere"))
    told = await reload(office)
    assert told.text.startswith("The articles stay as they are: ")
    assert (await office.says("Where did it rain?")).text.startswith("Rain")


async def test_a_second_reload_is_told_of_the_first(office):
    (office.corpus / "a7.txt").write_text(article(7))
    await office.feed(*(office.fake.says(office.desk, office.boss, "/reload") for _ in range(2)))
    running = texts.RELOAD_RUNNING.partition("{")[0]

    def said():
        found = [message.text for message in office.fake.sent(office.desk)]
        return (
            found
            if sum(text.startswith((texts.RELOADED, running)) for text in found) == 2
            else None
        )

    found = await office.fake.until(said, 30)
    assert sum(text.startswith(running) for text in found) == 1


async def test_questions_are_answered_meanwhile(office):
    (office.corpus / "a7.txt").write_text(article(7))
    await office.feed(office.fake.says(office.desk, office.boss, "/reload"))
    told = office.fake.last(office.desk)
    answers = 0
    while office.fake.chat(office.desk).messages[told.id].text.startswith("Reading"):
        assert (await office.says("Where did it rain?")).text.startswith("Rain")
        answers += 1
        await asyncio.sleep(0)
    assert answers > 1


async def test_nobody_else_may(office):
    room = office.fake.supergroup()
    office.fake.joins(room, office.ada, "creator")
    news = office.fake.channel()
    before = office.app.services.archive
    (office.corpus / "a7.txt").write_text(article(7))
    assert (await office.says("/reload")).text == texts.NOT_YOURS
    await office.feed(office.fake.says(room, office.ada, "/reload@dateline_bot"))
    assert office.fake.last(room).text == texts.NOT_YOURS
    for way in ({"anonymous": True}, {"sender_chat": news}):
        await office.feed(office.fake.says(room, None, "/reload@dateline_bot", **way))
        assert office.fake.last(room).text == texts.WHO_ARE_YOU
    await office.feed(office.fake.posts(news, "/reload@dateline_bot"))
    assert office.fake.sent(news) == []
    assert office.app.services.archive is before


async def test_an_admin_may_in_a_group_too(office):
    room = office.fake.supergroup()
    office.fake.joins(room, office.boss)
    await office.feed(office.fake.says(room, office.boss, "/reload@dateline_bot"))
    await office.fake.until(
        lambda: office.fake.last(room).text.startswith(texts.RELOADED_SAME), 30
    )


async def test_sighup_reloads(office):
    (office.corpus / "a7.txt").write_text(article(7))
    await office.app.post_init(office.app)
    os.kill(os.getpid(), signal.SIGHUP)
    await office.fake.until(lambda: office.app.services.archive.articles == 7, 30)
    asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)


async def test_an_archive_in_memory_can_be_read_again(talk_to, config, tmp_path):
    (tmp_path / "a1.txt").write_text(article(1))
    places = load_config(None, corpus=tmp_path, environment={})
    admins = config.access.model_copy(update={"admins": (BOSS,)})
    update = {"corpus": places.corpus, "retrieval": places.retrieval, "access": admins}
    config = config.model_copy(update=update)
    chat = await talk_to(Archive.load(config.archive), config)
    chat.boss = chat.fake.user("Boss", id=BOSS)
    chat.desk = chat.fake.private(chat.boss)
    (tmp_path / "a2.txt").write_text(article(2))
    assert "Added: 1" in (await reload(chat)).text


def test_what_would_be_lost_is_counted_by_article(tmp_path):
    for number in range(1, 5):
        (tmp_path / f"a{number}.txt").write_text(article(number))
    settings = load_config(None, corpus=tmp_path, environment={}).archive
    before = Archive.load(settings)
    for number in range(1, 4):
        (tmp_path / f"a{number}.txt").rename(tmp_path / f"b{number}.txt")
    after = Archive.load(settings)
    changes = after.changes_since(before)
    assert (changes.added, changes.changed, changes.removed) == (3, 0, 3)
    after.check_loss(before, 0.75)
    with pytest.raises(CorpusError, match=r"3 of 4 articles would disappear"):
        after.check_loss(before, 0.74)
