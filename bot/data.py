"""An answer as data: the JSON that `python -m bot ask --json` prints, an interface others build on."""

import json
from datetime import date

from retrieval.types import Answer, Excerpt

SCORE_DIGITS = 6


def to_json(answer: Answer) -> str:
    """One answer as one line of JSON; its keys are described in `docs/json.md`."""
    return json.dumps(
        {
            "question": answer.question,
            "outcome": answer.outcome.value,
            "answered": answer.answered,
            "confidence": round(answer.confidence, SCORE_DIGITS),
            "why": answer.why.value if answer.why is not None else None,
            "total": answer.total,
            "suggestion": answer.suggestion,
            "missing": list(answer.missing),
            "dates": {"after": _day(answer.bounds.after), "before": _day(answer.bounds.before)},
            "dropped": {
                "after": _day(answer.dropped.after),
                "before": _day(answer.dropped.before),
            },
            "unreadable": list(answer.unreadable),
            "excerpts": [_excerpt(excerpt) for excerpt in answer.excerpts],
            "milliseconds": round(answer.milliseconds, 3),
        },
        ensure_ascii=False,
    )


def _excerpt(excerpt: Excerpt) -> dict[str, object]:
    source = excerpt.source
    return {
        "article": source.id,
        "title": source.heading,
        "date": source.date.isoformat(),
        "url": source.url,
        "passage": excerpt.passage,
        "text": excerpt.text,
        "highlights": [[span.start, span.end] for span in excerpt.highlights],
        "days": [
            [found.start, found.end, found.first.isoformat()]
            for found in excerpt.resolved
            if found.first == found.last
        ],
        "periods": [
            [found.start, found.end, found.first.isoformat(), found.last.isoformat()]
            for found in excerpt.resolved
            if found.first != found.last
        ],
        "also": [
            {
                "article": other.id,
                "title": other.heading,
                "date": other.date.isoformat(),
                "url": other.url,
            }
            for other in excerpt.also
        ],
        "score": round(excerpt.score, SCORE_DIGITS),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
