"""The users' side, part three: pressed buttons, inline queries, guest questions."""

from __future__ import annotations

from . import found
from .chats import Chat
from .messages import Message
from .speaking import Speaking
from .threads import as_shown, place
from .types import Json


class Asking(Speaking):
    """What reaches the bot as a query that it must answer."""

    def presses(
        self,
        message: Json | str,
        data: str,
        user: Json,
        *,
        forged: bool = False,
        inaccessible: bool = False,
    ) -> Json:
        """A user presses the button that carries this data, or says this.

        Args:
            message: The bot's message, or the inline_message_id of an inline message.
            data: The callback data or the label of the button.
            user: Who presses.
            forged: Send this data though no such button is there (old or hostile clients).
            inaccessible: Telegram no longer shows the bot the message (too old, or deleted).
        """
        inline = isinstance(message, str)
        shown = self.inline_messages[message] if isinstance(message, str) else Message(message)
        if not forged:
            data = _data_of(shown, data)
        payload: Json = {"from": user, "chat_instance": "-8310420650000000000", "data": data}
        if inline:
            payload["inline_message_id"] = message
        elif inaccessible:
            payload["message"] = {"chat": shown["chat"], "message_id": shown.id, "date": 0}
        else:
            chat = self.chat(shown["chat"]["id"])
            payload["message"] = as_shown(chat, chat.messages.get(shown.id, shown))
        query = self.queries.ask("callback", payload)
        payload["id"] = query.id
        return self.updates.make("callback_query", payload)

    def asks_inline(
        self, user: Json, query: str, offset: str = "", *, chat_type: str = "sender"
    ) -> Json:
        """A user types `@bot query` in some chat."""
        if len(query) > 256:
            raise ValueError("clients send no inline query longer than 256 characters")
        payload: Json = {"from": user, "query": query, "offset": offset, "chat_type": chat_type}
        asked = self.queries.ask("inline", payload)
        payload["id"] = asked.id
        return self.updates.make("inline_query", payload)

    def picks(self, asked: Json, result_id: str, chat: Chat) -> Json:
        """The user picks an inline result: it is posted via the bot, which hears of the choice.

        The chosen_inline_result carries an inline_message_id when the result has a keyboard.
        """
        query = self.queries.known[asked["inline_query"]["id"]]
        results = [one for answer in query.answers for one in answer["results"]]
        result = next(one for one in results if one["id"] == result_id)
        user = query.payload["from"]
        message = self.post(chat, {"from": user, "via_bot": self.me, **_content(result)})
        chosen: Json = {"result_id": result_id, "from": user, "query": query.payload["query"]}
        if "reply_markup" in result:
            chosen["inline_message_id"] = self.new_inline(message)
        return self.updates.make("chosen_inline_result", chosen)

    def mentions_as_guest(
        self, chat: Chat, user: Json, text: str, *, reply_to: Json | None = None
    ) -> Json:
        """A user mentions the bot in a chat where it is no member: a guest_message."""
        content: Json = {"from": user, "text": text}
        marks = found.find(text)
        if marks:
            content["entities"] = marks
        message = self.post(chat, content)
        replied = chat.messages.get(reply_to["message_id"]) if reply_to else None
        place(chat, message, replied, None)
        asked = self.queries.ask("guest", message)
        return self.updates.make("guest_message", {**message, "guest_query_id": asked.id})

    def new_inline(self, message: Message) -> str:
        """Give a message an inline_message_id, by which alone the bot may edit it."""
        number = f"AQAAAFake{self.new_id():08d}inline"
        self.inline_messages[number] = message
        return number


def _data_of(message: Message, wanted: str) -> str:
    for button in message.buttons:
        if wanted in {button.get("callback_data"), button["text"]}:
            return str(button["callback_data"])
    raise LookupError(f"no button {wanted!r} under the message, only {message.buttons}")


def _content(result: Json) -> Json:
    content = {"text": result.get("input_message_content", {}).get("message_text", "")}
    for name, source in (("entities", "input_message_content"), ("reply_markup", None)):
        value = (result.get(source, {}) if source else result).get(name)
        if value:
            content[name] = value
    return content
