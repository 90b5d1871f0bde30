"""Each kind of file read as the program reads it, from data that a test has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from course.content.files.blueprint import read_blueprint
from course.content.files.comparison import load_comparison_file
from course.content.files.course import CourseFile, read_glossary, read_lesson_file
from course.content.files.exam import read_exam
from course.content.files.folder import Folder
from course.content.files.incident import read_incident
from course.content.files.lab import read_lab
from course.content.files.predictions import read_predictions
from course.content.files.questions import read_questions
from course.content.files.world import load_world_file
from course.content.packs import built_in_pack
from course.content.schema.build import build
from course.content.yaml.document import Complaints, Document
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from engine.aws.calls import Call, take_apart
from engine.aws.finding import Finding
from engine.aws.rules.conditions import condition_refusals
from engine.aws.shapes import client, constraints
from tests.built_in import PACK


class Changed(Folder):
    """The built-in pack, in which one file holds something else."""

    def __init__(self, path: PurePosixPath, document: Document) -> None:
        super().__init__(built_in_pack())
        self.changed = (path, document)

    def document(self, name: PurePosixPath) -> Document:
        path, document = self.changed
        return document if name == path else super().document(name)


def refusals(kind: str, path: Path, data: Any, scratch: Path) -> tuple[str, ...]:
    """Return what the reader of this kind of file says against the data; `path` is where it would stand."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    if kind == "plan":
        return tuple(_plan(read_yaml(text, path).data))
    try:
        if kind in _BY_PATH:
            scratch.write_text(text)
            _BY_PATH[kind](scratch, lambda problem: None)
        else:
            name = PurePosixPath(path.relative_to(built_in_pack()).as_posix())
            document = read_yaml(text, name)
            _READERS[kind](Changed(name, document), name, document)
    except ContentError as error:
        return tuple(problem.say for problem in error.problems)
    return ()


def _plan(data: Any) -> Iterator[str]:
    """Yield what is wrong with the shape of a plan and of its requests, by AWS's service model."""
    calls, strays = take_apart(data)
    for found in (strays, *(judge(call) for call in calls for judge in (client.refusals, constraints.refusals))):
        yield from (each.say for each in found)
    for call in calls:
        if call.condition is not None:
            yield from (each.say for each in condition_refusals(call.condition, _shape_refusals))


def _shape_refusals(operation: str, request: Mapping[str, Any]) -> tuple[Finding, ...]:
    call = Call(operation, (operation,), dict(request))
    return (*client.refusals(call), *constraints.refusals(call))


def _course(folder: Folder, name: PurePosixPath, document: Document) -> None:
    complaints = Complaints(document)
    complaints.settle(build(CourseFile, document.data, complaints))


def _lesson(folder: Folder, name: PurePosixPath, document: Document) -> None:
    if problems := read_lesson_file(folder, name)[1]:
        raise ContentError(problems)


_BY_PATH: Mapping[str, Callable[..., object]] = {"world": load_world_file, "comparison": load_comparison_file}
_READERS: Mapping[str, Callable[[Folder, PurePosixPath, Document], object]] = {
    "course": _course,
    "lesson": _lesson,
    "glossary": lambda folder, name, document: read_glossary(document),
    "blueprint": lambda folder, name, document: read_blueprint(document, {}),
    "exam": lambda folder, name, document: read_exam(document),
    "questions": lambda folder, name, document: read_questions(document, PACK),
    "predictions": lambda folder, name, document: read_predictions(folder, name, name.parent),
    "lab": lambda folder, name, document: read_lab(folder, name, "any"),
    "incident": lambda folder, name, document: read_incident(folder, name, "any"),
}
