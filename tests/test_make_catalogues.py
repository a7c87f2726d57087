"""What `make catalogues` does with sentences that stay, change, come and go."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tools.catalogues import sentences, updated

BEFORE = '_("I read {count} papers.")\n_("It is gone.")\n_n("one day", "{count} days")\n'
AFTER = '_("I read {count} newspapers.")\n_("Hello!")\n_n("one day", "{count} days")\n'
DAYS = ("{count} день", "{count} дня", "{count} дней")

Marked = Callable[[str], Catalog]


@pytest.fixture
def old() -> Catalog:
    catalogue = Catalog(locale="ru")
    catalogue.add("I read {count} papers.", "Газет: {count}.", user_comments=["Look!"])
    catalogue.add("It is gone.", "Этого нет.")
    catalogue.add(("one day", "{count} days"), DAYS)
    return catalogue


@pytest.fixture
def marked(tmp_path: Path) -> Marked:
    def extract(source: str) -> Catalog:
        file = tmp_path / "texts.py"
        file.write_text(source)
        return sentences(file)

    return extract


def parse(text: str) -> Catalog:
    return read_po(io.BytesIO(text.encode()), locale="ru")


def test_what_has_not_changed_stays(old, marked):
    catalogue = parse(updated(old, marked(BEFORE)))
    said = [message.string for message in catalogue if message.id]
    assert said == ["Газет: {count}.", "Этого нет.", DAYS]
    assert catalogue["I read {count} papers."].user_comments == ["Look!"]


def test_what_has_changed_is_to_be_looked_at(old, marked):
    catalogue = parse(updated(old, marked(AFTER)))
    assert "It is gone." not in catalogue
    assert not catalogue.obsolete
    assert catalogue["Hello!"].string == ""
    changed = catalogue["I read {count} newspapers."]
    assert changed.fuzzy
    assert changed.string == "Газет: {count}."
    assert not catalogue[("one day", "{count} days")].fuzzy


def test_a_second_time_changes_nothing(old, marked):
    once = updated(old, marked(AFTER))
    assert updated(parse(once), marked(AFTER)) == once


def test_a_new_language_begins_empty(marked):
    text = updated(Catalog(locale="ar"), marked(BEFORE))
    assert text.startswith('msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Plural-Forms: nplurals=6')
    assert text.count("msgstr[") == 6
    assert "EMAIL" not in text
