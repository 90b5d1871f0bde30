"""The packs as the course sees them: the outline at once, everything else when it is asked for.

Reading the outline from YAML, down to the titles of labs and incidents, would add a fifth to the time to the first
screen. So it is kept, as read, beside the history, with the size and time of every file that it came from; any
difference and it is read anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.content.sources.finding import Found, find
from course.content.stamps import Stamp, stamp
from course.outline import Outline, Part, Topic

if TYPE_CHECKING:
    from course.content.packs import LeftOut, Packs
    from course.syllabus import Lesson, QuestionCard, Term
    from labs.incidents.session import Incident
    from labs.lab import Lab
    from quiz.exams.profile import Profile
    from quiz.questions import Question

FORMAT = 7
"""Goes up when the kept form changes; another number is read anew."""


class Shelf:
    """Implements `course.ports.Catalog` over all packs."""

    def __init__(self, named: Iterable[Path], data_folder: Path) -> None:
        self._named = tuple(named)
        self._data_folder = data_folder
        self._left_out: tuple[LeftOut, ...] = ()
        """The packs that cannot be used, and why; a kept outline is one to which nothing was wrong."""

    @cached_property
    def outline(self) -> Outline:
        """The course at a glance."""
        file, roots = self._data_folder / "outline.json", self._names()
        outline = _kept(file, roots)
        if outline is None:
            outline = self.packs.outline
            if not self._left_out:
                _keep(file, roots, self.packs.stamps, outline)
        return outline

    @cached_property
    def packs(self) -> Packs:
        """The packs themselves."""
        from course.content.packs import opened

        packs, self._left_out = opened(self._found, self._data_folder)
        return packs

    @cached_property
    def _found(self) -> tuple[Found, ...]:
        return find(self._named, self._data_folder)

    @property
    def warning(self) -> str | None:
        """How many packs are left out, and the command that says why; known once the outline has been read."""
        if not self._left_out:
            return None
        import shlex

        broken = [each.found for each in self._left_out]
        named = "".join(f" --pack {shlex.quote(str(each.given))}" for each in broken if each.origin == "--pack")
        packs = "A lesson pack is" if len(broken) == 1 else f"{len(broken)} lesson packs are"
        return f"{packs} left out; this says why: mlcourse{named} doctor"

    def lesson(self, id: str) -> Lesson:
        """Return the lesson; KeyError if there is none, a content error if its files are wrong."""
        return self.packs.lesson(id)

    def question_cards(self) -> tuple[QuestionCard, ...]:
        """Return a card for each question, in learning order; a content error where a lesson is wrong."""
        return self._kept_cards if self._kept_cards is not None else self.packs.question_cards()

    @cached_property
    def _kept_cards(self) -> tuple[QuestionCard, ...] | None:
        """As kept, if the outline is: then the lessons name the same files as before, and no pack need be opened."""
        if self.outline and "packs" in vars(self):
            return None
        from course.content import kept_questions

        return kept_questions.cards(self._data_folder / kept_questions.NAME, self._names())

    def has_question(self, id: str) -> bool:
        """Is there a question of this id?"""
        return id in self._on_pages or id in self._questions

    @cached_property
    def _on_pages(self) -> frozenset[str]:
        """Known without reading any lesson."""
        return frozenset(id for topic in self.outline.topics for id in topic.questions)

    @cached_property
    def _questions(self) -> frozenset[str]:
        return frozenset(card.id for card in self.question_cards())

    def question(self, id: str) -> Question:
        """Return the question; KeyError if there is none, a content error if a lesson is wrong."""
        return self.packs.question(id)

    def pack_of(self, question: str) -> str:
        """Return the id of the pack that a question is from; KeyError if there is none."""
        return self.packs.pack_of(question)

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary, sorted by term."""
        return self.packs.terms()

    def lab(self, id: str) -> Lab:
        """Return the lab; KeyError if there is none."""
        return self.packs.lab(id)

    def lab_ids(self) -> tuple[str, ...]:
        """Return the labs' ids in learning order."""
        return self.packs.lab_ids()

    def incident(self, id: str) -> Incident:
        """Return the incident; KeyError if there is none."""
        return self.packs.incident(id)

    def incident_ids(self) -> tuple[str, ...]:
        """Return the incidents' ids in learning order."""
        return self.packs.incident_ids()

    def exam(self, id: str) -> Profile:
        """Return the exam; KeyError if there is none."""
        return self.packs.exam(id)

    def exam_ids(self) -> tuple[str, ...]:
        """Return the exams' ids in the order of the packs."""
        return self.packs.exam_ids()

    def _names(self) -> list[str]:
        """Return what tells these packs from others."""
        return [str(found.root) for found in self._found]


def _kept(path: Path, roots: list[str]) -> Outline | None:
    """Return the kept outline if it is of these packs and their files are as they were; whatever cannot be read is not
    it."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        same_packs = kept["format"] == FORMAT and kept["packs"] == roots
        if same_packs and all(stamp(Path(file)) == before for file, before in kept["files"].items()):
            return _outline(kept["outline"])
    return None


def _keep(path: Path, roots: list[str], stamps: Mapping[Path, Stamp], outline: Outline) -> None:
    """Keep the outline; where nothing can be written the next start just takes longer."""
    files = {str(file): before for file, before in stamps.items()}
    text = json.dumps({"format": FORMAT, "packs": roots, "files": files, "outline": asdict(outline)})
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(path)


def _outline(data: dict[str, Any]) -> Outline:
    parts = tuple(
        Part(**{**part, "topics": tuple(_topic(topic) for topic in part["topics"])}) for part in data["parts"]
    )
    return Outline(**{**data, "parts": parts, "terms": tuple(data["terms"])})


def _topic(data: dict[str, Any]) -> Topic:
    fields: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}
    return Topic(**fields)
