"""Answers of a history as item statistics take them: whatever stands in the history, within bounds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from course.characters import in_one_line
from course.history import Event
from quiz.items.response import Response
from quiz.questions import Answer

LONGEST_ANSWER = 200
"""Characters of one of its parts; what is cut off nobody would read in a table."""
MOST_PARTS = 50
LONGEST_ID = 200
MOST = 1000
"""Hints and tries beyond which nobody counts."""
LARGEST = 2**32 - 1
"""Of a seed or a revision."""
DAY_S = 86_400.0
CONFIDENCE = ("guess", "unsure", "sure")


def responses(learner: str, events: Iterable[Event]) -> Iterator[Response]:
    """Yield a learner's answers; what does not say whether it is right is left out."""
    for event in events:
        correct = event.data.get("correct")
        if event.kind == "answered" and isinstance(correct, bool) and 0 < len(event.subject) <= LONGEST_ID:
            sure = event.text("confidence")
            yield Response(
                item=event.subject,
                learner=learner,
                revision=min(event.whole("revision"), LARGEST),
                seed=min(event.whole("seed"), LARGEST) if "seed" in event.data else None,
                correct=correct,
                answer=_answer(event.data.get("answer")),
                hints=min(event.whole("hints"), MOST),
                tries=max(min(event.whole("tries"), MOST), 1),
                seconds=_seconds(event.data.get("seconds")),
                confidence=sure if sure in CONFIDENCE else "",
                at=event.at,
            )


def _answer(value: object) -> Answer | None:
    """Return an answer whose parts are short texts in one line; None for what is none."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple) and len(value) <= MOST_PARTS and all(isinstance(each, str) for each in value):
        return tuple(map(_text, value))
    if isinstance(value, Mapping) and len(value) <= MOST_PARTS:
        pairs = [(key, each) for key, each in value.items() if isinstance(key, str) and isinstance(each, str)]
        return {_text(key): _text(each) for key, each in pairs} if len(pairs) == len(value) else None
    return None


def _text(value: str) -> str:
    return in_one_line(value[:LONGEST_ANSWER])


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= DAY_S:
        return None
    return None if math.isnan(value) else float(value)
