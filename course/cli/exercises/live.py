"""`mlcourse incident live`: a shift line by line. Its clock goes on when it is told to, so nobody reads too slowly.

Nothing is told that has happened later than the clock says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from course import wiring
from course.cli.present import clock
from course.cli.study.typed import Read
from course.cli.surroundings import version
from course.folds.progress import PROGRESS
from course.history import Event, EventKind
from course.progress import IncidentProgress
from course.tui.incident.requests import deletions, going_back, in_a_line, stopping

if TYPE_CHECKING:
    from course.ports import Journal
    from engine.plan import Request
    from labs.incidents.grading import IncidentGrade
    from labs.incidents.ongoing import Ongoing
    from labs.incidents.session import Incident

STEP_S = 60.0
HELP = (
    "Enter lets a minute pass, a number so many seconds. status says how things stand; requests lists what you can "
    "send, and send 1 sends the first; end ends it and grades it; quit leaves it ungraded, and it counts as a shift."
)
METRICS = ("Invocations", "Invocation5XXErrors", "Invocation4XXErrors", "ModelLatency")
STATISTICS = ("Sum", "Average", "p99")


class Shift:
    """A shift while it lasts."""

    def __init__(self, history: Journal, read: Read, incident: Incident) -> None:
        self.history, self.read, self.incident = history, read, incident
        self.t = incident.world.update_at_s
        """Seconds of the run."""
        self._ongoing: Ongoing

    def live(self) -> IncidentGrade | None:
        """Live through it; None if the learner leaves in the middle."""
        from labs.incidents.grading import close
        from labs.incidents.ongoing import Ongoing
        from labs.incidents.record import kept
        from labs.incidents.session import drawn

        id = self.incident.id
        attempts = self.history.folded(PROGRESS).incidents.get(id, IncidentProgress()).attempts
        release, seed = drawn(self.incident, attempts)
        data = {"release": release, "seed": seed, "revision": self.incident.revision}
        self._record("incident-begun", data)
        self._ongoing = Ongoing(self.incident, release, seed)
        try:
            if not self._lived_through():
                return None
            verdict = close(self._ongoing.end())
        finally:
            self._ongoing.let_go()
        self._record("incident-graded", kept(verdict, version("mlcourse")) | {"begun": True})
        return verdict

    def _lived_through(self) -> bool:
        """Do what is typed until the shift is over; False if the learner leaves in the middle."""
        print(f"The update is sent at {self._clock()}. {HELP}")
        while not self._is_over():
            line = self.read()
            if line is None or line.casefold() in ("quit", "q"):
                print("You have left in the middle. It counts as a shift, and cannot be graded.")
                return False
            if line.casefold() == "end":
                break
            self._do(line.casefold())
        return True

    def _is_over(self) -> bool:
        return self.t >= self.incident.world.duration_s or bool(self._ongoing.seen().deletions)

    def _do(self, line: str) -> None:
        if line == "" or line.isdecimal():
            self._advance(STEP_S if line == "" else float(line[:6]))
        elif line == "status":
            for told in self._status():
                print(told)
        elif line == "requests":
            for number, request in enumerate(self._requests(), 1):
                print(f"{number}. {in_a_line(request)}")
        elif line.startswith("send "):
            self._send(line.removeprefix("send ").strip())
        else:
            print(HELP)

    def _advance(self, seconds: float) -> None:
        told = len(self._ongoing.seen().run.events)
        self.t = min(self.t + seconds, self.incident.world.duration_s)
        self._ongoing.advance(self.t)
        for event in self._ongoing.seen().run.events[told:]:
            print(f"{clock(event.t)} {event.what}: {event.say}")
        print(f"It is {self._clock()}.")

    def _requests(self) -> list[Request]:
        return [*stopping(self.incident), *going_back(self.incident), *deletions(self._ongoing.seen())]

    def _send(self, number: str) -> None:
        requests = self._requests()
        if not (number.isdecimal() and 1 <= int(number[:6]) <= len(requests)):
            print("There is no such request. Type requests for those that you can send.")
            return
        request = requests[int(number) - 1]
        refused = self._ongoing.act(request)
        print(f"Sent at {self._clock()}: {in_a_line(request)}. {f'Refused: {refused.say}' if refused else 'Taken.'}")

    def _status(self) -> Iterator[str]:
        run = self._ongoing.seen().run
        answer = run.describe_endpoint(self.t)
        yield f"It is {self._clock()}. The endpoint is {answer.get('EndpointStatus', 'gone')}."
        shares = ", ".join(f"{config} {share:.0%}" for config, share in run.traffic_at(self.t).items())
        yield f"Traffic: {shares or 'none'}."
        states = {alarm.alarm: alarm.to_state for alarm in run.alarms if alarm.t <= self.t}
        yield from (f"Alarm {name}: {state}." for name, state in states.items())
        for metric in run.metrics:
            at = int(self.t // metric.period) - 1
            told = metric.name in METRICS and metric.stat in STATISTICS and 0 <= at < len(metric.points)
            value = metric.points[at] if told else None
            if value is not None:
                unit = f" {metric.unit}" if metric.unit not in (None, "None") else ""
                names = " ".join(str(name) for name in dict(metric.dimensions).values())
                yield f"{metric.name} of {names}, {metric.stat}, in the last full minute: {value:,.6g}{unit}."

    def _clock(self) -> str:
        return f"{clock(self.t)} of {clock(self.incident.world.duration_s)}"

    def _record(self, kind: EventKind, data: dict[str, Any]) -> None:
        self.history.record(Event(wiring.now(), kind, self.incident.id, data))
