"""What stands in the terminals: the colleague's script that waits, and what the learner has sent."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual

from course.tui.drawing.clock import clock
from course.tui.drawing.signs import RIGHT, WRONG
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import count, plain
from course.tui.lab.run.story import GrowingList
from labs.film.film import Film
from labs.incidents.waiter import POLL_S, Waiting, started_s, waiting

Line = tuple[float, Content]
"""When, and what."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request of the learner, and what the service said to it."""

    t: float
    line: str
    refusal: str | None = None
    """Why it was not taken; None if it was."""


class Terminal(GrowingList):
    """Tells what scripts and people at a prompt are told, and no more."""

    HEADING = "Terminals"

    sent: reactive[tuple[Sent, ...]] = reactive(())

    def key(self, film: Film, t: float) -> Hashable:
        """The waiter's looks, and what was sent."""
        return waiting(film.run, t), self.sent

    def watch_sent(self) -> None:
        """Add what was sent."""
        self._show()

    def entries(self, film: Film, t: float) -> Sequence[Visual]:
        """The lines of both, in order of time."""
        lines = [*_waiter(film, t), *(line for each in self.sent for line in _told(each))]
        ordered = sorted(lines, key=lambda line: line[0])
        return [Hanging(Content.styled(f"{clock(at):>5}  ", "$hushed"), say) for at, say in ordered] or [
            plain("Nothing yet. The update has not been sent.", "$hushed")
        ]


def _waiter(film: Film, t: float) -> list[Line]:
    started = started_s(film.run)
    if started is None or t < started:
        return []
    name = film.run.describe_endpoint(started)["EndpointName"]  # an update is sent to one that is there
    command = f"aws sagemaker wait endpoint-in-service --endpoint-name {name}"
    seen = waiting(film.run, t)
    return [
        (started, Content.assemble(plain("colleague $ ", "$hushed"), plain(command))),
        (seen.at_s if seen.at_s is not None else started + (seen.polls - 1) * POLL_S, waiter_says(seen)),
    ]


def waiter_says(seen: Waiting) -> Content:
    """Return what the script makes of the status."""
    match seen.verdict:
        case "success":
            return Content.assemble(RIGHT.content, plain(" success: the endpoint is in service", "bold $success"))
        case "failure":
            return Content.assemble(WRONG.content, plain(" failure: the waiter has given up", "bold $error"))
    return plain(f"... waiting, looked {count(seen.polls, 'time')}", "$hushed")


def _told(sent: Sent) -> list[Line]:
    you = Content.assemble(plain("you $ ", "$accent"), plain(sent.line))
    if sent.refusal is None:
        return [(sent.t, you), (sent.t, Content.assemble(RIGHT.content, " accepted"))]
    return [(sent.t, you), (sent.t, Content.assemble(WRONG.content, " ", plain(sent.refusal, "$error")))]
