"""A learner on shift: the real incident, and a clock that stands still until a test moves it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache

from textual.pilot import Pilot

from course.history import Event
from course.ports import Study
from course.syllabus import Lesson, OnCall, Reading
from course.tui.app import CourseApp
from course.tui.incident.brief import BriefView
from course.tui.incident.live import LiveView
from course.tui.incident.verdict import ShiftVerdict
from labs.incidents.session import Incident, drawn
from tests.built_in import PACK
from tests.course.tui import fakes
from tests.course.tui.driving import SMALL, press, until

ID = "silent-rollback"
CALL = OnCall(incident=ID, title="The silent rollback")
PAGE = Reading(title="One page", blocks=())


@cache
def incident() -> Incident:
    """The built-in one."""
    return PACK.incident(ID)


def attempts_before(release: str) -> int:
    """How many shifts come before the first one with this release."""
    return next(count for count in range(9) if drawn(incident(), count)[0] == release)


@dataclass
class Shelf(fakes.FakeCatalog):
    """Content in memory, with the incident in the first lesson."""

    def __post_init__(self) -> None:
        first, *others = self.outline.parts
        topic = replace(first.topics[0], incidents={ID: incident().title})
        parts = (replace(first, topics=(topic, *first.topics[1:])), *others)
        self.outline = replace(self.outline, parts=parts)
        self.lessons["canary"] = _lesson(self.lessons["canary"])

    def incident(self, id: str) -> Incident:
        return {ID: incident()}[id]

    def incident_ids(self) -> tuple[str, ...]:
        return (ID,)


def _lesson(lesson: Lesson) -> Lesson:
    return replace(lesson, steps=(PAGE, CALL))


def study(release: str = "sound", *events: Event) -> Study:
    """A study in which the next shift meets this release."""
    before = (fakes.event("incident-graded", ID, passed=False) for _ in range(attempts_before(release)))
    return fakes.study(*before, *events, catalog=Shelf())


@asynccontextmanager
async def on_call(study: Study, size: tuple[int, int] = SMALL, start: str = ID) -> AsyncIterator[Pilot[None]]:
    """Open the incident, and wait for its brief."""
    async with CourseApp(study, start=start or None).run_test(size=size) as pilot:
        await pilot.pause()
        if start == ID:
            await until(pilot, lambda: bool(pilot.app.screen.query(BriefView)))
        yield pilot


@asynccontextmanager
async def on_shift(study: Study, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[None]]:
    """Open the incident and start its clock."""
    async with on_call(study, size) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(LiveView)))
        await pilot.pause()
        yield pilot


def live(pilot: Pilot[None]) -> LiveView:
    """The running shift, on whatever screen it lies under."""
    [found] = [view for screen in pilot.app.screen_stack for view in screen.query(LiveView)]
    return found


async def wait_until(pilot: Pilot[None], t: float) -> None:
    """Let the clock run to a second of the run, at ten times real time."""
    view = live(pilot)
    view.advance((t - view.shift.t) / view.shift.speed)
    await pilot.pause()


async def send(pilot: Pilot[None], *keys: str) -> None:
    """Press the key of a request, answer its question, and wait for the service."""
    view = live(pilot)
    before = view.sent
    await press(pilot, *keys)
    await until(pilot, lambda: view.sent != before)
    await pilot.pause()


async def verdict(pilot: Pilot[None]) -> ShiftVerdict:
    """Wait for the grade."""
    await until(pilot, lambda: bool(pilot.app.screen.query(ShiftVerdict)))
    await pilot.pause()
    return pilot.app.screen.query_one(ShiftVerdict)
