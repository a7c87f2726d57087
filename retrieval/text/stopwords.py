"""Words too common to tell one passage from another, by language."""

from functools import cache

_ENGLISH = """
a about above after again all also am an and any are aren't as at be because been before being below between both
but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for from further
had hadn't has hasn't have haven't having he her here hers herself him himself his how i if in into is isn't it it's
its itself just let's me more most my myself nor of off on once only or other our ours ourselves out over own same
she should so some such than that that's the their theirs them themselves then there there's these they this those
through to too under until up upon us very was wasn't we were weren't what what's when where which while who whom
whose why will with won't would wouldn't you your yours yourself yourselves did do does tell many much often long
"""


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language in one case; empty for a language without a list."""
    return frozenset(_ENGLISH.split()) if language == "en" else frozenset()
