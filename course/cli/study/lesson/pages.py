"""The pages of a lesson as lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from course.cli.study import asking
from course.cli.study.lesson import predicting
from course.cli.study.lesson.blocks import lines as told
from course.outline import Outline
from course.syllabus import Checkpoint, Foretelling, Lesson, LessonStep, OnCall, Practice, Reading


def heading(lesson: Lesson, at: int) -> str:
    """Return what a page is called."""
    return f"Page {at + 1} of {len(lesson.steps)}: {title(lesson.steps[at])}"


def title(step: LessonStep) -> str:
    """Return what a step is called: a question has no title of its own."""
    return "a question" if isinstance(step, Checkpoint) else step.title


def lines(step: LessonStep, *, plain: bool) -> Iterator[str]:
    """Yield what stands on a page."""
    match step:
        case Reading(blocks=blocks):
            yield from told(blocks, plain=plain)
        case Checkpoint(question=question):
            yield from asking.asked(question)
        case Foretelling(prediction=prediction):
            yield from predicting.situation(prediction, plain=plain)
            yield from ("", *map(predicting.question, prediction.asks))
        case Practice(lab=lab):
            yield "A lab: a simulated endpoint is waiting. Write a plan, run it, and see whom it protects."
            yield f"What it asks for: mlcourse lab show {lab}"
            yield f"The plan to begin with: mlcourse lab start {lab} plan.yaml"
            yield f"The verdict: mlcourse lab grade {lab} plan.yaml"
        case OnCall(incident=incident):
            yield "A live incident: an update is about to run, and it is not yours."
            yield f"What has been sent: mlcourse incident show {incident}"
            yield f"Live, line by line: mlcourse incident live {incident}"
        case _:
            assert_never(step)


def listed(outline: Outline) -> Iterator[str]:
    """Yield the lessons there are, with what belongs to them."""
    for topic in outline.topics:
        yield f"{topic.id}: {topic.title}, {topic.minutes} min"
        for kind, titles in (("lab", topic.labs), ("incident", topic.incidents)):
            yield from (f"    {kind} {id}: {title}" for id, title in titles.items())
