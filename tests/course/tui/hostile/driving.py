"""A learner in a hostile pack, and what must hold of every line that is painted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from course.characters import REFUSED
from course.content.pack import Pack
from course.desk import LabDesk
from course.history import Event
from course.ports import Study
from course.store.memory import MemoryJournal
from course.tui.app import CourseApp
from quiz.questions import Question
from tests.course.tui import fakes
from tests.course.tui.driving import press
from tests.course.tui.hostile.pack import hostile_pack

SIZE = (100, 30)
MARKUP = "[@click=app.quit]press[/] [bold [/] [/b] [$error]z"
LINES = "one\ttwo\nthree four"
LONG = "x" * 100_000
TEXTS = pytest.mark.parametrize("text", [MARKUP, LINES, LONG], ids=["markup", "lines", "long"])


@dataclass
class Catalog(Pack):
    """One pack alone, so that its texts are on Home too."""

    def __init__(self, root: Path, warning: str | None = None) -> None:
        super().__init__(root)
        self.warning = warning

    def has_question(self, id: str) -> bool:
        """Is it one of the pack's?"""
        return any(card.id == id for card in self.question_cards())

    def question(self, id: str) -> Question:
        """Return the question."""
        return next(each for lesson in self.course.lessons for each in self.lesson(lesson).bank if each.id == id)


def study(folder: Path, text: str, *events: Event, warning: str | None = None) -> Study:
    """The pack with this text, at a real desk, and a history."""
    catalog = Catalog(hostile_pack(folder / "pack", text), warning)
    return Study(catalog=catalog, journal=MemoryJournal(events, warning), desk=LabDesk(folder), now=fakes.Clock())


@asynccontextmanager
async def visitor(study: Study, start: str | None = None) -> AsyncIterator[Pilot[None]]:
    """Open the course somewhere."""
    async with CourseApp(study, start).run_test(size=SIZE, notifications=True) as pilot:
        pilot.app.animation_level = "none"
        await pilot.pause()
        yield pilot
        look(pilot)


async def go(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and look at what is painted after each."""
    for key in keys:
        await press(pilot, key)
        look(pilot)


def look(pilot: Pilot[None]) -> None:
    """Nothing on the screen is for the terminal, or for a click, that a pack has written."""
    assert pilot.app.is_running
    assert pilot.app._exception is None
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            assert not REFUSED.search(segment.text)
            assert "\t" not in segment.text
            assert "\n" not in segment.text
            assert segment.style is None or "@click" not in segment.style.meta
