"""`mlcourse lesson ID`: a lesson line by line, page after page, with its questions asked in their places."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from course.cli.arguments import COUNT, Commands, command
from course.cli.present import is_plain, print_json
from course.cli.surroundings import catalog, find, journal

if TYPE_CHECKING:
    from course.content.packs import Packs
    from course.syllabus import Lesson


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "lesson", "read a lesson line by line", lambda options: read(options, options.lesson))
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help="its id; without it: the lessons there are")
    parser.add_argument("--page", type=COUNT, help="where to begin, from 1; without it: where you were")
    parser.add_argument("--all", action="store_true", help="print all pages, ask nothing, and write nothing down")


def read(options: argparse.Namespace, id: str | None) -> int:
    """Read a lesson, or list all."""
    packs = catalog(options)
    if id is None:
        return _list(packs, as_json=getattr(options, "json", False))
    lessons = [topic.id for topic in packs.outline.topics]
    lesson = find("lesson", id, packs.lesson, lessons)
    if getattr(options, "json", False):
        print_json(_view(lesson))
        return 0
    page = getattr(options, "page", None)
    if getattr(options, "all", False):
        _print_all(lesson, page or 1)
        return 0
    from course.cli.study.lesson.reader import Reader
    from course.cli.study.typed import typed

    with journal(options) as history:
        return Reader(packs, history, typed(), lesson).go(page)


def _list(packs: Packs, *, as_json: bool) -> int:
    from course.cli.study.lesson import pages

    if as_json:
        topics = packs.outline.topics
        print_json([{"id": topic.id, "title": topic.title, "minutes": topic.minutes} for topic in topics])
    else:
        for line in pages.listed(packs.outline):
            print(line)
    return 0


def _print_all(lesson: Lesson, page: int) -> None:
    from course.cli.study.lesson import pages

    for at in range(min(page, len(lesson.steps)) - 1, len(lesson.steps)):
        print(f"\n{pages.heading(lesson, at)}\n")
        for line in pages.lines(lesson.steps[at], plain=is_plain()):
            print(line)


def _view(lesson: Lesson) -> dict[str, Any]:
    """Return a lesson for programs; of a question only its id, see `quiz ask`."""
    from course.cli.study.lesson import pages
    from course.syllabus import Checkpoint, Foretelling, OnCall, Practice

    steps = []
    for step in lesson.steps:
        told: dict[str, Any] = {"kind": step.kind, "title": pages.title(step)}
        match step:
            case Checkpoint(question=question):
                told["question"] = question.id
            case Foretelling(prediction=prediction):
                told |= {"id": prediction.id, "asks": prediction.asks, "lines": list(pages.lines(step, plain=True))}
            case Practice(lab=id) | OnCall(incident=id):
                told["id"] = id
            case _:
                told["lines"] = list(pages.lines(step, plain=True))
        steps.append(told)
    return {"id": lesson.id, "title": lesson.title, "minutes": lesson.minutes, "pages": steps}
