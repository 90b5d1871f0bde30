"""The grade of a shift: the goals, what it was, what was done, what would have been right, and the debrief."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.visual import Visual
from textual.widgets import Static

from course.tui.commands import bindings
from course.tui.drawing.clock import clock
from course.tui.drawing.signs import WRONG
from course.tui.drawing.visuals import Hanging, Spread
from course.tui.drawing.words import inline, named, plain
from course.tui.incident.commands import ONCE_MORE
from course.tui.incident.requests import in_a_line
from course.tui.incident.terminal import Sent, waiter_says
from course.tui.lab.grade.goal_card import GoalCard
from course.tui.lab.grade.page import GradePage, section, verdict
from course.tui.lab.run.story import log
from course.tui.widgets.prose import Prose
from labs.film.film import film_of
from labs.incidents.waiter import waiting

if TYPE_CHECKING:
    from labs.incidents.grading import IncidentGrade
    from labs.incidents.session import Session


class ShiftVerdict(GradePage):
    """Everything there is to say after a shift."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(ONCE_MORE)

    class Again(Message):
        """The learner wants another shift."""

    def __init__(self, grade: IncidentGrade, sent: tuple[Sent, ...]) -> None:
        super().__init__()
        self._grade, self._sent = grade, sent

    def compose(self) -> ComposeResult:
        """The headline, then two columns where there is room for them."""
        session = self._grade.session
        film = film_of(session.run, session.world, session.plan)
        yield Static(headline(self._grade), id="headline")
        with Vertical(id="columns"):
            with Vertical(id="left"):
                yield from (GoalCard(goal) for goal in self._grade.goals)
                yield from section("What it was", Hanging(Content(""), inline(session.release.say)))
                yield from section("What the waiter said", *_waited(session))
                yield Prose(session.incident.debrief, classes="debrief")
            with Vertical(id="right"):
                yield from section("What you sent", *(_line(s.t, s.line, s.refusal) for s in self._sent))
                yield from section("What would have been right", *_reference(session))
                yield from section("What really happened", *log(film, film.run.ended_s))

    def action_once_more(self) -> None:
        """Ask for another shift."""
        self.post_message(self.Again())


def headline(grade: IncidentGrade) -> Spread:
    """Return the verdict in a few words, and which release it was."""
    which = f"release: {named(grade.session.release.id)} · seed {grade.session.seed}"
    return Spread(verdict(grade.goals, passed=grade.passed), plain(which, "$hushed"))


def _waited(session: Session) -> Iterable[Visual]:
    seen = waiting(session.run, session.run.ended_s)
    at = "" if seen.at_s is None else f"{clock(seen.at_s):>5}  "
    yield Hanging(Content.styled(at, "$hushed"), waiter_says(seen))
    serving = session.run.endpoint.get("EndpointConfigName", "no endpoint")
    yield Hanging(Content(" " * 7), plain(f"In service at the end: {serving}"))


def _reference(session: Session) -> Iterable[Visual]:
    answer = session.incident.reference(session.release.id)
    for step in answer.file.plan.steps if answer else ():
        yield _line(session.world.update_at_s + step.after_s, in_a_line(step.request))


def _line(t: float, say: str, refusal: str | None = None) -> Visual:
    lead = Content.styled(f"{clock(t):>5}  ", "$hushed")
    refused = Content.assemble("  ", WRONG.content, " ", plain(refusal, "$error")) if refusal else Content("")
    return Hanging(lead, Content.assemble(plain(say), refused))
