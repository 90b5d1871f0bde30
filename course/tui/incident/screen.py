"""The incident as a screen: the brief, the shift on its clock, the grade; and again, with what comes next."""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from course.progress import IncidentProgress
from course.tui.drawing.words import plain
from course.tui.home.resume import shifts
from course.tui.incident.brief import BriefView
from course.tui.incident.live import LiveView
from course.tui.incident.verdict import ShiftVerdict
from course.tui.screens.base import HEIGHTS, CourseScreen
from course.tui.widgets.confirm import Confirm
from course.tui.widgets.goes_on import LONG_S, broken_off
from course.tui.widgets.opening import Opening

if TYPE_CHECKING:
    from course.ports import Study
    from labs.incidents.session import Incident


class IncidentScreen(CourseScreen):
    """One incident."""

    VERTICAL_BREAKPOINTS = HEIGHTS
    CSS_PATH = ["../screens/page.tcss", "../lab/lab.tcss", "incident.tcss"]  # noqa: RUF012 - Textual's own type

    so_far = IncidentProgress()
    incident: Incident | None = None
    """None until it has been read."""

    def __init__(self, study: Study, subject: str) -> None:
        super().__init__(study, study.catalog.outline.title_of("incident", subject))
        self.subject = subject
        self.opening = Opening("incident", subject, study.catalog.incident_ids, study.catalog.incident)

    def compose_body(self) -> ComposeResult:
        """A place for brief, shift and grade."""
        yield self.opening

    def on_mount(self) -> None:
        """Say how it went so far."""
        self.look_back()

    @on(Opening.Read)
    async def _opened(self, event: Opening.Read) -> None:
        """Begin with the brief; the clock waits."""
        incident: Incident = event.thing
        self.incident = incident
        self.title_bar.heading = incident.title
        await self.opening.show(BriefView(incident, self.so_far.abandoned))

    @on(BriefView.Begun)
    @on(ShiftVerdict.Again)
    async def _begin(self, event: Message) -> None:
        """Draw a release and start the clock; the draw follows from how many shifts there were.

        That it was started is written down at once: whoever leaves in the middle, or loses power, has had this shift.
        """
        from labs.incidents.ongoing import Ongoing
        from labs.incidents.session import drawn

        event.stop()
        if self.query(LiveView):
            return  # a second press of the key
        assert self.incident is not None
        release, seed = drawn(self.incident, self.so_far.attempts)
        try:
            ongoing = await asyncio.to_thread(Ongoing, self.incident, release, seed)
        except Exception as error:  # whatever it is: the brief stays, and so does the way to begin
            self.notify(broken_off("Beginning the shift", error), severity="error", timeout=LONG_S, markup=False)
            return
        data = {"release": release, "seed": seed, "revision": self.incident.revision}
        self.record("incident-begun", self.subject, data)
        await self.opening.show(LiveView(ongoing))

    @on(LiveView.Ended)
    async def _ended(self, event: LiveView.Ended) -> None:
        """Grade the shift, write it down, show the verdict."""
        from labs.incidents.grading import close
        from labs.incidents.record import kept

        event.stop()
        if not self.query(LiveView):
            return  # it has been graded already
        try:
            grade = await asyncio.to_thread(lambda: close(event.ongoing.end()))
        except Exception as error:  # whatever it is: the shift is over, and the next one can be begun
            await self._break_off("Grading the shift", error)
            return
        self.record("incident-graded", self.subject, kept(grade, version("mlcourse")) | {"begun": True})
        self.look_back()
        await self.opening.show(ShiftVerdict(grade, event.sent))

    @on(LiveView.BrokeOff)
    async def _broke_off(self, event: LiveView.BrokeOff) -> None:
        """Say so; it was a shift, and the next one can be begun."""
        event.stop()
        await self._break_off("The shift", event.error)

    async def _break_off(self, what: str, error: Exception) -> None:
        await self.opening.show(Static(plain(broken_off(what, error)), classes="note"))

    def look_back(self) -> None:
        """Shifts, and whether one was passed."""
        self.so_far = self.progress().incidents.get(self.subject, IncidentProgress())
        passed = " · passed" if self.so_far.passed else ""
        self.title_bar.status = f"{shifts(self.so_far)}{passed}" if self.so_far.attempts else "no shift yet"

    @property
    def costs_to_leave(self) -> Confirm | None:
        """A shift that goes on would be lost."""
        if not any(not live.ended for live in self.query(LiveView)):
            return None
        consequence = "It counts as a shift, and it can be neither graded nor gone on with."
        return Confirm("Leave in the middle of your shift?", consequence, "Leave it", "No, stay")

    def action_back(self) -> None:
        """Leave; a shift that is going on is graded first, if the learner means it."""
        for live in self.query(LiveView):
            live.action_let_go()
            return
        super().action_back()
