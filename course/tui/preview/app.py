"""The course while one of its packs is written: goes where something was saved, and shows everything as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState, get_current_worker

from course.previews import Changed, Fault, Spot
from course.tui.commands import bindings
from course.tui.preview.commands import PREVIEW
from course.tui.preview.lesson import DraftScreen
from course.tui.preview.line import PreviewLine, Standing
from course.tui.preview.problems import ProblemsDialog
from course.tui.preview.showing import ShowingApp
from course.tui.preview.spots import place_of, same

if TYPE_CHECKING:
    from course.ports import Study
    from course.previews import Preview

OUTLINE = Spot(kind="outline")
WATCH = "watch"


class PreviewApp(ShowingApp):
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

    def __init__(self, study: Study, preview: Preview, at: Spot | None = None) -> None:
        super().__init__(study, preview)
        self._begin_at = at
        self._saved: Changed | None = None
        """What was saved last of all that can be seen somewhere."""
        self._checks = 0

    def frame(self) -> Iterable[Widget]:
        """A line over the keys of every screen."""
        yield PreviewLine()

    def on_mount(self) -> None:
        """Begin with what is wrong with the whole pack, or at the place that was named."""
        wrong = self.preview.faults_at(OUTLINE)
        if wrong:
            self.push_screen(self.broken(OUTLINE, wrong))
        elif self._begin_at is not None and (place := place_of(self._begin_at)):
            self.go(place)
        self._watch()
        self._begin_check()

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
        await self.renew()
        if changed.spot is not None:
            self._saved = changed
            if self.standing.following:
                await self._go_to_saved()
        self._begin_check()

    def pop_screen(self) -> AwaitComplete:
        """Look at what is uncovered: its files may have changed meanwhile."""
        popped = super().pop_screen()
        self.call_later(self._uncovered)
        return popped

    async def _uncovered(self) -> None:
        await self.renew_top()
        if self.standing.waiting and self.standing.following:
            await self._go_to_saved()

    # Where one is

    async def _go_to_saved(self) -> None:
        """Go to what was saved last, unless something is in the way."""
        if self._saved is None or self._saved.spot is None:
            return
        free = all(self.may_leave(screen) for screen in self.screen_stack)
        self.standing = replace(self.standing, waiting="" if free else self._saved.files[-1])
        if free:
            await self._stand_at(self._saved.spot)

    async def _stand_at(self, spot: Spot) -> None:
        """Go to a place of the pack, unless one is there."""
        screen, shown = self.screen, self.shown.get(self.screen)
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
            new = self.broken(spot, wrong) if place is None else self.screen_for(place)
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
        await self.renew_lessons()

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
            await self.push_screen(self.broken(None, (fault,)))
