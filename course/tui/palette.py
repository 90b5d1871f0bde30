"""The command palette: what can be done here, and every place one can go to."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from course.tui.drawing.words import plain
from course.tui.places import (
    ExamPlace,
    ExamsPlace,
    GlossaryPlace,
    IncidentPlace,
    LabPlace,
    LessonPlace,
    Place,
    PlaceChosen,
    ProgressPlace,
    QuestionsPlace,
)

if TYPE_CHECKING:
    from course.ports import Study

Entry = tuple[str, str, Callable[[], object]]
"""Title, help, and what to do."""


@runtime_checkable
class HasStudy(Protocol):
    """The app, as far as the palette needs to know it."""

    study: Study


def offered(screen: Screen[object]) -> list[ActiveBinding]:
    """Return what can be done on this screen now, each thing once, what the footer shows first; keys without a
    sentence are left out."""
    first: dict[str, ActiveBinding] = {}
    for found in screen.active_bindings.values():
        if found.enabled and found.binding.tooltip and found.binding.id:
            first.setdefault(found.binding.tooltip, found)
    return sorted(first.values(), key=lambda found: (not found.binding.show, found.binding.action == "back"))


def keys_of(screen: Screen[object]) -> list[tuple[str, str]]:
    """Return the keys of each command that is offered here, with its sentence."""
    keys: dict[str, list[str]] = {found.binding.tooltip: [] for found in offered(screen)}
    for found in screen.active_bindings.values():
        shown = screen.app.get_key_display(found.binding)
        if found.enabled and shown not in keys.get(found.binding.tooltip, [shown]):
            keys[found.binding.tooltip].append(shown)
    return [("  ".join(shown), sentence) for sentence, shown in keys.items()]


class Palette(CommandPalette):
    """Textual's, but it goes away once: at a second Enter, Textual's would take the screen below with it."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go away, unless that has been done."""
        return super().dismiss(result) if self.is_current else AwaitComplete()


class CoursePalette(Provider):
    """Derived from the bindings and from the outline; nothing is listed twice."""

    async def discover(self) -> Hits:
        """List everything before something is typed."""
        for title, help, do in self._entries():
            yield DiscoveryHit(_explained(plain(title), help), do, title)

    async def search(self, query: str) -> Hits:
        """List what has every word that was typed, the beginnings of words first."""
        words = query.casefold().split()
        for title, help, do in (*self._entries(), *self._terms()):
            found = [(word, found_at(title.casefold(), word)) for word in words]
            spans = [(place, place + len(word)) for word, place in found if place is not None]
            if words and len(spans) == len(words):
                yield Hit(_score(title, spans), _explained(_marked(title, spans), help), do, title)

    def _entries(self) -> Iterator[Entry]:
        for found in offered(self.screen):
            if "(" not in found.binding.action:
                yield found.binding.description, found.binding.tooltip, partial(self._act, found)
        yield from self._places()

    def _places(self) -> Iterator[Entry]:
        if not isinstance(self.app, HasStudy):
            return
        exams = self.app.study.catalog.exam_ids()
        if exams:
            yield self._entry("Exams", "Mock exams, and the earlier ones", ExamsPlace())
        for id in exams:
            yield self._entry(f"Exam: {id.upper()}", "Begin a mock exam, after it is said what it is", ExamPlace(id))
        for topic in self.app.study.catalog.outline.topics:
            yield self._entry(f"Lesson: {topic.title}", topic.about, LessonPlace(topic.id))
            yield self._entry(f"Questions: {topic.title}", "Answer the questions", QuestionsPlace(topic.id))
            for lab, title in topic.labs.items():
                yield self._entry(f"Lab: {title}", f"A lab of {topic.title}", LabPlace(lab))
            for incident, title in topic.incidents.items():
                say = f"A live incident of {topic.title}"
                yield self._entry(f"Incident: {title}", say, IncidentPlace(incident))

        yield self._entry("Your progress", "What you know, what is due, and how ready you are", ProgressPlace())

    def _terms(self) -> Iterator[Entry]:
        """The glossary: too long to be listed before something is typed."""
        if isinstance(self.app, HasStudy):
            for term in self.app.study.catalog.terms():
                yield self._entry(f"Term: {term.term}", "Look it up in the glossary", GlossaryPlace(term.id))

    def _entry(self, title: str, help: str, place: Place) -> Entry:
        return title, help, partial(self.app.post_message, PlaceChosen(place, self.screen))

    def _act(self, found: ActiveBinding) -> Awaitable[bool] | None:
        """Do it, unless a first Enter of two has led away from here."""
        return self.app.run_action(found.binding.action, found.node) if self.app.screen is self.screen else None


def found_at(title: str, word: str) -> int | None:
    """Return where a word stands in a title: at the beginning of a word if possible; None if nowhere."""
    starts = (match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}", title))
    place = next(starts, title.find(word))
    return place if place >= 0 else None


def _score(title: str, spans: Sequence[tuple[int, int]]) -> float:
    """Words that begin where a word of the title begins count most; a longer title counts a little less."""
    begins = sum(start == 0 or not title[start - 1].isalnum() for start, _ in spans)
    return (1 + begins / len(spans)) / 2 - min(len(title), 100) / 1000


def _explained(title: Content, help: str) -> Content:
    """The title over its help, which Textual would read as markup."""
    return Content("\n").join([title, plain(help, "dim")]) if help else title


def _marked(title: str, spans: Sequence[tuple[int, int]]) -> Content:
    """The title with what was typed."""
    content = plain(title)
    for start, end in spans:
        content = content.stylize("bold underline", start, end)
    return content
