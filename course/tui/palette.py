"""The command palette: what can be done here, and every place one can go to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from course.tui.drawing.words import plain
from course.tui.places import IncidentPlace, LabPlace, LessonPlace, Place, PlaceChosen, QuestionsPlace

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
            yield DiscoveryHit(plain(title), do, title, help)

    async def search(self, query: str) -> Hits:
        """List what matches."""
        matcher = self.matcher(query)
        for title, help, do in self._entries():
            if (score := matcher.match(title)) > 0:
                yield Hit(score, _marked(title, matcher.fuzzy_search.match(query, title)[1]), do, title, help)

    def _entries(self) -> Iterator[Entry]:
        for found in offered(self.screen):
            if "(" not in found.binding.action:
                yield found.binding.description, found.binding.tooltip, partial(self._act, found)
        yield from self._places()

    def _places(self) -> Iterator[Entry]:
        if not isinstance(self.app, HasStudy):
            return
        for topic in self.app.study.catalog.outline.topics:
            if topic.available:
                yield self._entry(f"Lesson: {topic.title}", topic.about, LessonPlace(topic.id))
                yield self._entry(f"Questions: {topic.title}", "Answer the questions", QuestionsPlace(topic.id))
            for lab, title in topic.labs.items():
                yield self._entry(f"Lab: {title}", f"A lab of {topic.title}", LabPlace(lab))
            for incident, title in topic.incidents.items():
                say = f"A live incident of {topic.title}"
                yield self._entry(f"Incident: {title}", say, IncidentPlace(incident))

    def _entry(self, title: str, help: str, place: Place) -> Entry:
        return title, help, partial(self.app.post_message, PlaceChosen(place, self.screen))

    def _act(self, found: ActiveBinding) -> Awaitable[bool] | None:
        """Do it, unless a first Enter of two has led away from here."""
        return self.app.run_action(found.binding.action, found.node) if self.app.screen is self.screen else None


def _marked(title: str, places: Sequence[int]) -> Content:
    """The title with the letters that were typed."""
    content = plain(title)
    for place in places:
        content = content.stylize("bold underline", place, place + 1)
    return content
