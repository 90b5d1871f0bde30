"""A new question of any kind: in a file of its lesson, and on its page unless it is for practice alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import PurePosixPath
from string import ascii_lowercase
from typing import get_args

from course.content.files.course import LESSON_FILE
from course.content.making import mending
from course.content.making.comments import commented
from course.content.making.ground import Ground, check_free
from course.content.making.inserting import with_piece, with_step
from course.content.making.made import CannotBeMade, Made
from course.content.making.schemas import add_schemas, schema_line
from course.content.making.templates import filled, read
from course.content.pack_ids import all_ids
from course.content.yaml.reader import read_yaml
from course.content.yaml.restructuring import with_item
from course.content.yaml.rewriting import scalar
from course.content.yaml.wording import nearest, shown
from quiz.exams.profile import Kind

KINDS = (*get_args(Kind), "case", "computed")
QUESTIONS, PRACTICE = "questions.yaml", "practice.yaml"
PARTS = ("alarm", "times")
"""What the ids of a case's parts end in."""
_OPTION = "- {id: $"
"""How options begin in a template; they change places, so that what is right stands in none of them too often."""


def new_question(ground: Ground, id: str, *, lesson: str, kind: str, practice: bool = False) -> Made:
    """Return a question of a lesson; with `practice` it stands on no page. CannotBeMade."""
    if kind not in KINDS:
        raise CannotBeMade(f"there is no kind of question {shown(kind)}; {nearest(kind, KINDS)}")
    entry = ground.lesson(lesson)
    ground.free("question", id)
    if kind == "case":
        for part in _parts(id):
            check_free("question", part, all_ids(ground.pack))
            ground.free("question", part)
    named = entry.file.practice if practice else entry.file.questions
    file = PurePosixPath(named[0] if named else PRACTICE if practice else QUESTIONS)
    made = Made(ground.pack.root)
    texts = mending.texts(ground, entry) if kind == "fix" else {}
    turned = sum("options" in each for _, each in ground.questions())
    add_question(
        made, entry.folder, file, id, kind, turned=turned, listed=bool(named), placed=not practice, texts=texts
    )
    add_schemas(made)
    return made


def add_question(
    made: Made,
    folder: PurePosixPath,
    file: PurePosixPath,
    id: str,
    kind: str,
    *,
    turned: int,
    listed: bool,
    placed: bool,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Note a question in a lesson's `file`, new unless it is `listed` already, and on its page if it is to be `placed`.

    Options are turned round so many times; `texts` fill further places of the template.
    """
    item = piece(id, kind, turned, texts or {})
    if listed:
        made.change(
            folder / file, partial(with_piece, key="questions", piece=item), f"put this under questions:\n{item}"
        )
    else:
        key = "questions" if placed else "practice"
        head = schema_line("questions", len((folder / file).parts) - 1)
        made.add(folder / file, f"{head}format: 1\nquestions:\n{item}")
        by_hand = f"put `{file}` into the list under `{key}`"
        made.change(folder / LESSON_FILE, partial(with_item, trail=(key,), item=str(file)), by_hand)
    if placed:
        line = f"{{question: {id}}}"
        body = folder / _body(made, folder)
        made.change(
            body, partial(with_step, what="question", id=id), f"put a line {line} behind the page it asks about"
        )


def piece(id: str, kind: str, turned: int, texts: Mapping[str, str]) -> str:
    """Return the question as an item of a file's list, with comments."""
    first, second = _parts(id)
    template, letters = _turned(read(f"questions/{kind}.yaml"), turned)
    ids = {name: scalar(each) for name, each in {"id": id, "first": first, "second": second}.items()}
    text = filled(template, {**ids, **letters, **texts})
    return commented(f"questions:\n{text}", "questions").partition("\n")[2]


def _parts(id: str) -> tuple[str, str]:
    first, second = (f"{id}-{part}" for part in PARTS)
    return first, second


def _turned(template: str, times: int) -> tuple[str, dict[str, str]]:
    """Return the template with its options at other places, and for each `$name` of one a letter by its place."""
    lines = template.split("\n")
    places = [at for at, line in enumerate(lines) if line.lstrip().startswith(_OPTION)]
    shift = times % len(places) if places else 0
    options = [lines[at] for at in (*places[shift:], *places[:shift])]
    for at, line in zip(places, options, strict=True):
        lines[at] = line
    names = [line.split(_OPTION)[1][0] for line in options]
    return "\n".join(lines), dict(zip(names, ascii_lowercase, strict=False))


def _body(made: Made, folder: PurePosixPath) -> str:
    body = read_yaml(made.text(folder / LESSON_FILE), str(folder / LESSON_FILE)).data["body"]
    return str(body)
