"""Updates of one chat are handled in the order in which they came, and no chat waits for another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from fake_telegram import FakeRequest, FakeTelegram
from fake_telegram.types import Json
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, TypeHandler
from virtual_clock import VirtualClock, deliver, run

from bot.telegram.lanes import Lanes, received


@dataclass
class Slow:
    """A bot that takes its time: it does what each update says, and notes when it began and ended."""

    fake: FakeTelegram
    lanes: Lanes
    app: Application
    clock: VirtualClock
    seconds: dict[int, float] = field(default_factory=dict)
    """How long an update takes, by its number; 1 unless given."""
    began: dict[int, float] = field(default_factory=dict)
    ended: list[int] = field(default_factory=list)
    received: dict[int, float] = field(default_factory=dict)
    errors: list[Exception | None] = field(default_factory=list)

    async def handle(self, update: Update, _: object) -> None:
        number = update.update_id
        self.began[number] = self.clock.passed
        self.received[number] = received().timestamp() - self.clock.start
        seconds = self.seconds.get(number, 1.0)
        if seconds < 0:
            raise RuntimeError("no")
        await asyncio.sleep(seconds)
        self.ended.append(number)

    def give(self, *updates: Json) -> list[asyncio.Task[None]]:
        return deliver(self.app, *updates)


@asynccontextmanager
async def slow() -> AsyncIterator[Slow]:
    clock = VirtualClock()
    lanes = Lanes(clock.utc)
    fake = FakeTelegram(clock=clock, privacy=False)
    app = (
        ApplicationBuilder()
        .token(fake.token)
        .request(FakeRequest(fake))
        .get_updates_request(FakeRequest(fake))
        .concurrent_updates(lanes)
        .job_queue(None)
        .build()
    )
    bot = Slow(fake, lanes, app, clock)

    async def failed(_: object, context: object) -> None:
        bot.errors.append(context.error)

    app.add_handler(TypeHandler(Update, bot.handle))
    app.add_error_handler(failed)
    async with app:
        yield bot
    assert lanes.lanes == 0, "an empty lane leaves nothing behind"


def number(update: Json) -> int:
    return update["update_id"]


def test_one_chat_in_order_and_others_beside_it():
    async def main():
        async with slow() as bot:
            ada, bob = bot.fake.user(), bot.fake.user()
            hers = [bot.fake.says(bot.fake.private(ada), ada, str(n)) for n in range(3)]
            his = bot.fake.says(bot.fake.private(bob), bob, "x")
            bot.seconds = {number(hers[0]): 5, number(hers[1]): 0, number(hers[2]): 1}
            await asyncio.gather(*bot.give(*hers, his))
            assert bot.ended == [number(his), *map(number, hers)]
            assert [bot.began[number(one)] for one in (*hers, his)] == [0, 5, 5, 0]
            assert bot.clock.passed == 6

    run(main())


def test_no_number_of_waiting_questions_keeps_others_out():
    async def main():
        async with slow() as bot:
            group, ada = bot.fake.group(), bot.fake.user()
            bot.give(*[bot.fake.says(group, ada, str(n)) for n in range(600)])
            his = [bot.fake.says(bot.fake.private(u), u, "x") for u in [ada, bot.fake.user()]]
            await asyncio.gather(*bot.give(*his))
            assert bot.clock.passed == 1
            assert bot.lanes.lanes == 1
            await asyncio.sleep(600)

    run(main())


def test_edits_and_topics_share_the_lane_of_their_chat():
    async def main():
        async with slow() as bot:
            forum, ada = bot.fake.supergroup(forum=True), bot.fake.user()
            topic = bot.fake.topic(forum, "News")
            said = bot.fake.says(forum, ada, "x")
            edited = bot.fake.edits(said["message"], "y")
            elsewhere = bot.fake.says(forum, ada, "z", topic=topic)
            channel = bot.fake.channel()
            post = bot.fake.posts(channel, "x")
            changed = bot.fake.edits(post["channel_post"], "y")
            await asyncio.gather(*bot.give(said, edited, elsewhere, post, changed))
            assert [bot.began[number(one)] for one in (said, edited, elsewhere)] == [0, 1, 2]
            assert [bot.began[number(one)] for one in (post, changed)] == [0, 1]

    run(main())


def test_pressed_buttons_are_handled_at_once():
    async def main():
        async with slow() as bot:
            group, ada = bot.fake.group(), bot.fake.user()
            sent = bot.fake.post(group, {"from": bot.fake.me, "text": "x"})
            said = bot.fake.says(group, ada, "x")
            presses = [bot.fake.presses(sent, "x", ada, forged=True) for _ in range(3)]
            await asyncio.gather(*bot.give(said, *presses))
            assert set(bot.began.values()) == {0}

    run(main())


def test_inline_queries_wait_for_the_same_person_only_and_not_for_the_private_chat():
    async def main():
        async with slow() as bot:
            ada, bob = bot.fake.user(), bot.fake.user()
            said = bot.fake.says(bot.fake.private(ada), ada, "x")
            queries = [bot.fake.asks_inline(who, "x") for who in (ada, ada, bob)]
            await asyncio.gather(*bot.give(said, *queries))
            assert [bot.began[number(one)] for one in (said, *queries)] == [0, 0, 1, 0]

    run(main())


def test_guest_messages_have_the_lane_of_their_chat():
    async def main():
        async with slow() as bot:
            one, two = bot.fake.group(bot_status="left"), bot.fake.group(bot_status="left")
            ada = bot.fake.user()
            asked = [bot.fake.mentions_as_guest(chat, ada, "x") for chat in (one, one, two)]
            await asyncio.gather(*bot.give(*asked))
            assert [bot.began[number(update)] for update in asked] == [0, 1, 0]

    run(main())


def test_what_belongs_to_no_chat_waits_for_nothing():
    async def main():
        async with slow() as bot:
            poll = {"id": "1", "question": "?", "options": [], "total_voter_count": 0}
            poll |= {"is_closed": False, "is_anonymous": True, "type": "regular"}
            poll |= {
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            }
            polls = [{"update_id": n, "poll": poll} for n in range(3)]
            await asyncio.gather(*bot.give(*polls))
            assert bot.began == {0: 0, 1: 0, 2: 0}

    run(main())


def test_an_update_that_fails_holds_nothing_up():
    async def main():
        async with slow() as bot:
            chat, ada = bot.fake.group(), bot.fake.user()
            said = [bot.fake.says(chat, ada, str(n)) for n in range(3)]
            bot.seconds[number(said[0])] = -1
            await asyncio.gather(*bot.give(*said))
            assert bot.ended == [number(said[1]), number(said[2])]
            assert [str(error) for error in bot.errors] == ["no"]

    run(main())


@pytest.mark.parametrize("gone", [{0}, {1}, {3}, {0, 1}, {1, 2}, {0, 2, 3}], ids=str)
def test_an_update_that_is_called_off_holds_nothing_up(gone):
    # A coroutine that was never awaited would be a warning, which fails the test.
    async def main():
        async with slow() as bot:
            chat, ada = bot.fake.group(), bot.fake.user()
            said = [bot.fake.says(chat, ada, str(n)) for n in range(4)]
            tasks = bot.give(*said)
            await asyncio.sleep(0.5)
            for n in gone:
                tasks[n].cancel()
            done = await asyncio.gather(*tasks, return_exceptions=True)
            assert {n for n in range(4) if isinstance(done[n], asyncio.CancelledError)} == gone
            assert bot.ended == [number(said[n]) for n in range(4) if n not in gone]

    run(main())


def test_called_off_before_anything_began():
    async def main():
        async with slow() as bot:
            chat, ada = bot.fake.group(), bot.fake.user()
            tasks = bot.give(*[bot.fake.says(chat, ada, str(n)) for n in range(3)])
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            assert bot.began == {}

    run(main())


def test_an_update_is_received_before_it_waits():
    async def main():
        async with slow() as bot:
            chat, ada = bot.fake.group(), bot.fake.user()
            said = [bot.fake.says(chat, ada, str(n)) for n in range(3)]
            tasks = bot.give(*said[:2])
            await asyncio.sleep(0.5)
            await asyncio.gather(*tasks, *bot.give(said[2]))
            assert [bot.began[number(one)] for one in said] == [0, 1, 2]
            stamps = [bot.received[number(one)] for one in said]
            assert stamps == pytest.approx([0, 0, 0.5], abs=1e-3)

    run(main())


async def test_without_an_update_it_is_received_now():
    before = datetime.now(UTC)
    assert before <= received() <= datetime.now(UTC)

    async def handle() -> datetime:
        await asyncio.sleep(0)
        return received()

    moment = datetime(2020, 1, 1, tzinfo=UTC)
    seen = []

    async def note(work: Callable[[], Awaitable[datetime]]) -> None:
        seen.append(await work())

    await Lanes(lambda: moment).process_update(object(), note(handle))
    assert seen == [moment]
    assert received() - moment > timedelta(days=365), "the stamp does not outlive its update"


def test_the_application_itself_hands_updates_over_in_order():
    async def main():
        async with slow() as bot:
            chat, ada = bot.fake.group(), bot.fake.user()
            said = [bot.fake.says(chat, ada, str(n)) for n in range(20)]
            await bot.app.start()
            for raw in said:
                await bot.app.update_queue.put(Update.de_json(raw, bot.app.bot))
            await asyncio.sleep(0.5)
            await bot.app.stop()
            assert bot.clock.passed == 20
            assert bot.ended == [number(raw) for raw in said]

    run(main())


arrivals = st.tuples(st.sampled_from("abc"), st.floats(0, 3), st.floats(-1, 2), st.booleans())


@given(st.lists(arrivals, max_size=40))
def test_order_holds_whatever_takes_how_long_fails_or_is_called_off(plan):
    async def main():
        async with slow() as bot:
            ada = bot.fake.user()
            chats = {name: bot.fake.group(name) for name in "abc"}
            given_to, tasks = {name: [] for name in "abc"}, []
            for name, wait, seconds, called_off in plan:
                update = bot.fake.says(chats[name], ada, "x")
                bot.seconds[number(update)] = seconds
                tasks += bot.give(update)
                await asyncio.sleep(wait)
                if called_off:
                    tasks[-1].cancel()
                given_to[name].append(number(update))
            await asyncio.gather(*tasks, return_exceptions=True)
            for numbers in given_to.values():
                handled = [one for one in bot.ended if one in numbers]
                assert handled == sorted(handled)
                began = [bot.began[one] for one in numbers if one in bot.began]
                assert began == sorted(began)
            failed = sum(seconds < 0 for one, seconds in bot.seconds.items() if one in bot.began)
            assert len(bot.errors) == failed
            kept = [one for one, step in zip(bot.seconds, plan, strict=True) if not step[3]]
            assert set(kept) <= set(bot.began)

    run(main())
