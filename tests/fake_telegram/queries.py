"""Button presses, inline queries and guest questions: each can be answered for a while."""

from __future__ import annotations

from dataclasses import dataclass, field

from .errors import QUERY_TOO_OLD, bad_request
from .types import Clock, Json

LIFETIMES = {"callback": 30.0, "inline": 10.0, "guest": 30.0}


@dataclass(slots=True)
class Query:
    """One question to the bot, and what it answered."""

    id: str
    kind: str
    asked_at: float
    payload: Json
    answers: list[Json] = field(default_factory=list)


class Queries:
    """All queries ever asked, by id."""

    def __init__(self, clock: Clock):
        self.clock = clock
        self.lifetimes = dict(LIFETIMES)
        self.known: dict[str, Query] = {}

    def ask(self, kind: str, payload: Json) -> Query:
        """Remember a new query and give it its id."""
        number = str(4_000_000_000_000_000_000 + len(self.known) + 1)
        query = Query(number, kind, self.clock(), payload)
        self.known[number] = query
        return query

    def find(self, kind: str, number: str) -> Query:
        """The query to answer, unless it is unknown, too old or answered already."""
        query = self.known.get(number)
        if query is None or query.kind != kind:
            raise bad_request(QUERY_TOO_OLD)
        if query.answers:
            raise bad_request(QUERY_TOO_OLD)
        if self.clock() - query.asked_at > self.lifetimes[kind]:
            raise bad_request(QUERY_TOO_OLD)
        return query

    def unanswered(self, kind: str = "callback") -> list[Query]:
        """Queries that nobody answered: a button that spins for ever."""
        return [one for one in self.known.values() if one.kind == kind and not one.answers]
