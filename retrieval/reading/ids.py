"""Turns the ids that files give, and the files' names, into ids that are unique in a corpus."""

from dataclasses import dataclass
from typing import Protocol

from retrieval.errors import ArticleError
from retrieval.reading.fields import Field
from retrieval.reading.wording import quoted


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands.

    Args:
        name: what to call the place to a person.
        short: the id that the file's name gives.
        long: the id that its whole path gives, for when another file has the short one.
        line: the line, when the file has an article on each.
    """

    name: str
    short: str
    long: str
    line: int | None = None


class Holders(Protocol):
    """Who holds which id."""

    def get(self, identity: str, /) -> Place | None:
        """The place of the article that has an id, None where it is free."""

    def __setitem__(self, identity: str, place: Place, /) -> None:
        """Give an id to the article of a place."""


class Ids:
    """The ids taken so far, and by whom.

    Args:
        holders: who has taken one; nobody, unless given.
    """

    def __init__(self, holders: Holders | None = None) -> None:
        self._holders: Holders = {} if holders is None else holders

    def claim(self, given: Field | None, place: Place) -> str:
        """An id that is now this article's.

        Args:
            given: the id that the file itself gives; it is never changed.
            place: where the article stands.

        Raises:
            ArticleError: another article has the id.
        """
        chosen = given.value if given else place.short
        holder = self._holders.get(chosen)
        # Two files of one folder that differ in their endings alone are one article, saved twice.
        if given is None and holder is not None and holder.long != place.long:
            chosen = place.long
            holder = self._holders.get(chosen)
        if holder is not None:
            reason = f"the id {quoted(chosen)} was seen before, in {holder.name}; "
            remedy = "give it another" if given else "rename the file or give it another"
            raise ArticleError(reason + remedy, given.line if given else place.line)
        self._holders[chosen] = place
        return chosen
