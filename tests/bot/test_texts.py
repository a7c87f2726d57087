"""The sentences of `bot/texts.py` against the code that says them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bot
from bot import texts
from tools.catalogues import sentences

BOT = Path(bot.__file__).parent
MARKERS = {"_", "_n"}

SPEAKING = {
    "tell", "notice", "plain", "reply", "reply_text", "send_message", "write",
    "InlineKeyboardButton", "InlineQueryResultsButton", "BotCommand",
}  # fmt: skip
"""What puts a text before readers."""


def code() -> Iterator[tuple[Path, ast.AST]]:
    for file in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield file, node


def marked_names() -> set[str]:
    """The names that `bot/texts.py` gives to marked sentences."""
    return {
        target.id
        for file, node in code()
        if file == Path(texts.__file__)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if isinstance(node.value.func, ast.Name) and node.value.func.id in MARKERS
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def test_every_marked_sentence_is_extracted():
    said = {getattr(texts, name) for name in marked_names()}
    assert said
    assert {message.id for message in sentences() if message.id} == {
        tuple(sentence) if isinstance(sentence, texts.Plural) else sentence for sentence in said
    }


def test_every_sentence_is_said_somewhere():
    said = set()
    for file, node in code():
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            said |= {node.attr} if node.value.id == "texts" else set()
        elif file == Path(texts.__file__) and isinstance(node, ast.Name):
            said |= {node.id} if isinstance(node.ctx, ast.Load) else set()
    assert marked_names() - said == set()


def test_nothing_is_said_to_readers_but_sentences_of_the_catalogues():
    calls = [
        (file, node)
        for file, node in code()
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in SPEAKING
    ]
    assert len(calls) > 20
    literal = [
        f"{file.name}:{part.lineno}: {part.value}"
        for file, call in calls
        for argument in call.args
        for part in (argument.values if isinstance(argument, ast.JoinedStr) else [argument])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
        if re.search("[a-z]{2}", part.value)
    ]
    assert literal == []
