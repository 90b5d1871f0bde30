"""The app with a learner at the keyboard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from course.ports import Study
from course.tui.app import CourseApp

SMALL = (80, 24)
LARGE = (140, 45)


@asynccontextmanager
async def learner(
    study: Study, *keys: str, start: str | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Pilot[None]]:
    """Open the app and press some keys."""
    async with CourseApp(study, start).run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, *keys)
        yield pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each when the last has had its effect."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app work until something holds; a minute means that it never will."""
    async with asyncio.timeout(60):
        while not condition():
            await pilot.pause()


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type into the focused field."""
    await press(pilot, *("space" if letter == " " else letter for letter in text))


async def dash(pilot: Pilot[None], keys: list[str] | str, *, paste: str = "") -> None:
    """Press keys, and paste, faster than the app can work; then let it catch up. A string is typed letter by letter."""
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        pilot.app.post_message(events.Key(name, key if len(key) == 1 else {"space": " "}.get(key)))
    if paste:
        pilot.app.post_message(events.Paste(paste))
    for _ in range(3):
        await pilot.pause()


def rows(pilot: Pilot[None]) -> list[str]:
    """The lines of the screen, as they are painted."""
    return [strip.text for strip in pilot.app.screen._compositor.render_strips()]


def shown(pilot: Pilot[None]) -> str:
    """All that is painted."""
    return "\n".join(rows(pilot))


def read(pilot: Pilot[None]) -> str:
    """All that is painted, as one line with single spaces."""
    return " ".join(shown(pilot).split())


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    """Change the terminal's size, and wait until the picture has it and stands still."""
    await pilot.resize_terminal(width, height)
    before = ""
    while before != (before := shown(pilot)) or pilot.app.screen._compositor.size != (width, height):
        await pilot.pause()
