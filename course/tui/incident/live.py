"""The shift itself: the endpoint as it does, the terminals, and what the learner sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var
from textual.widgets import Static

from course.tui.commands import bindings
from course.tui.drawing.words import inline, plain
from course.tui.incident.clock_line import ClockLine
from course.tui.incident.commands import LIVE
from course.tui.incident.dialogs import EndShift, Proposal, SendRequest, ShowText
from course.tui.incident.plain_yaml import as_yaml
from course.tui.incident.requests import deletions, going_back, in_a_line, stopping
from course.tui.incident.shift import Shift
from course.tui.incident.terminal import Sent, Terminal
from course.tui.lab.run.commands import LOOK_DOWN, LOOK_UP
from course.tui.lab.run.views import RunViews, scroll_views
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.prose import Prose
from course.tui.widgets.same_in_focus import SameInFocus
from engine.requests.sagemaker import DeleteEndpointConfig
from labs.film.film import Film, film_of

if TYPE_CHECKING:
    from engine.plan import Request
    from labs.incidents.ongoing import Ongoing
    from labs.incidents.session import Incident, Session

FRAME_S = 0.1
"""Seconds on the wall between two looks at the clock."""
BEGINS_S = 0.5
"""So long after the update the clock starts. Whole seconds are shown: all that happens at such a second has happened by
then, and what the learner sends comes after it."""
STOP_ABOUT = (
    "SageMaker reads this alarm's state while it bakes. The alarm's next evaluation puts it back where it belongs, so "
    "look whether the update has seen it."
)
BACK_ABOUT = "A whole update of its own, with new instances. An endpoint that is Updating takes none."
DELETE_ABOUT = "This closes the matter, and your shift with it. The configuration that serves must stay."


class LiveView(SameInFocus, Vertical, can_focus=True):
    """Its clock runs by itself, and is held while something lies over the screen. Nothing later than the clock says has
    happened in its run."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*LIVE, LOOK_DOWN, LOOK_UP)

    shift: reactive[Shift] = reactive(Shift())
    t: reactive[float] = reactive(0.0)
    """What the charts show; it follows `shift`."""
    waiting: reactive[bool] = reactive(False)
    """Is the learner looking at something else, such as a question? Then the clock is held."""
    ended = False
    """Is the shift over, and being graded?"""
    film: reactive[Film | None] = reactive(None)
    wall: reactive[str] = reactive("")
    sent: reactive[tuple[Sent, ...]] = reactive(())
    session: var[Session | None] = var(None)
    """What has been seen and done so far."""

    @dataclass
    class Ended(Message):
        """The shift is over: by a deletion, by choice, or because the time is up."""

        ongoing: Ongoing
        sent: tuple[Sent, ...]

    @dataclass
    class BrokeOff(Message):
        """The run cannot go on, by a mistake of the program."""

        error: Exception

    def __init__(self, ongoing: Ongoing) -> None:
        super().__init__()
        self._ongoing, self._incident = ongoing, ongoing.incident
        ongoing.advance(self._began_s)
        seen = ongoing.seen()
        self.set_reactive(LiveView.session, seen)
        self.set_reactive(LiveView.film, film_of(seen.run, seen.world, seen.plan))

    def compose(self) -> ComposeResult:
        """The clock, the charts, the terminals."""
        yield ClockLine().data_bind(LiveView.shift, LiveView.wall, LiveView.waiting)
        with Vertical(id="charts-and-terminals"):
            yield RunViews().data_bind(LiveView.film, LiveView.t)
            with Vertical(id="side"):
                yield Terminal().data_bind(LiveView.film, LiveView.t, LiveView.sent)
                yield Static(what_counts(self._incident), id="counts")

    def on_mount(self) -> None:
        """Start the clock."""
        end, speed = self._incident.world.duration_s, self._incident.speed
        self.shift = Shift(t=self._began_s, end=end, speed=speed, running=True)
        self.set_interval(FRAME_S, self.tick)
        keys_to(self)

    @property
    def _began_s(self) -> float:
        return self._incident.world.update_at_s + BEGINS_S

    def tick(self) -> None:
        """Let the time of a frame pass, unless the learner is looking at something else."""
        self.waiting = not self.screen.is_active
        if not self.waiting:
            self.advance(FRAME_S)

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass on the wall; the shift ends with its counted time."""
        before, after = self.shift, self.shift.after(seconds)
        if self.ended or after == before:
            return
        with self._playing():
            self._ongoing.advance(after.t)
            self._look()
            self.shift = after
            if after.over:
                self._end()

    def _look(self) -> None:
        """Show what has happened by now."""
        if (seen := self._ongoing.seen()) is not self.session:
            self.session, self.film = seen, film_of(seen.run, seen.world, seen.plan)

    @contextmanager
    def _playing(self) -> Iterator[None]:
        """Whatever goes wrong in the run ends the shift."""
        try:
            yield
        except Exception as error:
            self._close(self.BrokeOff(error))

    def on_unmount(self) -> None:
        """Nobody watches it any more."""
        self._ongoing.let_go()

    def watch_shift(self, shift: Shift) -> None:
        """Move the charts along, and tell the time of day."""
        self.t = shift.shown
        self.wall = f"{self._incident.world.clock(shift.shown):%H:%M:%S}"

    def _end(self) -> None:
        self._close(self.Ended(self._ongoing, self.sent))

    def _close(self, message: Message) -> None:
        self.ended = True
        self.refresh_bindings()
        self.shift = Shift(t=self.shift.t, end=self.shift.end, speed=self.shift.speed)
        self.post_message(message)

    def _propose(self, proposal: Proposal) -> None:
        self.app.push_screen(SendRequest(proposal), self._decided)  # at once: the next key is for the question

    def _decided(self, request: Request | None) -> None:
        if request is not None and not self.ended:
            self._send(request)

    def _send(self, request: Request) -> None:
        """Send it now; the shift ends with the deletion of a configuration."""
        with self._playing():
            refused = self._ongoing.act(request)
            self._look()
            self.sent = (*self.sent, Sent(self.shift.t, in_a_line(request), refused.say if refused else None))
            if isinstance(request, DeleteEndpointConfig) and refused is None:
                self._end()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing after the end."""
        return not self.ended

    def action_hold(self) -> None:
        """Hold the clock, or let it go on."""
        self.shift = self.shift.toggled()

    def action_faster(self) -> None:
        """Let time pass faster."""
        self.shift = self.shift.with_speed(1)

    def action_slower(self) -> None:
        """Let time pass slower."""
        self.shift = self.shift.with_speed(-1)

    def action_look_down(self) -> None:
        """Scroll alarms and terminals."""
        scroll_views(self, 1)

    def action_look_up(self) -> None:
        """Scroll them back."""
        scroll_views(self, -1)

    def action_describe(self) -> None:
        """Show what DescribeEndpoint answers now."""
        assert self.session is not None
        answer = self.session.run.describe_endpoint(self.shift.t)
        self.app.push_screen(ShowText("DescribeEndpoint answers", Static(plain(as_yaml(answer)))))

    def action_stop(self) -> None:
        """Ask whether the rollback alarm shall go to ALARM."""
        requests = stopping(self._incident)
        self._propose(Proposal(question="Stop the update?", about=STOP_ABOUT, requests=requests))

    def action_go_back(self) -> None:
        """Ask whether the endpoint shall be updated to its old configuration."""
        requests = going_back(self._incident)
        self._propose(Proposal(question="Update back to the old configuration?", about=BACK_ABOUT, requests=requests))

    def action_delete(self) -> None:
        """Ask which configuration shall go."""
        assert self.session is not None
        requests = deletions(self.session)
        self._propose(Proposal(question="Delete which configuration?", about=DELETE_ABOUT, requests=requests))

    def action_let_go(self) -> None:
        """Ask whether the shift shall end."""
        self.app.push_screen(EndShift(), self._left)

    def _left(self, end: bool | None) -> None:
        if end:
            self._end()

    def action_brief(self) -> None:
        """Read the brief again."""
        self.app.push_screen(ShowText(self._incident.title, Prose(self._incident.brief)))


def what_counts(incident: Incident) -> Content:
    """Return the goals under a heading."""
    goals = [inline(f"○ {goal.title}") for goal in incident.goals]
    return Content("\n").join([plain("What counts", "bold"), *goals])
