"""The fake refuses what Telegram refuses, in Telegram's words."""

import json
from typing import Any

import pytest
from fake_telegram import Chat, FakeClock, FakeTelegram, Upload
from fake_telegram.trying import keyboard, refusal, send

LONG = "x" * 4097
UNALLOWED = "Text buttons are unallowed in the inline keyboard"
BUTTON = {"text": "More", "callback_data": "more"}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake(clock: FakeClock) -> FakeTelegram:
    return FakeTelegram(clock=clock)


@pytest.fixture
def ada(fake: FakeTelegram) -> dict[str, Any]:
    return fake.user("Ada")


@pytest.fixture
def chat(fake: FakeTelegram, ada: dict[str, Any]) -> Chat:
    return fake.private(ada)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "\u200b\u2060"}, "text must be non-empty"),
        ({"text": LONG}, "message is too long"),
        ({"text": "🚀" * 2049}, "message is too long"),
        ({"text": "x" * 33_000}, "text is too long"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": "77"}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        (
            {"parse_mode": "HTML"},
            "parse_mode 'HTML' refused by fake_telegram: send entities instead",
        ),
        ({"message_thread_id": "5"}, "message thread not found"),
        ({"reply_parameters": '{"message_id": 99}'}, "message to be replied not found"),
        ({"reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        (
            {"reply_markup": keyboard([{**BUTTON, "callback_data": "é" * 33}])},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"reply_markup": keyboard([{"text": "More"}])},
            f"can't parse inline keyboard button: {UNALLOWED}",
        ),
        (
            {"reply_markup": keyboard([{"text": "a", "url": "nonsense"}])},
            "inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL",
        ),
        ({"reply_markup": keyboard(*[[BUTTON]] * 101)}, "reply markup is too long"),
        (
            {"reply_markup": keyboard(["More"])},
            "can't parse inline keyboard button: expected an Object",
        ),
        (
            {"reply_markup": keyboard([{**BUTTON, "text": ""}])},
            'can\'t parse inline keyboard button: field "text" must be a non-empty String',
        ),
        (
            {"reply_markup": keyboard([{"text": "a", "copy_text": {"text": "x" * 257}}])},
            "BUTTON_COPY_TEXT_INVALID",
        ),
        ({"reply_markup": "[]"}, "object expected as reply markup"),
    ],
)
def test_messages_that_are_refused(fake, chat, params, said):
    whole = {"chat_id": str(chat.id), "text": "hello"} | params
    assert refusal(fake, "sendMessage", **whole) == f"400 Bad Request: {said}"
    assert fake.sent(chat) == []


def test_messages_at_the_limit_pass(fake, chat):
    send(fake, chat, text=f"  {'🚀' * 2048}\n")
    send(fake, chat, reply_markup=keyboard(*[[BUTTON] * 10] * 10))
    send(fake, chat, reply_markup=keyboard([{**BUTTON, "callback_data": "x" * 64}]))
    assert fake.warnings == ["10 buttons in a row, 8 are shown"] * 10


def test_a_missing_reply_target_may_be_allowed(fake, chat):
    reply = '{"message_id": 99, "allow_sending_without_reply": true}'
    assert "reply_to_message" not in send(fake, chat, reply_parameters=reply)


def test_the_quote_must_be_in_the_message(fake, chat, ada):
    asked = fake.says(chat, ada, "when did it begin?")["message"]["message_id"]
    good = {"message_id": asked, "quote": "did it"}
    send(fake, chat, reply_parameters=json.dumps(good))
    bad = json.dumps({**good, "quote": "never"})
    said = refusal(fake, "sendMessage", chat_id=chat.id, text="x", reply_parameters=bad)
    assert said == "400 Bad Request: QUOTE_TEXT_INVALID"


def test_private_chats(fake, ada, chat):
    fake.blocks(ada)
    call = {"chat_id": chat.id, "text": "x"}
    assert refusal(fake, "sendMessage", **call) == "403 Forbidden: bot was blocked by the user"
    fake.unblocks(ada)
    send(fake, chat)
    stranger = fake.private(fake.user("Bob"), started=False)
    said = refusal(fake, "sendMessage", chat_id=stranger.id, text="x")
    assert said == "403 Forbidden: bot can't initiate conversation with a user"
    robot = fake.private(fake.user("Robot", is_bot=True))
    said = refusal(fake, "sendMessage", chat_id=robot.id, text="x")
    assert said == "403 Forbidden: bot can't send messages to bots"


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_groups_and_channels(fake, ada, kind):
    chat = getattr(fake, kind)()
    call = {"chat_id": chat.id, "text": "x"}
    fake.removes(chat, ada)
    said = f"403 Forbidden: bot is not a member of the {kind} chat"
    assert refusal(fake, "sendMessage", **call) == said
    assert refusal(fake, "leaveChat", chat_id=chat.id) == said
    fake.kicks(chat, ada)
    said = f"403 Forbidden: bot was kicked from the {kind} chat"
    assert refusal(fake, "sendMessage", **call) == said
    fake.adds(chat, ada)
    chat.can_send = False
    said = "not enough rights to send text messages to the chat"
    if kind == "channel":
        said = "need administrator rights in the channel chat"
    assert refusal(fake, "sendMessage", **call) == f"400 Bad Request: {said}"


