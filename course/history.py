"""What the learner did, as events.

History is the truth: events are only ever appended, and everything else follows from them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

EventKind = Literal[
    "lesson-step",  # subject: lesson; data: {step: index, of: steps, revision},
    # and {steps: [mark]}, see course.steps, where they are others than the time before
    "lesson-finished",  # subject: lesson
    "answered",  # subject: question; data: {answer, correct, hints, lesson}, and {quiz: lesson} if without the reading;
    # since there is practice also {where, session, confidence, seed, revision, tries, seconds};
    # {judged: learner} where the program could not tell, and the learner said whether it is right
    "predicted",  # subject: prediction; data: {said, happened: {part: value}, held: {part: bool}, lesson, revision}
    "prediction-saved",  # subject: prediction; data: {said: {part: value}, lesson}: what was said, and not yet seen
    "recalled",  # subject: term; data: {rating: again, hard or good, session}
    "practice-begun",  # subject: session; data: {title, mode: practice or review, items: [item], lesson}
    "practice-step",  # subject: session; data: {step: index}; as many as there are items: the end
    "exam-begun",  # subject: sitting; data: {profile, revision, seed, minutes, pass_mark, questions: [id], unscored,
    # places: {question: [domain, objective]}, revisions, missing, tasks: [lab], task_domains, task_counts}
    "exam-answered",  # subject: sitting; data: {question, answer} or {task: lab, answer: plan}; null: taken back
    "exam-noted",  # subject: sitting; data: {question, flag, struck: [option], note}
    "exam-ended",  # subject: sitting; data: {why: handed-in or time, right: {question: bool}, tasks: {lab: bool},
    # gone: [id], revisions, unsure: [question]: those that are left to the learner}
    "exam-judged",  # subject: sitting; data: {question, right}: what the learner says of one that was left to them
    "marked",  # subject: a place such as lesson:canary#3; data: {on: bool}
    "noted",  # subject: a place; data: {text}: the last one holds
    "reset",  # subject: question:ID, lesson:ID, lab:ID, incident:ID or all: what came before no longer counts
    "quiz-begun",  # subject: lesson; data: {questions: [id]}: those of the round
    "quiz-step",  # subject: lesson; data: {step: index}; as many as there are questions: the end of the round
    "plan-saved",  # subject: lab; data: {text}: a draft, saved as it is typed
    "lab-run",  # subject: lab; data: {release, seed, outcome, text}
    "lab-predicted",  # subject: lab; data: as of predicted, and {release, seed} in place of the lesson
    "lab-graded",  # subject: lab; data: {passed, score, goals: {id: bool}, text, seeds, version, grade}
    "incident-begun",  # subject: incident; data: {release, seed, revision}: the clock was started
    "incident-graded",  # subject: incident; data: {passed, release, seed, goals: {id: bool}, later, version, grade};
    # {begun: true} where an incident-begun came before
    "preferred",  # subject: what about, such as theme; data: {value}: the last one holds
    "visited",  # subject: a place aside from the course, such as playground; data: {left: true} on the way back
    "merged",  # data: {events: how many were new}; see course.folds.order. No act of the learner, and not exported
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the learner did.

    Data is read forgivingly: it may stem from an older or a newer program.
    """

    at: datetime
    kind: EventKind
    subject: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"an event's time must be timezone-aware, got {self.at!r}")

    def whole(self, key: str) -> int:
        """Return a whole number of its data, at least 0; 0 if there is none."""
        value = self.data.get(key)
        return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else 0

    def score(self, key: str) -> float:
        """Return a number of its data, within 0 to 100; 0 if there is none."""
        value = self.data.get(key)
        if isinstance(value, float) and math.isfinite(value):
            return min(max(value, 0.0), 100.0)
        return float(min(self.whole(key), 100))

    def values(self, key: str) -> dict[str, str | float | None]:
        """Return plain values of its data by name; none where there are none."""
        given = self.data.get(key)
        if not isinstance(given, Mapping):
            return {}
        return {
            str(name): value for name, value in given.items() if value is None or isinstance(value, str | int | float)
        }

    def words(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list of its data; none if there is none."""
        given = self.data.get(key)
        return tuple(each for each in given if isinstance(each, str)) if isinstance(given, list | tuple) else ()

    def text(self, key: str, otherwise: str = "") -> str:
        """Return a text of its data, or `otherwise` if there is none."""
        value = self.data.get(key)
        return value if isinstance(value, str) else otherwise


@dataclass(frozen=True, slots=True)
class Keeping:
    """Is what was recorded on disk?"""

    state: Literal["saved", "saving", "not saved"] = "saved"
    """`not saved`: it could not be, and is tried again."""
    pending: int = 0
    """Events that are not on disk."""
