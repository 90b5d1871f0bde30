"""The shift itself: the endpoint as it does, the terminals, and what the learner sends."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var
from textual.widgets import Static

from course.tui.commands import bindings
from course.tui.incident.asking import EndShift, Proposal, SendRequest, ShowText
from course.tui.incident.clock_line import ClockLine
from course.tui.incident.commands import LIVE
from course.tui.incident.plain_yaml import as_yaml
from course.tui.incident.requests import deletions, going_back, in_a_line, stopping
from course.tui.incident.shift import Shift
from course.tui.incident.terminal import Sent, Terminal
from course.tui.lab.film import Film, film_of
from course.tui.lab.stage import Stage
from course.tui.widgets.prose import Prose
from course.tui.words import inline, plain

if TYPE_CHECKING:
    from engine.plan import Request
    from labs.incident import Session

FRAME_S = 0.1
"""Seconds on the wall between two looks at the clock."""

STOP_ABOUT = (
    "SageMaker reads this alarm's state while it bakes. The alarm's next evaluation puts it back where it belongs, so "
    "look whether the update has seen it."
)
BACK_ABOUT = "A whole update of its own, with new instances. An endpoint that is Updating takes none."
DELETE_ABOUT = "This closes the matter, and your shift with it. The configuration that serves must stay."


class LiveView(Vertical, can_focus=True):
    """Nothing that it shows has happened later than its clock says."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*LIVE)

    film: reactive[Film | None] = reactive(None)
    t: reactive[float] = reactive(0.0)
    """What the charts show; it follows `shift`."""
    shift: reactive[Shift] = reactive(Shift())
    wall: reactive[str] = reactive("")
    sent: reactive[tuple[Sent, ...]] = reactive(())
    session: var[Session | None] = var(None)
    sending: var[bool] = var(False)
    """Is a request on its way? Then nothing else can be done, and the clock is held."""

    @dataclass
    class Ended(Message):
        """The shift is over: by a deletion, by choice, or because the time is up."""

        session: Session
        sent: tuple[Sent, ...]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.set_reactive(LiveView.session, session)
        film = film_of(session.run, session.world, session.plan)
        world = session.world
        self.set_reactive(LiveView.film, film)
        self.start = Shift(t=world.update_at_s, end=world.duration_s, speed=session.incident.speed, running=True)

    def compose(self) -> ComposeResult:
        """The clock, the charts, the terminals."""
        yield ClockLine().data_bind(LiveView.shift, LiveView.wall)
        with Vertical(id="scene"):
            yield Stage().data_bind(LiveView.film, LiveView.t)
            with Vertical(id="side"):
                yield Terminal().data_bind(LiveView.film, LiveView.t, LiveView.sent)
                yield Static(self._what_counts(), id="counts")

    def _what_counts(self) -> Content:
        assert self.session is not None
        goals = [inline(f"○ {goal.title}") for goal in self.session.incident.goals]
        return Content("\n").join([plain("What counts", "bold"), *goals])

    def on_mount(self) -> None:
        """Start the clock."""
        self.shift = self.start
        self.set_interval(FRAME_S, self._tick)
        self.focus()

    def _tick(self) -> None:
        if self.screen.is_active:  # while something lies over the screen, the clock is held
            self.advance(FRAME_S)

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass on the wall."""
        if self.sending:
            return
        before, self.shift = self.shift, self.shift.after(seconds)
        if self.shift.over and not before.over:
            self._end()

    def watch_shift(self, shift: Shift) -> None:
        """Move the charts along."""
        self.t = shift.shown
        if self.session is not None:
            self.wall = f"{self.session.world.clock(shift.shown):%H:%M:%S}"

    def _end(self) -> None:
        assert self.session is not None
        self.shift = Shift(t=self.shift.t, end=self.shift.end, speed=self.shift.speed)
        self.post_message(self.Ended(self.session, self.sent))

    @work(exclusive=True, group="send")
    async def _propose(self, proposal: Proposal) -> None:
        request = await self.app.push_screen_wait(SendRequest(proposal))
        if request is not None:
            await self._send(request)

    async def _send(self, request: Request) -> None:
        """Send it now; the run is worked out again from its start, and its past stays as it was."""
        assert self.session is not None
        held, before, self.sending = self.shift, self.session, True
        after = self.session = await asyncio.to_thread(before.act, held.t, request)
        self.film = film_of(after.run, after.world, after.plan)
        self.sent = (*self.sent, Sent(held.t, in_a_line(request), after.refusal(before)))
        self.sending = False
        if len(after.deletions) > len(before.deletions):
            self._end()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One thing at a time."""
        return not self.sending

    def action_describe(self) -> None:
        """Show what DescribeEndpoint answers now."""
        assert self.session is not None
        answer = self.session.run.describe_endpoint(self.shift.t)
        self.app.push_screen(ShowText("DescribeEndpoint answers", Static(plain(as_yaml(answer)))))

    def action_stop(self) -> None:
        """Ask whether the rollback alarm shall go to ALARM."""
        assert self.session is not None
        requests = stopping(self.session.incident)
        self._propose(Proposal(question="Stop the update?", about=STOP_ABOUT, requests=requests))

    def action_go_back(self) -> None:
        """Ask whether the endpoint shall be updated to its old configuration."""
        assert self.session is not None
        requests = (going_back(self.session.incident),)
        self._propose(Proposal(question="Update back to the old configuration?", about=BACK_ABOUT, requests=requests))

    def action_delete(self) -> None:
        """Ask which configuration shall go."""
        assert self.session is not None
        requests = deletions(self.session)
        self._propose(Proposal(question="Delete which configuration?", about=DELETE_ABOUT, requests=requests))

    @work(exclusive=True, group="send")
    async def action_let_go(self) -> None:
        """Ask whether the shift shall end."""
        if await self.app.push_screen_wait(EndShift()):
            self._end()

    def action_hold(self) -> None:
        """Hold the clock, or let it go on."""
        self.shift = self.shift.toggled()

    def action_faster(self) -> None:
        """Let time pass faster."""
        self.shift = self.shift.with_speed(1)

    def action_slower(self) -> None:
        """Let time pass slower."""
        self.shift = self.shift.with_speed(-1)

    def action_brief(self) -> None:
        """Read the brief again."""
        assert self.session is not None
        self.app.push_screen(ShowText(self.session.incident.title, Prose(self.session.incident.brief)))
