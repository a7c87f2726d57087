"""What only the bot's admins may do: each command and each button, tried by each who may not, and in each way."""

import pytest
from fake_telegram.people import ANONYMOUS_ADMIN, CHANNEL_BOT
from newsrooms import newsroom
from shelves import article
from telegram import BotCommandScopeAllPrivateChats, BotCommandScopeChat, Update

from bot import texts
from bot.language import LANGUAGES
from bot.telegram.buttons import Audited, Keep, Listed, Remove
from retrieval.keys import article_key

SCOPES = 4
"""Menus in each language: private chats, groups, their admins, and the bot's own admin."""

BOSS = 500_000_777
EVE = 500_000_888
"""Blocked."""
MALLORY = 500_000_999
"""Blocked, and named as an admin too."""

ARGUMENTS = {"remove": " a2", "reload": " force"}
"""What makes a command do something."""

REFUSALS = {texts.NOT_YOURS, texts.WHO_ARE_YOU, texts.NOT_YOUR_WORD}


class Siege:
    """The bot over a folder where every act would change or show something, and those who try."""

    def __init__(self, room):
        self.room, self.fake, self.app = room, room.fake, room.app
        self.ada = room.talk.ada
        self.eve = self.fake.user("Eve", id=EVE)
        self.mallory = self.fake.user("Mallory", id=MALLORY)
        self.helper = self.fake.user("Helper", is_bot=True)
        self.group, self.news = self.fake.supergroup(), self.fake.channel()
        for somebody in (self.ada, self.eve, self.mallory):
            self.fake.joins(self.group, somebody, "creator")
        self.fake.joins(self.group, room.boss)

    async def prepare(self):
        """Something to undo, something to reload, and an open question whether to remove an article."""
        await self.app.post_init(self.app)
        menus = self.fake.menus.menus
        await self.fake.until(lambda: len(menus) == SCOPES * len(LANGUAGES))
        bot = self.app.bot
        everybody = await bot.get_my_commands(BotCommandScopeAllPrivateChats())
        admins = await bot.get_my_commands(BotCommandScopeChat(BOSS))
        self.commands = [one.command for one in admins if one not in everybody]
        await self.room.hands("b1.txt", article(8))
        self.question = await self.room.says("/remove a3")
        (self.room.corpus / "c1.txt").write_bytes(article(9))
        self.before = self.stands()
        self.audited = len(await self.audits())

    @property
    def buttons(self):
        state = self.room.archive.generation
        open_one = next(one["callback_data"] for one in self.question.buttons)
        forged = Remove(article_key("a1"), "0" * 8)
        return [open_one, *map(str, (forged, Keep(), Listed(state, 0), Audited(0)))]

    def stands(self):
        return self.room.files(), self.room.archive

    async def audits(self):
        return await self.app.services.state.audits(1_000, 0)

    async def gets(self, *updates):
        """Give the bot updates, those too that Telegram would keep back."""
        for update in updates:
            await self.app.process_update(Update.de_json(update, self.app.bot))

    def chats(self):
        return [chat for chat in self.fake.chats.values() if chat != self.room.desk]

    def said(self):
        return [(chat.id, m.id) for chat in self.chats() for m in self.fake.sent(chat)]

    async def is_refused(self, *updates, told=None, noted=True):
        """The bot changes nothing, says at most that it won't, and notes each attempt."""
        said, audited = self.said(), len(await self.audits())
        asked = len(self.fake.sent(self.room.desk))
        await self.gets(*updates)
        new = [
            m
            for chat in [*self.chats(), self.room.desk]
            for m in self.fake.sent(chat)
            if (chat.id, m.id) not in said
        ]
        new = [m for m in new if m not in self.fake.sent(self.room.desk)[:asked]]
        assert [m.text for m in new] == ([] if told is None else [told] * len(updates))
        lines = (await self.audits())[: len(await self.audits()) - audited]
        assert [line.result.value for line in lines] == ["refused"] * (
            len(updates) if noted else 0
        )
        assert self.stands() == self.before
        assert self.fake.chat(self.room.desk).messages[self.question.id].text == self.question.text


