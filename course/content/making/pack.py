"""A new pack: an outline, a glossary, and a lesson with a page and a question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path, PurePosixPath

from course.content.files.course import COURSE_FILE
from course.content.making.ground import check_free, taken
from course.content.making.lesson import add_lesson
from course.content.making.made import CannotBeMade, Made
from course.content.making.names import good_id, good_title
from course.content.making.question import QUESTIONS, add_question
from course.content.making.schemas import add_schemas
from course.content.making.templates import plain, yaml_file
from course.content.packs import open_packs
from course.content.yaml.rewriting import scalar
from course.errors import one_line

FIRST = PurePosixPath("01-begin")
GLOSSARY = PurePosixPath("glossary.yaml")


def new_pack(folder: Path, roots: Iterable[Path], *, title: str | None, today: date) -> Made:
    """Return a pack whose id is the folder's name, and begins each of its other ids, for ids are taken in all packs.

    `roots` are all packs that are used together. CannotBeMade for a folder in which something lies already.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CannotBeMade(f"{one_line(folder)} is there already, and is no folder; name another one")
    if folder.is_dir() and any(folder.iterdir()):
        raise CannotBeMade(f"{one_line(folder)} is there already, and not empty; name another folder")
    id = good_id(folder.resolve().name)
    lesson, question, term = f"{id}-begin", f"{id}-first-question", f"{id}-patience"
    others = tuple(taken(open_packs(roots)[0].packs))
    for kind, each in (("pack", id), ("lesson", lesson), ("question", question), ("term", term)):
        check_free(kind, each, others)
    title, made, day = good_title(title, id), Made(folder), today.isoformat()
    course = plain("course.yaml", id=id, title=title, lesson=str(FIRST))
    made.add(PurePosixPath(COURSE_FILE), yaml_file("course", course, 0))
    glossary = plain("glossary.yaml", term=term, lesson=lesson, today=day)
    made.add(GLOSSARY, yaml_file("glossary", glossary, 0))
    add_lesson(made, FIRST, lesson, "Somebody waits", today, f"[{scalar(term)}]")
    add_question(made, FIRST, PurePosixPath(QUESTIONS), question, "numeric", turned=0, listed=False, placed=True)
    add_schemas(made)
    return made
