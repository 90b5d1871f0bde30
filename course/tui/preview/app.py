"""The course while one of its packs is written: goes where something was saved, and shows everything as it is now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from textual import on, work
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState, get_current_worker

from course.previews import Changed, Fault, Spot
from course.tui.app import CourseApp
from course.tui.commands import bindings
from course.tui.home.screen import HomeScreen
from course.tui.lab.screen import LabScreen
from course.tui.lab.workspace import Workspace
from course.tui.places import LessonPlace, Place
from course.tui.preview.broken import BrokenScreen
from course.tui.preview.commands import PREVIEW
from course.tui.preview.lesson import DraftScreen
from course.tui.preview.line import PreviewLine, Standing
from course.tui.preview.problems import ProblemsDialog
from course.tui.preview.spots import called, place_of, same, spot_at
from course.tui.screens.base import CourseScreen

if TYPE_CHECKING:
    from course.ports import Study
    from course.previews import Preview

OUTLINE = Spot(kind="outline")
WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a screen shows of the pack."""

    spot: Spot
    version: object
    """As `course.previews.Preview.version` gave it when the screen was opened."""


class PreviewApp(CourseApp):
    """`mlcourse preview`."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(__file__).parent.with_name("mlcourse.tcss"),
        Path(__file__).with_name("preview.tcss"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PREVIEW)

    standing: var[Standing] = var(Standing, init=False)

    @dataclass
    class Checked(Message):
        """The pack was checked."""

        faults: tuple[Fault, ...]
        number: int
        """Of the check."""

    @dataclass
    class LookedInto(Message):
        """It is known why a screen cannot show its place."""

        screen: Screen[None]
        spot: Spot
        faults: tuple[Fault, ...]

    def __init__(self, study: Study, preview: Preview, at: Spot | None = None) -> None:
        super().__init__(study)
        self.preview = preview
        self.faults: tuple[Fault, ...] | None = None
        """What the last check has found; None before the first."""
        self._begin_at = at
        self._saved: Changed | None = None
        """What was saved last of all that can be seen somewhere."""
        self._checks = 0
        self._of: WeakKeyDictionary[Screen[Any], Shown] = WeakKeyDictionary()

    def frame(self) -> Iterable[Widget]:
        """A line over the keys of every screen."""
        yield PreviewLine()

    def on_mount(self) -> None:
        """Begin with what is wrong with the whole pack, or at the place that was named."""
        wrong = self.preview.faults_at(OUTLINE)
        if wrong:
            self.push_screen(self._broken(OUTLINE, wrong))
        elif self._begin_at is not None and (place := place_of(self._begin_at)):
            self.go(place)
        self._watch()
        self._begin_check()

    # What is shown of a place

    def screen_for(self, place: Place) -> Screen[None]:
        """Return the screen for a place as far as it can be shown; what is wrong stands in its place."""
        spot = spot_at(place)
        wrong = self.preview.faults_at(spot) if spot and spot.kind in ("glossary", "exam") else ()
        if spot and wrong:
            return self._broken(spot, wrong)
        screen = self._draft(place) or super().screen_for(place)
        if spot:
            self._of[screen] = Shown(spot, self.preview.version(spot))
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

    def _broken(self, spot: Spot | None, faults: tuple[Fault, ...]) -> Screen[None]:
        screen = BrokenScreen(self.study, called(spot, faults[0].file), spot, faults)
        if spot:
            self._of[screen] = Shown(spot, None)
        return screen

    @work(thread=True, group="look-into")
    def _look_into(self, screen: Screen[None], spot: Spot) -> None:
        """Read a lab or an incident, which takes too long for a key press."""
        if faults := self.preview.faults_at(spot):
            self.post_message(self.LookedInto(screen, spot, faults))

    @on(LookedInto)
    async def _looked_into(self, event: LookedInto) -> None:
        if event.screen is self.screen and not isinstance(event.screen, BrokenScreen):
            await self.switch_screen(self._broken(event.spot, event.faults))

    # What was saved

    @work(group=WATCH)
    async def _watch(self) -> None:
        """Show what is saved, for as long as the program runs."""
        async for changed in self.preview.changes():
            await self.take(changed)

    @on(Worker.StateChanged)
    def _go_on(self, event: Worker.StateChanged) -> None:
        """Whatever went wrong with one change has been said; watch for the next one."""
        if event.worker.group == WATCH and event.state is WorkerState.ERROR:
            self.set_timer(1.0, self._watch)

    async def take(self, changed: Changed) -> None:
        """Show everything as it is by now, and go to what was saved."""
        for screen in list(self.screen_stack):
            if isinstance(screen, HomeScreen):
                screen.renew()
            elif isinstance(screen, DraftScreen) and screen.is_mounted:
                await self._renew_lesson(screen)
        await self._renew_top()
        if changed.spot is not None:
            self._saved = changed
            if self.standing.following:
                await self._go_to_saved()
        self._begin_check()

    async def _renew_lesson(self, screen: DraftScreen) -> None:
        try:
            draft = self.preview.draft(screen.lesson.id)
        except KeyError:
            return  # its screen says so once it is on top
        await screen.renew(draft, self.faults or ())

    async def _renew_top(self) -> None:
        """Show the screen on top as it is by now. Those below wait until they are uncovered."""
        screen: Screen[Any] = self.screen
        shown = self._of.get(screen)
        if shown is None or not self._may_leave(screen):
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

    def pop_screen(self) -> AwaitComplete:
        """Look at what is uncovered: its files may have changed meanwhile."""
        popped = super().pop_screen()
        self.call_later(self._uncovered)
        return popped

    async def _uncovered(self) -> None:
        await self._renew_top()
        if self.standing.waiting and self.standing.following:
            await self._go_to_saved()

    # Where one is

    def _may_leave(self, screen: Screen[Any]) -> bool:
        """Is nothing lost, and nobody interrupted, if another screen takes its place?"""
        return not isinstance(screen, ModalScreen) and not (
            isinstance(screen, CourseScreen) and screen.costs_to_leave is not None
        )

    async def _go_to_saved(self) -> None:
        """Go to what was saved last, unless something is in the way."""
        if self._saved is None or self._saved.spot is None:
            return
        free = all(self._may_leave(screen) for screen in self.screen_stack)
        self.standing = replace(self.standing, waiting="" if free else self._saved.files[-1])
        if free:
            await self._stand_at(self._saved.spot)

    async def _stand_at(self, spot: Spot) -> None:
        """Go to a place of the pack, unless one is there."""
        screen, shown = self.screen, self._of.get(self.screen)
        if shown is None or not same(shown.spot, spot):
            screen = await self._leave_for(spot)
        if isinstance(screen, DraftScreen):
            screen.stand_at(spot.step, spot.share)

    async def _leave_for(self, spot: Spot) -> Screen[Any]:
        """Put the screen of a place over the first one, in place of all others."""
        place = place_of(spot)
        wrong = self.preview.faults_at(OUTLINE) if place is None else ()
        with self.batch_update():
            while len(self.screen_stack) > 2:
                await super().pop_screen()
            if place is None and not wrong:
                if len(self.screen_stack) > 1:
                    await super().pop_screen()
                return self.screen
            new = self._broken(spot, wrong) if place is None else self.screen_for(place)
            if len(self.screen_stack) > 1:
                await self.switch_screen(new)
            else:
                await self.push_screen(new)
        return self.screen

    async def action_follow(self) -> None:
        """Stay, or go again where something is saved."""
        if self.standing.waiting:
            await self._go_to_saved()
            return
        self.standing = replace(self.standing, following=not self.standing.following)
        if self.standing.following:
            await self._go_to_saved()

    # What is wrong

    def _begin_check(self) -> None:
        self._checks += 1
        self._check(self._checks)

    @work(thread=True, exclusive=True, group="check")
    def _check(self, number: int) -> None:
        """Look for everything that is wrong with the pack; a later check takes the place of this one."""
        worker = get_current_worker()
        faults = self.preview.check(lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.post_message(self.Checked(faults, number))

    @on(Checked)
    async def _checked(self, event: Checked) -> None:
        if event.number != self._checks:
            return
        self.faults = event.faults
        self.standing = replace(self.standing, problems=len(event.faults))
        for screen in self.screen_stack:
            if isinstance(screen, DraftScreen) and screen.is_mounted:
                await self._renew_lesson(screen)

    def action_problems(self) -> None:
        """List what is wrong, and go to what is chosen."""
        if not isinstance(self.screen, ModalScreen):
            self.push_screen(ProblemsDialog(self.faults), self._chosen)

    async def _chosen(self, fault: Fault | None) -> None:
        if fault is None:
            return
        spot = fault.spot
        if spot is not None and spot.kind == "lesson":
            await self._stand_at(spot)
        else:
            await self.push_screen(self._broken(None, (fault,)))
