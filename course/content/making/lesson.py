"""A new lesson: its folder, and its line in the outline."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import PurePosixPath

from course.content.files.course import COURSE_FILE, LESSON_FILE
from course.content.making.ground import Ground
from course.content.making.made import CannotBeMade, Made
from course.content.making.names import good_title
from course.content.making.schemas import add_schemas
from course.content.making.templates import filled, read, yaml_file
from course.content.yaml.restructuring import with_item
from course.content.yaml.rewriting import scalar
from course.content.yaml.wording import nearest, shown

BODY = "lesson.md"
_NUMBER = re.compile(r"\d+(?=-)")


def new_lesson(ground: Ground, id: str, *, title: str | None, part: str | None, today: date) -> Made:
    """Return a lesson without questions at the end of a part, the last one unless it is named; CannotBeMade."""
    ground.free("lesson", id)
    made = Made(ground.pack.root)
    folder = PurePosixPath(_folder(ground, id))
    add_lesson(made, folder, id, good_title(title, id), today)
    at = _part(ground, part)
    made.change(
        PurePosixPath(COURSE_FILE),
        partial(with_item, trail=("parts", at, "topics"), item={"lesson": str(folder)}),
        f"put `- {{lesson: {folder}}}` under the topics of a part, and the files into that folder",
    )
    add_schemas(made)
    return made


def add_lesson(made: Made, folder: PurePosixPath, id: str, title: str, today: date, glossary: str = "[]") -> None:
    """Note the files of a lesson; `glossary` is its list of terms as YAML."""
    values = {"id": scalar(id), "title": scalar(title), "today": today.isoformat(), "glossary": glossary}
    made.add(folder / LESSON_FILE, yaml_file("lesson", filled(read("lesson.yaml"), values), len(folder.parts)))
    made.add(folder / BODY, read(BODY))


def _folder(ground: Ground, id: str) -> str:
    """Return a name for its folder: numbered, where those of the pack are."""
    folders = [entry.folder.as_posix() for entry in ground.pack.course.lessons.values()]
    numbers = [int(found.group()) for each in folders if (found := _NUMBER.match(each))]
    return f"{max(numbers, default=0) + 1:02}-{id}" if numbers or not folders else id


def _part(ground: Ground, part: str | None) -> int:
    ids = [each.id for each in ground.pack.outline.parts]
    if not ids:
        raise CannotBeMade("the outline has no part; write one under `parts` of course.yaml: id, numeral and title")
    if part is None:
        return len(ids) - 1
    if part not in ids:
        raise CannotBeMade(f"the outline has no part {shown(part)}; {nearest(part, ids)}")
    return ids.index(part)
