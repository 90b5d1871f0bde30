"""All questions of the packs at a glance, and each of them without reading the others.

Reading ten thousand questions takes many seconds, and choosing among them takes their cards alone. So the cards are
kept beside the history, each with the lines of its question: file by file, with the size and time of the file, and a
file that differs is read anew. The lines of one question are YAML by themselves, since no anchor or tag reaches out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from course.content import kept_questions
from course.content.files.questions import read_entries, read_questions
from course.content.pack import Pack
from course.content.stamps import stamp
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.syllabus import QuestionCard
from quiz.questions import Question

Lines = tuple[int, int]
"""From and to, from 1, both included."""


class Entry(NamedTuple):
    """A question as it is kept, and where it stands; light, for there may be ten thousand."""

    row: Mapping[str, Any]
    lesson: str
    pack: Pack
    file: PurePosixPath

    @property
    def card(self) -> QuestionCard:
        """What is known of it."""
        return kept_questions.card(self.row, self.lesson)

    @property
    def lines(self) -> Lines | None:
        """None where it does not stand on lines of its own."""
        lines = self.row["lines"]
        return (lines[0], lines[1]) if lines else None

    def question(self) -> Question:
        """Read the question; its lines alone where it has some, else the whole file."""
        if self.lines is not None:
            text = self.pack.folder.text(self.file).split("\n")[self.lines[0] - 1 : self.lines[1]]
            with suppress(ContentError):  # changed since: the whole file says what is wrong with it
                document = read_yaml("\n".join(("format: 1", "questions:", *text)), Path(self.file))
                for question in read_questions(document, self.pack.labs):
                    if question.id == self.row["card"]["id"]:
                        return question
        questions = read_questions(self.pack.folder.document(self.file), self.pack.labs)
        return next(question for question in questions if question.id == self.row["card"]["id"])


def entries(packs: tuple[Pack, ...], kept: Path | None) -> Mapping[str, Entry]:
    """Return an entry for each question by id, in learning order; ContentError where a file is wrong.

    `kept` is the file in which they are kept. An id that is taken belongs to whoever had it first, as `mlcourse check`
    says of the second one.
    """
    before = kept_questions.read(kept) if kept else {}
    after: dict[str, Any] = {}
    found: dict[str, Entry] = {}
    for pack in packs:
        for lesson, file in _files(pack):
            path = str(pack.root / file)
            now = stamp(pack.root / file)
            same = path in before and (before[path]["stamp"], before[path]["lesson"]) == (now, lesson)
            fresh = None if same else {"stamp": now, "lesson": lesson, "rows": list(_rows(pack, file))}
            after[path] = fresh or before[path]
            for row in after[path]["rows"]:
                found.setdefault(row["card"]["id"], Entry(row, lesson, pack, file))
    if kept and (list(after) != list(before) or any(before[name] is not each for name, each in after.items())):
        kept_questions.write(kept, [str(pack.root) for pack in packs], after)
    return found


def _files(pack: Pack) -> Iterator[tuple[str, PurePosixPath]]:
    for id, entry in pack.course.lessons.items():
        for name in (*entry.file.questions, *entry.file.practice):
            yield id, entry.folder / name


def _rows(pack: Pack, file: PurePosixPath) -> Iterator[dict[str, Any]]:
    document = pack.folder.document(file)
    text = pack.folder.text(file).split("\n")
    entries = read_entries(document, pack.labs)
    if not entries:
        return
    firsts = [document.where(("questions", place))[0] for place in range(len(entries))]
    after = [mark[0] for trail, mark in document.keys.items() if len(trail) == 1 and mark[0] > firsts[0]]
    ends = [*firsts[1:], min([len(text) + 1, *after])]
    for questions, first, end in zip(entries, firsts, ends, strict=True):
        alone = text[first - 1].lstrip().startswith("- ") and first < end
        for question in questions:  # a case has several, on the same lines
            card = asdict(QuestionCard.of(question, ""))
            del card["lesson"]
            yield {"card": card, "lines": (first, end - 1) if alone else None}
