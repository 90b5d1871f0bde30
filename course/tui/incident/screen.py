"""The incident as a screen: the brief, the shift on its clock, the grade; and again, with what comes next."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import LoadingIndicator, Static

from course.errors import CourseError
from course.history import IncidentProgress
from course.tui.incident.brief import BriefView
from course.tui.incident.live import LiveView
from course.tui.incident.verdict import ShiftVerdict
from course.tui.resume import shifts
from course.tui.screens.base import CourseScreen
from course.tui.words import named, plain

if TYPE_CHECKING:
    from course.ports import Study
    from labs.incident import Incident


class IncidentScreen(CourseScreen):
    """One incident."""

    CSS_PATH = ["../screens/page.tcss", "../lab/lab.tcss", "incident.tcss"]  # noqa: RUF012 - Textual's own type
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012 - Textual's own type

    @dataclass
    class Opened(Message):
        """The incident has been read."""

        incident: Incident

    @dataclass
    class Missing(Message):
        """There is no such incident, or its files are wrong."""

        say: str

    def __init__(self, study: Study, incident_id: str) -> None:
        super().__init__(study, named(incident_id))
        self._incident_id = incident_id
        self._incident: Incident | None = None

    def compose_body(self) -> ComposeResult:
        """A place for what is shown; reading the incident brings numpy along, so the screen comes first."""
        with Vertical(id="incident"):
            yield LoadingIndicator()

    def on_mount(self) -> None:
        """Read the incident."""
        self._look_back()
        self._open()

    @work(thread=True, exclusive=True, group="open")
    def _open(self) -> None:
        if self._incident_id not in self.study.catalog.incident_ids():
            self.post_message(self.Missing(f"There is no incident {self._incident_id} in this course."))
            return
        try:
            self.post_message(self.Opened(self.study.catalog.incident(self._incident_id)))
        except CourseError as error:
            self.post_message(self.Missing(str(error)))

    @on(Missing)
    async def _missing(self, event: Missing) -> None:
        event.stop()
        await self._show(Static(plain(event.say), classes="note"))

    @on(Opened)
    async def _opened(self, event: Opened) -> None:
        event.stop()
        self._incident = event.incident
        self.title_bar.heading = event.incident.title
        await self._show(BriefView(event.incident, self._so_far.abandoned))

    @on(BriefView.Begun)
    @on(ShiftVerdict.Again)
    async def _begin(self, event: Message) -> None:
        """Draw a release and start the clock; the draw follows from how many shifts there were.

        That it was started is written down at once: whoever leaves in the middle, or loses power, has had this shift.
        """
        from labs.incident import drawn

        event.stop()
        if self.query(LiveView):
            return  # a second press of the key
        assert self._incident is not None
        release, seed = drawn(self._incident, self._so_far.attempts)
        session = await asyncio.to_thread(self._incident.begin, release, seed)
        data = {"release": release, "seed": seed, "revision": self._incident.revision}
        self.record("incident-begun", self._incident_id, data)
        await self._show(LiveView(session))

    @on(LiveView.Ended)
    async def _ended(self, event: LiveView.Ended) -> None:
        """Grade the shift, write it down, show the verdict."""
        from labs.incident_grading import close
        from labs.incident_record import kept

        event.stop()
        grade = await asyncio.to_thread(close, event.session)
        self.record("incident-graded", self._incident_id, kept(grade, version("mlcourse")) | {"begun": True})
        self._look_back()
        await self._show(ShiftVerdict(grade, event.sent))

    async def _show(self, view: Widget) -> None:
        place = self.query_one("#incident", Vertical)
        await place.remove_children()
        await place.mount(view)
        self.refresh_bindings()

    def _look_back(self) -> None:
        self._so_far = self.progress().incidents.get(self._incident_id, IncidentProgress())
        passed = " · passed" if self._so_far.passed else ""
        self.title_bar.status = f"{shifts(self._so_far)}{passed}" if self._so_far.attempts else "no shift yet"

    def action_back(self) -> None:
        """Leave; a shift that is going on is graded first, if the learner means it."""
        for live in self.query(LiveView):
            if not live.sending:
                live.action_let_go()
            return
        super().action_back()
