"""How much of an answer is right, for whoever wants more than all or nothing."""

from __future__ import annotations

from typing import Literal

from quiz.questions import Fix, Matching, Multiple, Ordering, Question
from quiz.verdict import Verdict

Status = Literal["right", "partly", "wrong", "unsure", "invalid"]


def share(question: Question, verdict: Verdict) -> float:
    """Return the share of an answer's parts that are right, from 0 to 1; what has no parts is right or wrong.

    Parts are the options of a multiple choice, ticked or left out as they should be (0 if nothing right was ticked, for
    leaving out is no knowledge), the places of an ordering with what belongs to none, likewise, the prompts of a
    matching, and what must hold of a mended request. Choosing one has no parts.
    """
    if verdict.correct or not verdict.valid:
        return float(verdict.correct)
    match question:
        case Multiple() if not any(detail.chosen and detail.correct for detail in verdict.details):
            return 0.0
        case Ordering() if not any(detail.chosen and detail.right for detail in verdict.details):
            return 0.0
        case Multiple() | Ordering() | Fix():
            parts = verdict.details
        case Matching():
            prompts = {pair.id for pair in question.pairs}
            parts = tuple(detail for detail in verdict.details if detail.id in prompts)
        case _:
            return 0.0
    return sum(detail.right for detail in parts) / len(parts)


def status(question: Question, verdict: Verdict) -> Status:
    """Return the verdict in a word: `partly` counts as wrong, as all or nothing has it; `unsure` is for the learner to
    say."""
    if not verdict.valid:
        return "invalid"
    if verdict.correct:
        return "right"
    if verdict.unsure:
        return "unsure"
    return "partly" if share(question, verdict) else "wrong"
