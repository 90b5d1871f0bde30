"""The incident as a screen: the brief, the shift on its clock, the grade; and again, with what comes next."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import LoadingIndicator, Static

from course.errors import CourseError
from course.history import IncidentProgress
from course.tui.commands import bindings
from course.tui.incident.commands import BEGIN
from course.tui.incident.live import LiveView
from course.tui.incident.verdict import ShiftVerdict
from course.tui.screens.base import CourseScreen
from course.tui.widgets.prose import Prose
from course.tui.words import count, named, plain

if TYPE_CHECKING:
    from course.ports import Study
    from labs.incident import Incident


class BriefView(VerticalScroll):
    """What the learner reads before the clock starts."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(BEGIN)

    class Begun(Message):
        """The learner takes over."""

    def __init__(self, incident: Incident) -> None:
        super().__init__()
        self._incident = incident

    def compose(self) -> ComposeResult:
        """The brief, and how the clock works."""
        yield Prose(self._incident.brief)
        about = (
            f"The clock starts at {self._incident.speed} times real time; + and - change that, space holds it. What is "
            "graded is the clock's time, so reading costs nothing. It never runs backwards."
        )
        yield Static(plain(about, "$hushed"), id="about-clock")

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()

    def action_begin(self) -> None:
        """Start."""
        self.post_message(self.Begun())


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
        await self._show(BriefView(event.incident))

    @on(BriefView.Begun)
    @on(ShiftVerdict.Again)
    async def _begin(self, event: Message) -> None:
        """Draw a release and start the clock; the draw follows from how many shifts there were."""
        from labs.incident import drawn

        event.stop()
        assert self._incident is not None
        release, seed = drawn(self._incident, self._so_far.attempts)
        session = await asyncio.to_thread(self._incident.begin, release, seed)
        await self._show(LiveView(session))

    @on(LiveView.Ended)
    async def _ended(self, event: LiveView.Ended) -> None:
        """Grade the shift, write it down, show the verdict."""
        from labs.incident_grading import close
        from labs.incident_record import kept

        event.stop()
        grade = await asyncio.to_thread(close, event.session)
        self.record("incident-graded", self._incident_id, kept(grade, version("mlcourse")))
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
        shifts = count(self._so_far.attempts, "shift")
        self.title_bar.status = f"{shifts}{passed}" if self._so_far.attempts else "no shift yet"

    def action_back(self) -> None:
        """Leave; a shift that is going on is graded first, if the learner means it."""
        for live in self.query(LiveView):
            if not live.sending:
                live.action_let_go()
            return
        super().action_back()