def test_migration_names_the_new_chat(fake, ada):
    group = fake.group()
    fake.joins(group, ada, "creator")
    old = send(fake, group)
    new, (left, came) = fake.migrates(group)
    assert left["message"]["migrate_to_chat_id"] == new.id
    assert came["message"]["migrate_from_chat_id"] == group.id
    status, body = fake.handle("sendMessage", {"chat_id": group.id, "text": "x"})
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new.id})
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    edit = {"chat_id": group.id, "message_id": old["message_id"], "text": "y"}
    assert refusal(fake, "editMessageText", **edit) == "400 Bad Request: message can't be edited"
    send(fake, new)


def test_topics(fake, ada):
    forum = fake.supergroup(forum=True)
    topic = fake.topic(forum, "Sport")
    assert send(fake, forum, message_thread_id=topic)["is_topic_message"]
    assert "message_thread_id" not in send(fake, forum)
    call = {"chat_id": forum.id, "text": "x"}
    said = "400 Bad Request: message thread not found"
    assert refusal(fake, "sendMessage", **call, message_thread_id=1) == said
    action = {"chat_id": forum.id, "action": "typing"}
    assert refusal(fake, "sendChatAction", **action, message_thread_id=topic + 1) == said
    forum.topics[topic].closed = True
    said = "400 Bad Request: TOPIC_CLOSED"
    assert refusal(fake, "sendMessage", **call, message_thread_id=topic) == said


def test_edits(fake, ada, chat, clock):
    sent = send(fake, chat, reply_markup=keyboard([BUTTON]))
    call = {"chat_id": chat.id, "message_id": sent["message_id"]}
    same = {**call, "text": "hello\n", "reply_markup": keyboard([BUTTON])}
    assert refusal(fake, "editMessageText", **same).startswith(
        "400 Bad Request: message is not modified: specified new message content and reply markup"
    )
    said = refusal(fake, "editMessageReplyMarkup", **call, reply_markup=keyboard([BUTTON]))
    assert "message is not modified" in said
    assert fake.handle("editMessageText", {**call, "text": "hello"})[0] == 200
    asked = fake.says(chat, ada, "question")["message"]
    theirs = {"chat_id": chat.id, "message_id": asked["message_id"], "text": "mine"}
    assert refusal(fake, "editMessageText", **theirs) == "400 Bad Request: message can't be edited"
    gone = {"chat_id": chat.id, "message_id": 999, "text": "x"}
    assert refusal(fake, "editMessageText", **gone) == "400 Bad Request: message to edit not found"
    said = refusal(fake, "editMessageText", chat_id=chat.id, text="x")
    assert said == "400 Bad Request: message identifier is not specified"
    said = refusal(fake, "editMessageText", inline_message_id="no", text="x")
    assert said == "400 Bad Request: MESSAGE_ID_INVALID"


def test_deleting(fake, ada, chat, clock):
    gone = refusal(fake, "deleteMessage", chat_id=chat.id, message_id=999)
    assert gone == "400 Bad Request: message to delete not found"
    sent = send(fake, chat)
    clock.advance(48 * 3600 + 1)
    said = refusal(fake, "deleteMessage", chat_id=chat.id, message_id=sent["message_id"])
    assert said == "400 Bad Request: message can't be deleted"
    group = fake.supergroup()
    theirs = fake.says(group, ada, "/ask")["message"]["message_id"]
    said = refusal(fake, "deleteMessage", chat_id=group.id, message_id=theirs)
    assert said == "400 Bad Request: message can't be deleted"
    fake.promotes(group, ada)
    assert fake.handle("deleteMessage", {"chat_id": group.id, "message_id": theirs})[0] == 200


def test_a_document(fake, chat):
    document = Upload("a.csv", b"1,2")
    call = {"chat_id": chat.id, "document": document}
    said = refusal(fake, "sendDocument", **call, caption="x" * 1025)
    assert said == "400 Bad Request: message caption is too long"
    empty = {"chat_id": chat.id, "document": Upload("a.csv", b"")}
    assert refusal(fake, "sendDocument", **empty) == "400 Bad Request: file must be non-empty"
    bold = [{"type": "bold", "offset": 0, "length": 1}]
    attached = {"chat_id": chat.id, "document": "attach://f", "f": document, "caption": "x"}
    status, _ = fake.handle("sendDocument", {**attached, "caption_entities": bold})
    assert status == 200
    assert fake.last(chat).markup == "**x**"
    edit = {"chat_id": chat.id, "message_id": fake.last(chat).id, "text": "y"}
    said = refusal(fake, "editMessageText", **edit)
    assert said == "400 Bad Request: there is no text in the message to edit"


@pytest.mark.parametrize(
    ("reactions", "said"),
    [
        ([{"type": "emoji", "emoji": "x"}], "REACTION_INVALID"),
        (
            [{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👎"}],
            "REACTIONS_TOO_MANY",
        ),
    ],
)
def test_reactions(fake, chat, reactions, said):
    sent = send(fake, chat)
    call = {"chat_id": chat.id, "message_id": sent["message_id"], "reaction": reactions}
    assert refusal(fake, "setMessageReaction", **call) == f"400 Bad Request: {said}"
