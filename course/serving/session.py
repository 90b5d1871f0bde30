"""A live run behind a socket: whoever asks is served in turn, and the clock is brought up to now before each answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from course.errors import CourseError
from course.serving.clocks import ABSENT, Clock, Standing
from course.serving.told import Asked, Happened, Tell, operation_of

if TYPE_CHECKING:
    from engine.aws.gateway.account import Account
    from engine.aws.gateway.gateway import Gateway
    from engine.aws.gateway.http import HttpRequest, HttpResponse
    from engine.live import Live
    from engine.plan import Step
    from engine.world import World

PIECE_S = 60.0
"""A long way is gone in pieces, so that it can be given up and that what happens is told on the way."""
LOOKED_S = 1.0
"""How often it is looked whether the endpoint is in the state that somebody waits for."""


class BackInTime(CourseError):
    """A clock was told to go back, or beyond the end of all runs."""


class Over(CourseError):
    """A request came after the end, when what was sent is being kept."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How things stand."""

    t: float
    """Seconds of the run."""
    time: str
    """The same as a date."""
    endpoint: str
    """The world's own."""
    status: str
    """Of the endpoint; `Absent` where there is none."""
    others: Mapping[str, str]
    """The status of every other endpoint, by name."""
    busy: bool
    """Is any of them on its way from one status to another?"""
    over: bool
    """Does the run go no further?"""
    ends_s: float
    """The last second of any run."""


class Session:
    """One run and whoever talks to it; safe to use from several threads."""

    def __init__(
        self,
        gateway: Gateway,
        clock: Clock | None = None,
        *,
        wall: Callable[[], float] = monotonic,
        tell: Tell = lambda told: None,
        moved: Callable[[float], None] = lambda now_s: None,
    ) -> None:
        """`tell` hears what happens; `moved` hears of the time, in seconds of the run, whenever it has changed."""
        self.gateway, self.clock = gateway, clock or Standing()
        self._wall, self._tell, self._moved = wall, tell, moved
        self._lock = Lock()
        self._ending = False
        self._given_up = 0
        self._heard = 0
        """Events of the run that have been told."""
        moved(self._live.now)

    @property
    def account(self) -> Account:
        """What is served."""
        return self.gateway.account

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the answer as of now; what happened before it and because of it is told. Over after `end`."""
        with self._lock:
            if self._ending:
                raise Over("mlcourse is about to end; nothing was changed. Start it again.")
            self._bring_up()
            response = self.gateway.answer(request)
            self._tell(Asked(self._live.now, operation_of(request), response.status))
            self._tell_events()
            return response

    def tick(self) -> None:
        """Let as much time pass as the clock says."""
        with self._lock:
            self._bring_up()

    def moment(self) -> Moment:
        """Return how things stand now."""
        with self._lock:
            self._bring_up()
            return self._moment()

    def advance(self, by_s: float, *, until: str = "", of: str = "") -> Moment:
        """Let time pass, at most until an endpoint, the world's own unless another is named, is in this state;
        BackInTime for what is no way ahead."""
        with self._lock:
            self._bring_up()
            self._go(self._checked(self._live.now + by_s), until, of)
            return self._moment()

    def go_to(self, to_s: float, *, waking: bool = False) -> Moment:
        """Let time pass up to a second of the run; BackInTime if it is over, unless somebody is `waking` then, who may
        be late."""
        with self._lock:
            self._bring_up()
            to_s = max(to_s, self._live.now) if waking else to_s
            self._go(self._checked(to_s))
            return self._moment()

    def end(self) -> None:
        """Give up whatever way time is on; from then on it stands still, and nothing is answered."""
        self._ending = True

    def give_up(self) -> None:
        """Give up the way that time is on, whose end nobody waits for any more; later ones are gone."""
        self._given_up += 1

    def settle(self) -> None:
        """Wait for the answer that is being given."""
        with self._lock:
            pass

    @property
    def _live(self) -> Live:
        return self.gateway.account.live

    def _checked(self, to_s: float) -> float:
        from engine.live import LONGEST_S

        now_s = self._live.now
        if not now_s <= to_s:  # NaN is refused too
            raise BackInTime(f"The clock shows {now_s:.3f} s and does not go back; what happened has been answered.")
        if to_s > LONGEST_S:
            raise BackInTime(f"A run goes on for {LONGEST_S / 86_400:.0f} days at most; ask for less.")
        return to_s

    def _bring_up(self) -> None:
        from engine.live import LONGEST_S

        due_s = min(self.clock.due_s(self._live.now, self._wall()), LONGEST_S)
        if due_s > self._live.now:
            self._let_pass(due_s)

    def _go(self, to_s: float, until: str = "", of: str = "") -> None:
        """Let time pass, and have the clock go on from there."""
        if not until:
            self._let_pass(to_s)
        given_up = self._given_up
        while until and self._live.now < to_s and self._status(of) != until and not self._stops(given_up):
            self._let_pass(min(to_s, self._live.now + LOOKED_S))
        self.clock = self.clock.moved(self._live.now, self._wall())

    def _let_pass(self, to_s: float) -> None:
        live, given_up = self._live, self._given_up
        while live.now < to_s and not self._stops(given_up):
            live.advance(min(to_s, (live.now // PIECE_S + 1) * PIECE_S))
            live.hosts.catch_up(live.now)
            self._tell_events()
        self._moved(live.now)

    def _stops(self, given_up: int) -> bool:
        return self._ending or self._given_up != given_up

    def _tell_events(self) -> None:
        events = self._live.recorder.events
        while self._heard < len(events):
            self._tell(Happened(events[self._heard]))
            self._heard += 1

    def _status(self, of: str = "") -> str:
        hosts = self._live.hosts
        found = hosts.find(of) if of else hosts.first
        return ABSENT if found is None else str(found.cloud.endpoint.status)

    def _moment(self) -> Moment:
        from engine.live import LONGEST_S

        live = self._live
        return Moment(
            t=live.now,
            time=self.account.now.isoformat(),
            endpoint=live.first.control.endpoint_name,
            status=self._status(),
            others={name: self._status(name) for name in live.hosts.others},
            busy=live.busy,
            over=self._ending or live.now >= LONGEST_S,
            ends_s=LONGEST_S,
        )


def begun(world: World, seed: int, colleague: Sequence[Step] = ()) -> Gateway:
    """Return a gateway to a run in which it is time to send a plan: alarms have found data by then.

    What a colleague sends comes before what clients send at the same moment.
    """
    from engine.aws.gateway.account import Account
    from engine.aws.gateway.gateway import Gateway
    from engine.live import Live
    from engine.traffic.arrivals import Arrivals

    live = Live(world, Arrivals(world.workload, seed))
    live.play_in(colleague)
    return Gateway(Account(live))
