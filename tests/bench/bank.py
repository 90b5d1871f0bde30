"""A pack of ten thousand questions: what a start, the first look at its cards and one question take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from course.shelf import Shelf

QUESTIONS, EACH = 10_000, 1000
_QUESTION = """\
  - id: question-{n}
    kind: single
    level: apply
    objectives: {{mla-c01: ["3.3"]}}
    stem: An endpoint with {n} instances is updated, and one request in five fails. What is to be done, and by whom?
    options:
      - {{id: a, text: "The first thing, {n} times", correct: true, why: It is the right one because of what it does.}}
      - {{id: b, text: "The second thing, {n} times", why: It is the wrong one because of what it does not.}}
      - {{id: c, text: "The third thing, {n} times", why: It is the wrong one because of what it does too.}}
      - {{id: d, text: "The fourth thing, {n} times", why: It is the wrong one because of what it was.}}
    hints: [Think of what comes first.]
    explain: What comes first is what was there before anything else.
    accepts: [a]
    rejects: [b]
"""


def write(folder: Path, count: int) -> Path:
    """Write a pack with so many questions."""
    lesson = folder / "one"
    lesson.mkdir(parents=True)
    names = [f"q{first}.yaml" for first in range(0, count, EACH)]
    (folder / "course.yaml").write_text(
        "format: 1\nid: bank\ntitle: Bank\nparts: [{id: bank-part, numeral: V, title: Bank, topics: [{lesson: one}]}]\n"
    )
    (lesson / "lesson.yaml").write_text(
        f"format: 1\nid: bank-lesson\nrevision: 1\ntitle: L\nminutes: 9\nbody: l.md\npractice: [{', '.join(names)}]\n"
    )
    (lesson / "l.md").write_text("## One\n\nText.\n")
    for first, name in zip(range(0, count, EACH), names, strict=True):
        numbers = range(first, min(count, first + EACH))
        (lesson / name).write_text("format: 1\nquestions:\n" + "".join(_QUESTION.format(n=n) for n in numbers))
    return folder


def measured(count: int = QUESTIONS) -> dict[str, float]:
    """Return the CPU seconds that each takes."""
    with TemporaryDirectory() as folder:
        pack, home = write(Path(folder, "pack"), count), Path(folder, "home")
        took = {}
        for what, look in (
            ("first start", _start),
            ("all", _question),
            ("start", _start),
            ("question", _question),
        ):
            took[what] = _waited(look, Shelf([pack], home), f"question-{count - 1}")
        return took


def _start(shelf: Shelf, _: str) -> None:
    assert shelf.outline.topics


def _question(shelf: Shelf, id: str) -> None:
    assert shelf.question(id).stem


def _waited(look: Callable[[Shelf, str], None], shelf: Shelf, id: str) -> float:
    began = process_time()
    look(shelf, id)
    return process_time() - began