@pytest.fixture
async def siege(talk_to, config, tmp_path):
    room = await newsroom(talk_to, config, tmp_path)
    access = {"admins": (BOSS, MALLORY), "blocked": (EVE, MALLORY)}
    access = room.config.access.model_copy(update=access)
    await room.services.change(room.services.config.model_copy(update={"access": access}))
    made = Siege(room)
    await made.prepare()
    return made


def words(siege, target=""):
    """Each command, as text that would do something."""
    return [f"/{name}{target}{ARGUMENTS.get(name, '')}" for name in siege.commands]


async def test_of_all_who_send_commands_in_private_only_the_admin_is_heard(siege):
    fake, room = siege.fake, siege.room
    for user, told in ((siege.ada, texts.NOT_YOURS), (siege.eve, None), (siege.mallory, None)):
        chat = fake.private(user)
        for text in words(siege):
            said = fake.says(chat, user, text)
            pictured = fake.sends(chat, user, "photo", caption=text)
            filed = fake.hands(chat, user, "evil.txt", article(20), caption=text)
            await siege.is_refused(said, pictured, filed, told=told, noted=told is not None)
            old = fake.hands(chat, user, "evil.txt", article(20))["message"]
            answer = fake.says(chat, user, text, reply_to=old)
            await siege.is_refused(answer, told=told, noted=told is not None)
    for text in words(siege):
        theirs = fake.private(siege.helper)
        await siege.is_refused(fake.says(theirs, siege.helper, text), noted=False)
    for text in words(siege):
        told = await room.says(text)
        assert told.text not in REFUSALS | {texts.UNKNOWN_COMMAND}
    assert siege.stands() != siege.before


async def test_files_without_a_word_are_taken_from_nobody(siege):
    fake = siege.fake
    for user, told in ((siege.ada, texts.NOT_TEXT), (siege.eve, None), (siege.mallory, None)):
        chat = fake.private(user)
        await siege.is_refused(
            fake.hands(chat, user, "evil.txt", article(20)), told=told, noted=False
        )
        parts = [fake.hands(chat, user, f"e{n}.txt", article(20 + n), album="e") for n in range(3)]
        await siege.is_refused(*parts, noted=False)
    alone = fake.hands(siege.room.desk, siege.room.boss, "evil.txt", article(20))
    await siege.is_refused(alone, told=texts.ADD_HINT, noted=False)


async def test_in_a_group_nobody_is_heard_whatever_they_are_there(siege):
    fake, group = siege.fake, siege.group
    for text in words(siege, "@dateline_bot"):
        await siege.is_refused(fake.says(group, siege.ada, text), told=texts.NOT_YOURS)
        for way in ({"anonymous": True}, {"sender_chat": siege.news}):
            update = fake.says(group, None, text, **way)
            await siege.is_refused(update, told=texts.WHO_ARE_YOU)
        mute = [fake.says(group, user, text) for user in (siege.eve, siege.mallory, siege.helper)]
        automatic = fake.says(group, None, text, sender_chat=siege.news, is_automatic_forward=True)
        await siege.is_refused(*mute, automatic, noted=False)
    unnamed = [fake.says(group, siege.ada, text) for text in words(siege)]
    await siege.is_refused(*unnamed, noted=False)


async def test_a_channel_and_a_chat_that_the_bot_is_not_in_may_nothing(siege):
    fake = siege.fake
    for text in words(siege):
        await siege.is_refused(fake.posts(siege.news, text))
        await siege.is_refused(
            fake.mentions_as_guest(fake.private(siege.helper), siege.ada, f"{text} @dateline_bot"),
            noted=False,
        )
        asked = fake.asks_inline(siege.room.boss, text)
        await siege.is_refused(asked, noted=False)


