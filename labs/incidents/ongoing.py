"""A session that goes on: its run has got as far as the clock, and what the learner sends comes at the present moment.

Nobody knows what comes later. What it ends with is what `replay` gives for the same actions.
"""

from __future__ import annotations

from collections.abc import Hashable

from engine.errors import RefusedRequest
from engine.live import KEPT_S, Live
from engine.plan import Plan, Request, Step
from engine.run import Run
from engine.simulate import play_out
from engine.traffic.arrivals import Arrivals
from labs.incidents.session import Incident, Session, replay


class Ongoing:
    """One session while it lasts; times are seconds of the run. Whoever goes away before its end lets it go."""

    def __init__(self, incident: Incident, release: str, seed: int) -> None:
        """Begin with the update, which has just been sent; KeyError for an unknown release."""
        self.incident, self._release, self._seed = incident, incident.release(release), seed
        self._actions: tuple[Step, ...] = ()
        world, colleagues = incident.world_with(self._release), incident.plan.plan
        arrivals = Arrivals(world.workload, seed)
        self._live = Live(world, arrivals, ahead=colleagues, keep_requests=True, series=True)
        self._live.first.store.expect_anything(KEPT_S)  # what the learner will send is not known
        self._sending = self._live.play_in(colleagues.steps)
        self._over = False
        self._mark: Hashable = None
        self._seen: Session

    def advance(self, t: float) -> None:
        """Let time pass up to `t`; what happens at that very moment comes after what the learner sends then."""
        self._live.advance(t)

    def act(self, request: Request) -> RefusedRequest | None:
        """Send a request now; return why it is refused, if it is."""
        self._actions += (Step(request=request, after_s=self._live.now - self._live.world.update_at_s),)
        return self._live.submit(request)

    def seen(self) -> Session:
        """Return what has been by now, the very same value as before as long as there is nothing new in it: nothing has
        happened, and no minute is over."""
        mark = self._state()
        if mark != self._mark:
            self._live.catch_up()
            self._mark, self._seen = mark, self._session(self._live.result())
        return self._seen

    def end(self) -> Session:
        """Send nothing more, and return what comes of it; nothing goes on afterwards. Of what was let go before it is
        played once more.
        """
        if self._over:
            return replay(self.incident, self._release.id, Plan(self._actions), self._seed)
        self._over = True
        try:
            play_out(self._live, self._sending)
            return self._session(self._live.result())
        finally:
            self._live.let_go()

    def let_go(self) -> None:
        """Give it up, unless it has been ended."""
        if not self._over:
            self._over = True
            self._live.let_go()

    def _state(self) -> Hashable:
        """Return something that changes with whatever is seen."""
        now, told = self._live.now, self._live.recorder
        lists = told.events, told.alarms, told.phases, told.traffic, told.instances, told.endpoint
        return self._actions, now // 60, tuple(len(each) for each in lists), told.running(0.0)

    def _session(self, run: Run) -> Session:
        return Session(self.incident, self._release, self._seed, self._actions, run)
