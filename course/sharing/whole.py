"""The course as a whole, to show: how much of it is mastered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.learning.lessons import all_mastered, lesson_mastery
from labs.report.summary import Bar, Summary

if TYPE_CHECKING:
    from course.outline import Outline
    from course.progress import Progress


def course_summary(outline: Outline, progress: Progress) -> Summary:
    """Return what there is to show of the course so far, or in the end: lessons, labs, incidents and questions."""
    written = outline.topics
    done = sum(lesson_mastery(topic, progress).done for topic in written)
    labs = [id in progress.labs and progress.labs[id].passed for topic in written for id in topic.labs]
    incidents = [id in progress.incidents and progress.incidents[id].passed for t in written for id in t.incidents]
    asked = [progress.questions.get(id) for topic in written for id in topic.questions]
    right = [each is not None and each.last_correct for each in asked]
    counts = {"lessons mastered": (done, len(written)), "labs passed": (sum(labs), len(labs))}
    counts |= {"incidents passed": (sum(incidents), len(incidents)), "questions right": (sum(right), len(right))}
    whole = all_mastered(outline, progress)
    return Summary(
        name=f"{outline.id}-share",
        title=outline.title,
        headline="All lessons mastered" if whole else f"{done} of {len(written)} lessons mastered",
        bars=tuple(_bar(name, made, of) for name, (made, of) in counts.items() if of),
        top=1.0,
        lines=(outline.about,) if outline.about else (),
    )


def _bar(name: str, made: int, of: int) -> Bar:
    return Bar(name, made / of, f"{made} of {of}", good=made == of)