async def test_an_admin_is_not_heard_where_others_put_the_words_into_their_mouth(siege):
    fake, room = siege.fake, siege.room
    for text in words(siege):
        passed_on = [
            fake.says(room.desk, room.boss, text, forwarded_from=siege.ada),
            fake.says(room.desk, room.boss, text, via_bot=siege.helper),
            hidden(fake.says(room.desk, room.boss, text)),
            hidden(fake.hands(room.desk, room.boss, "evil.txt", article(20), caption=text)),
        ]
        await siege.is_refused(*passed_on, told=texts.NOT_YOUR_WORD)
        edited = fake.says(room.desk, room.boss, "!")["message"]
        await siege.is_refused(fake.edits(edited, text), noted=False)
        old = fake.says(room.desk, room.boss, text, date=fake.now - 3_600)
        await room.talk.feed(old)
        assert fake.last(room.desk).text == texts.MISSED_WHILE_AWAY
        assert siege.stands() == siege.before
        post = fake.posts(siege.news, "!")["channel_post"]
        await siege.is_refused(fake.edits(post, text), noted=False)
    own = fake.says(room.desk, room.boss, "/whoami", forwarded_from=room.boss)
    assert str(BOSS) in (await room.settled(own)).text
    assert (await room.says("/status", forwarded_from=room.boss)).text.startswith("Dateline")


def hidden(update):
    """The same, as forwarded from somebody who does not want to be named."""
    message = update["message"]
    message["forward_origin"] = {"type": "hidden_user", "date": 0, "sender_user_name": "Someone"}
    return update


async def test_of_all_who_press_buttons_only_the_admin_is_heard(siege):
    fake = siege.fake
    anywhere = fake.says(siege.group, siege.ada, "/ask@dateline_bot Where did it rain?")
    await siege.gets(anywhere)
    answers = [siege.question, fake.last(siege.group)]
    anonymous = {**ANONYMOUS_ADMIN, "is_bot": True}
    for data in siege.buttons:
        for shown in answers:
            for user in (siege.ada, siege.helper, anonymous, CHANNEL_BOT):
                press = fake.presses(shown, data, user, forged=True)
                await siege.is_refused(press)
                assert answer_to(fake, press) == texts.NOT_YOURS
            for user in (siege.eve, siege.mallory):
                press = fake.presses(shown, data, user, forged=True)
                await siege.is_refused(press, noted=False)
                assert not answer_to(fake, press)
        press = fake.presses(answers[1], data, siege.room.boss, forged=True)
        await siege.is_refused(press, noted=False)
        assert answer_to(fake, press) == texts.IN_PRIVATE_ONLY
    told = await siege.room.presses(siege.question, texts.REMOVE_YES)
    assert told.text.startswith(texts.REMOVED)


def answer_to(fake, press):
    (answer,) = fake.queries.known[press["callback_query"]["id"]].answers
    return answer.get("text")


async def test_who_is_no_admin_any_more_confirms_nothing(siege):
    services = siege.app.services
    access = services.config.access.model_copy(update={"admins": (MALLORY,)})
    await services.change(services.config.model_copy(update={"access": access}))
    for data in siege.buttons:
        press = siege.fake.presses(siege.question, data, siege.room.boss, forged=True)
        await siege.is_refused(press)
        assert answer_to(siege.fake, press) == texts.NOT_YOURS
    for text in words(siege):
        update = siege.fake.says(siege.room.desk, siege.room.boss, text)
        await siege.is_refused(update, told=texts.NOT_YOURS)


async def test_each_command_of_an_admin_stands_in_the_audit_log(siege):
    for text in words(siege):
        audited = len(await siege.audits())
        await siege.room.says(text)
        for _ in range(1_000):
            lines = await siege.audits()
            if len(lines) > audited:
                break
        (line,) = lines[: len(lines) - audited]
        assert (line.who, line.act) == (str(BOSS), text[1:].split()[0])
        assert line.result.value in {"done", "nothing", "failed"}
        if line.act == "reload":
            siege.before = siege.stands()
    group = siege.fake.says(siege.group, siege.room.boss, "/misses@dateline_bot")
    await siege.gets(group)
    assert siege.fake.last(siege.group).text == texts.IN_PRIVATE_ONLY
    assert (await siege.audits())[0].act == "misses"
