"""What every kind of question tells while an answer is given."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from quiz.questions import Answer


@dataclass
class Drafted(Message):
    """The answer was changed; it has not been checked."""

    answer: Answer | None
    """None while there is nothing that could be checked."""
    draft: Answer | None
    """What is to be there when the learner comes back, be it only a part of an answer."""
