"""What was done, in the words that a learner would use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from course.history import Event, EventKind

_WORDS: dict[EventKind, str] = {
    "answered": "answer",
    "recalled": "answer",
    "exam-answered": "answer",
    "exam-noted": "note",
    "exam-ended": "exam",
    "exam-judged": "verdict",
    "marked": "mark",
    "noted": "note",
    "predicted": "prediction",
    "prediction-saved": "draft",
    "lab-run": "run",
    "lab-predicted": "prediction",
    "lab-graded": "grade",
    "plan-saved": "draft",
    "incident-begun": "shift",
    "incident-graded": "verdict",
    "preferred": "preference",
}
"""What the learner would call it; all the rest are steps."""


def listed(events: Sequence[Event]) -> str:
    """Return what it is and how much of it: `2 answers, 1 grade`."""
    counts = Counter(_WORDS.get(event.kind, "step") for event in events)
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.items())
