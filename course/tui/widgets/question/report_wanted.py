"""A learner has something to say about a question."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from quiz.questions import Answer, Question
from quiz.verdict import Verdict


@dataclass
class ReportWanted(Message):
    """Ask what, and keep it; whatever screen the question is on."""

    question: Question
    """As it was asked."""
    answer: Answer | None
    seed: int
    verdict: Verdict | None
