"""What can be made to count no longer, and what that is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.history import Event
    from course.ports import Catalog

EVERYTHING = "all"
_OF_KINDS = {
    "answered": "question",
    "predicted": "prediction",
    "prediction-saved": "prediction",
    "recalled": "term",
    "lab-graded": "lab",
    "lab-run": "lab",
    "lab-predicted": "lab",
    "plan-saved": "lab",
    "incident-begun": "incident",
    "incident-graded": "incident",
    "lesson-step": "lesson",
}
_WORDS = {
    "question": "What you answered to question {id}",
    "prediction": "What you predicted of {id}",
    "term": "What you knew of {id}",
    "lesson": "The pages, the answers and the predictions of {title}",
    "lab": "The attempts at {title}",
    "incident": "The shifts of {title}",
}


def known(catalog: Catalog, events: Iterable[Event]) -> tuple[str, ...]:
    """Return all that a reset can name: what the course has, and what the history tells of."""
    return tuple(dict.fromkeys((EVERYTHING, *_of_course(catalog), *named_in(events))))


def told(catalog: Catalog, what: str) -> str:
    """Return what would be forgotten, as the beginning of a sentence."""
    if what == EVERYTHING:
        return "Everything that you did, but for what you prefer, such as colours,"
    kind, _, id = what.partition(":")
    outline = catalog.outline
    titles = {topic.id: topic.title for topic in outline.topics} if kind == "lesson" else {}
    title = outline.title_of("lab" if kind == "lab" else "incident", id) if kind in ("lab", "incident") else id
    return _WORDS[kind].format(id=id, title=titles.get(id, title))


def _of_course(catalog: Catalog) -> Iterator[str]:
    for topic in catalog.outline.topics:
        yield f"lesson:{topic.id}"
        yield from (f"prediction:{id}" for id in topic.predictions)
        yield from (f"lab:{id}" for id in topic.labs)
        yield from (f"incident:{id}" for id in topic.incidents)
    yield from (f"question:{card.id}" for card in catalog.question_cards())
    yield from (f"term:{term.id}" for term in catalog.terms())


def named_in(events: Iterable[Event]) -> Iterator[str]:
    """Yield the name of what each event was done with, such as `question:canary-order`."""
    for event in events:
        kind = _OF_KINDS.get(event.kind)
        if kind and event.subject:
            yield f"{kind}:{event.subject}"
