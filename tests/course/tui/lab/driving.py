"""Opening a lab, and waiting for what goes on in the background."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.types import AnimationLevel

from course.ports import Study
from course.tui.app import CourseApp
from course.tui.lab.plan.editor import PlanEditor
from course.tui.lab.run.pane import RunPane
from course.tui.lab.run.player import Player
from tests.course.tui.driving import SMALL, until
from tests.course.tui.lab.fakes import LAB_ID

ASKING = ("start", "replace")
"""Workers that wait for the learner's answer."""


@asynccontextmanager
async def a_lab_screen(
    study: Study, size: tuple[int, int] = SMALL, motion: AnimationLevel = "none"
) -> AsyncIterator[Pilot[None]]:
    """Open the lab and wait until it is there."""
    app = CourseApp(study, start=LAB_ID)
    async with app.run_test(size=size) as pilot:
        app.animation_level = motion
        await until(pilot, lambda: bool(app.screen.query(RunPane)))
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Let the app work until nothing goes on in the background."""
    await pilot.pause()
    await until(pilot, lambda: all(w.is_finished for w in pilot.app.workers if w.group not in ASKING))
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each when the one before has had its effect."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def ask(pilot: Pilot[None], key: str) -> None:
    """Press a key that opens a question over the screen."""
    await pilot.press(key)
    await until(pilot, lambda: pilot.app.screen.is_modal)
    await settle(pilot)


async def run(pilot: Pilot[None], letter: str) -> Player:
    """Run the plan against a release, and return the player when it shows the run."""
    await ask(pilot, "r")
    await press(pilot, *["down"] * "ABC".index(letter), "enter")
    player = pilot.app.screen.query_one(Player)
    await until(pilot, lambda: player.display and player.film is not None)
    await settle(pilot)
    return player


async def write(pilot: Pilot[None], text: str) -> PlanEditor:
    """Replace the plan, as if it had been typed."""
    editor = pilot.app.screen.query_one(PlanEditor)
    editor.swap(text)
    await settle(pilot)
    return editor
