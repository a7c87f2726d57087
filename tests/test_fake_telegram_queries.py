"""Queries and the lesser methods are refused in Telegram's words, too."""

import json
from typing import Any

import pytest
from fake_telegram import Chat, FakeClock, FakeTelegram
from fake_telegram.trying import keyboard, refusal, send

LONG = "x" * 4097
UNSUPPORTED = 'type "poem" is unsupported for the inline query result'
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


def test_callback_queries_expire_and_are_answered_once(fake, ada, chat, clock):
    sent = send(fake, chat, reply_markup=keyboard([BUTTON]))
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert refusal(fake, "answerCallbackQuery", callback_query_id="5") == old
    first = fake.presses(sent, "More", ada)["callback_query"]["id"]
    said = refusal(fake, "answerCallbackQuery", callback_query_id=first, text="x" * 201)
    assert said == "400 Bad Request: MESSAGE_TOO_LONG"
    assert fake.handle("answerCallbackQuery", {"callback_query_id": first})[0] == 200
    assert refusal(fake, "answerCallbackQuery", callback_query_id=first) == old
    second = fake.presses(sent, "more", ada)["callback_query"]["id"]
    clock.advance(60)
    assert refusal(fake, "answerCallbackQuery", callback_query_id=second) == old
    with pytest.raises(AssertionError, match="without an answer"):
        fake.check()


def article(number: str, text: str = "x", **more: Any) -> dict[str, Any]:
    content = {"message_text": text}
    return {
        "type": "article",
        "id": number,
        "title": "t",
        "input_message_content": content,
        **more,
    }


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([article(str(n)) for n in range(51)], "too many inline query results specified"),
        ([article("a"), article("a")], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("é" * 33)], "RESULT_ID_INVALID"),
        ([article("a", LONG)], "message is too long"),
        ([article("a", "")], "can't parse inline query result: Message text is empty"),
        (
            [article("a", title="")],
            "can't parse inline query result: Can't find field \"title\"",
        ),
        (
            [article("a", type="poem")],
            f"can't parse inline query result: {UNSUPPORTED}",
        ),
    ],
)
def test_inline_answers(fake, ada, results, said):
    asked = fake.asks_inline(ada, "q")["inline_query"]["id"]
    call = {"inline_query_id": asked, "results": json.dumps(results)}
    assert refusal(fake, "answerInlineQuery", **call) == f"400 Bad Request: {said}"


def test_inline_queries_expire(fake, ada, clock):
    asked = fake.asks_inline(ada, "q")["inline_query"]["id"]
    call = {"inline_query_id": asked, "results": "[]"}
    said = refusal(fake, "answerInlineQuery", **call, next_offset="x" * 65)
    assert said == "400 Bad Request: NEXT_OFFSET_INVALID"
    clock.advance(11)
    assert "query is too old" in refusal(fake, "answerInlineQuery", **call)


@pytest.mark.parametrize(
    ("method", "params", "said"),
    [
        ("sendChatAction", {"action": "sing"}, "wrong parameter action in request"),
        ("setMessageReaction", {"message_id": 9}, "message to react not found"),
        ("getChatMember", {"user_id": 5}, "PARTICIPANT_ID_INVALID"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("sendDocument", {}, "wrong file identifier/HTTP URL specified"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        ("setMyCommands", {"commands": '[{"command": "Ask!"}]'}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": "{}"}, "expected an Array of BotCommand"),
        (
            "setMyCommands",
            {"commands": "[]", "scope": '{"type": "x"}'},
            "unsupported type specified",
        ),
        ("setMyCommands", {"commands": json.dumps([{}] * 101)}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": '[{"command": "ask"}]'}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("getMyCommands", {"language_code": "eng"}, "invalid language code specified"),
        ("setMyDescription", {"description": "x" * 513}, "BOT_DESCRIPTION_INVALID"),
        (
            "setWebhook",
            {"url": "http://a.org"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
    ],
)
def test_other_methods(fake, chat, method, params, said):
    assert refusal(fake, method, chat_id=chat.id, **params) == f"400 Bad Request: {said}"
