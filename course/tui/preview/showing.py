"""Screens of a pack that is written: for each place what can be shown of it, as its files are by now."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual import on, work
from textual.message import Message
from textual.screen import ModalScreen, Screen

from course.previews import Fault, Spot
from course.tui.app import CourseApp
from course.tui.home.screen import HomeScreen
from course.tui.lab.screen import LabScreen
from course.tui.lab.workspace import Workspace
from course.tui.places import LessonPlace, Place
from course.tui.preview.broken import BrokenScreen
from course.tui.preview.lesson import DraftScreen
from course.tui.preview.spots import called, place_of, spot_at
from course.tui.screens.base import CourseScreen

if TYPE_CHECKING:
    from course.ports import Study
    from course.previews import Preview


@dataclass(frozen=True, slots=True)
class Shown:
    """What a screen shows of the pack."""

    spot: Spot
    version: object
    """As `course.previews.Preview.version` gave it when the screen was opened."""


class ShowingApp(CourseApp):
    """The course, whose screens show what is wrong in place of what cannot be read, and can be renewed."""

    @dataclass
    class LookedInto(Message):
        """It is known why a screen cannot show its place."""

        screen: Screen[None]
        spot: Spot
        faults: tuple[Fault, ...]

    def __init__(self, study: Study, preview: Preview) -> None:
        super().__init__(study)
        self.preview = preview
        self.faults: tuple[Fault, ...] | None = None
        """What the last check of the pack has found; None before the first."""
        self.shown: WeakKeyDictionary[Screen[Any], Shown] = WeakKeyDictionary()

    def screen_for(self, place: Place) -> Screen[None]:
        """Return the screen for a place as far as it can be shown; what is wrong stands in its place."""
        spot = spot_at(place)
        wrong = self.preview.faults_at(spot) if spot and spot.kind in ("glossary", "exam") else ()
        if spot and wrong:
            return self.broken(spot, wrong)
        screen = self._draft(place) or super().screen_for(place)
        if spot:
            self.shown[screen] = Shown(spot, self.preview.version(spot))
            if spot.kind in ("lab", "incident"):
                self._look_into(screen, spot)
        return screen

    def _draft(self, place: Place) -> Screen[None] | None:
        """Return the screen of a lesson that is there."""
        if not isinstance(place, LessonPlace):
            return None
        try:
            draft = self.preview.draft(place.lesson)
        except KeyError:
            return None
        return DraftScreen(self.study, draft, place.step, self.memory.questions, self.faults or ())

    def broken(self, spot: Spot | None, faults: tuple[Fault, ...]) -> Screen[None]:
        """Return a screen that says what is wrong, and stands for the place until that is mended."""
        screen = BrokenScreen(self.study, called(spot, faults[0].file), spot, faults)
        if spot:
            self.shown[screen] = Shown(spot, None)
        return screen

    @work(thread=True, group="look-into")
    def _look_into(self, screen: Screen[None], spot: Spot) -> None:
        """Read a lab or an incident, which takes too long for a key press."""
        if faults := self.preview.faults_at(spot):
            self.post_message(self.LookedInto(screen, spot, faults))

    @on(LookedInto)
    async def _looked_into(self, event: LookedInto) -> None:
        if event.screen is self.screen and not isinstance(event.screen, BrokenScreen):
            await self.switch_screen(self.broken(event.spot, event.faults))

    async def renew(self) -> None:
        """Show everything as it is by now, wherever it is shown."""
        for screen in list(self.screen_stack):
            if isinstance(screen, HomeScreen):
                screen.renew()
        await self.renew_lessons()
        await self.renew_top()

    async def renew_lessons(self) -> None:
        """Show what is wrong with lessons, and what they say by now."""
        for screen in list(self.screen_stack):
            if isinstance(screen, DraftScreen) and screen.is_mounted:
                await self._renew_lesson(screen)

    async def _renew_lesson(self, screen: DraftScreen) -> None:
        try:
            draft = self.preview.draft(screen.lesson.id)
        except KeyError:
            return  # its screen says so once it is on top
        await screen.renew(draft, self.faults or ())

    async def renew_top(self) -> None:
        """Show the screen on top as it is by now. Those below wait until they are uncovered."""
        screen: Screen[Any] = self.screen
        shown = self.shown.get(screen)
        if shown is None or not self.may_leave(screen):
            return
        if isinstance(screen, BrokenScreen):
            await self._renew_broken(screen, shown.spot)
        elif self.preview.version(shown.spot) != shown.version:
            await self._replace(screen, shown.spot)

    async def _renew_broken(self, screen: BrokenScreen, spot: Spot) -> None:
        """Show what is wrong by now, or what can be shown again."""
        faults = await asyncio.to_thread(self.preview.faults_at, spot)
        if not screen.is_current:  # somebody has gone on meanwhile
            return
        if faults:
            await screen.renew(faults)
        elif (place := place_of(spot)) is not None:
            await self.switch_screen(self.screen_for(place))
        else:
            screen.dismiss()

    async def _replace(self, screen: Screen[Any], spot: Spot) -> None:
        """Show a lab, an incident, a question by itself, an exam or the glossary anew: their files have changed."""
        place = place_of(spot)
        if place is None:
            return
        if isinstance(screen, LabScreen):
            self.memory.labs.pop(spot.id, None)  # its grade and its run were those of another lab
        new = self.screen_for(place)
        if isinstance(screen, LabScreen) and isinstance(new, LabScreen):
            panes = [workspace.place for workspace in screen.query(Workspace)]
            new.begin_with = "plan" if "plan" in panes else "brief"
        await self.switch_screen(new)

    def may_leave(self, screen: Screen[Any]) -> bool:
        """Is nothing lost, and nobody interrupted, if another screen takes its place?"""
        return not isinstance(screen, ModalScreen) and not (
            isinstance(screen, CourseScreen) and screen.costs_to_leave is not None
        )
