"""What still counts of a learner's progress, now that authors have edited: all but what has got a higher revision.

That counts anew. The history keeps what was done, and it counts again should the revision go back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from course.progress import LabProgress, Progress, is_raised

if TYPE_CHECKING:
    from course.outline import Outline
    from course.syllabus import QuestionCard


def current(progress: Progress, outline: Outline, cards: Iterable[QuestionCard] = ()) -> Progress:
    """Return the progress with what is there now; the cards are those of questions that stand on no page."""
    raised = raised_in(outline, cards)
    old = [name for name, revision in raised.items() if _is_old(progress, name, revision)]
    if not old:
        return progress
    lessons, questions, labs = dict(progress.lessons), dict(progress.questions), dict(progress.labs)
    predictions, incidents = dict(progress.predictions), dict(progress.incidents)
    for name in old:
        match name.split(":", 1):
            case "lesson", id:
                del lessons[id]
            case "question", id:
                del questions[id]
            case "prediction", id:
                del predictions[id]
            case "lab", id:
                labs[id] = LabProgress(draft=labs[id].draft, revision=raised[name])
            case "incident", id:
                del incidents[id]
    last = progress.last
    return replace(
        progress,
        lessons=lessons,
        questions=questions,
        predictions=predictions,
        labs=labs,
        incidents=incidents,
        last=None if last is not None and last.kind == "lesson-step" and last.subject not in lessons else last,
    )


def raised_in(outline: Outline, cards: Iterable[QuestionCard] = ()) -> Mapping[str, int]:
    """Return all revisions above 1 by name; of a question that stands on two pages the highest one."""
    raised: dict[str, int] = {}
    for topic in outline.topics:
        for name, revision in topic.raised.items():
            raised[name] = max(revision, raised.get(name, 1))
    return raised | {f"question:{card.id}": card.revision for card in cards if card.revision > 1}


def _is_old(progress: Progress, name: str, revision: int) -> bool:
    kind, _, id = name.partition(":")
    of_kinds: Mapping[str, Mapping[str, Any]] = {
        "lesson": progress.lessons,
        "question": progress.questions,
        "prediction": progress.predictions,
        "lab": progress.labs,
        "incident": progress.incidents,
    }
    done = of_kinds.get(kind, {}).get(id)
    return done is not None and is_raised(done.revision, revision)
