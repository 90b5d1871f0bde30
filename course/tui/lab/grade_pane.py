"""The grade: worked out in the background, with progress and a way out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from course.tui.lab.busy import Busy
from course.tui.lab.verdict import Verdict
from course.tui.lab.work import Work
from course.tui.words import count, plain
from engine.errors import EngineError

if TYPE_CHECKING:
    from course.ports import CheckedPlan
    from labs.grade import Grade

INVITATION = "No grade yet. Press g when you think that your plan is ready; a run first costs nothing."


class Cancelled(Exception):
    """The learner stopped the grading."""


class GradePane(Vertical, can_focus=True):
    """Shows one of: an invitation, progress, what went wrong, the verdict."""

    shown: var[str] = var("invitation")

    @dataclass
    class Progressed(Message):
        """Some of the runs are done."""

        done: int
        of: int

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, GradePane.Progressed)

    @dataclass
    class Graded(Message):
        """The verdict is in."""

        grade: Grade
        text: str
        """The plan."""

    @dataclass
    class Failed(Message):
        """The engine refused."""

        say: str

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._worker: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """All of them; one is displayed. The verdict comes with the grade."""
        yield Static(plain(INVITATION, "$quiet"), id="invitation", classes="note")
        yield Busy(id="progress")
        yield Static(id="trouble", classes="note")
        yield Vertical(id="verdict")

    def watch_shown(self, shown: str) -> None:
        """Display one part."""
        for child in self.children:
            child.display = child.id == shown

    @property
    def first_focus(self) -> Widget:
        """What takes the keys: the verdict, if there is one."""
        verdict = next(iter(self.query(Verdict)), None)
        return verdict.first_focus if verdict is not None and self.shown == "verdict" else self

    @property
    def busy(self) -> bool:
        """Is a grade being worked out?"""
        return self.shown == "progress"

    def start(self, checked: CheckedPlan) -> None:
        """Grade a plan in the background."""
        lab = self._work.lab
        releases, seeds = count(len(lab.releases), "release"), count(lab.seeds, "seed")
        self.query_one(Busy).begin(f"Your plan meets {releases}, {seeds} each …")
        self.shown = "progress"
        self._worker = self._grade(checked)

    @work(thread=True, exclusive=True, group="grade")
    def _grade(self, checked: CheckedPlan) -> None:
        plan, worker = checked.plan, get_current_worker()
        if plan is None:
            return

        def on_progress(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise Cancelled
            self.post_message(self.Progressed(done, of))

        try:
            grade = self._work.desk.grade(self._work.lab, plan, on_progress)
        except Cancelled:
            return
        except EngineError as error:
            found: Message = self.Failed(str(error))
        else:
            found = self.Graded(grade, checked.text)
        if not worker.is_cancelled:
            self.post_message(found)

    def cancel(self) -> None:
        """Stop the grading; nothing of it is kept."""
        if self._worker is not None:
            self._worker.cancel()
        self.shown = "verdict" if self.query(Verdict) else "invitation"

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        event.stop()
        busy = self.query_one(Busy)
        busy.of, busy.done = event.of, event.done

    @on(Graded)
    async def _graded(self, event: Graded) -> None:
        self._work.record("lab-graded", graded(event.grade, event.text, self._work.lab.revision))
        self.shown = "verdict"
        place = self.query_one("#verdict", Vertical)
        await place.remove_children()
        await place.mount(Verdict(self._work, event.grade))

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self.query_one("#trouble", Static).update(plain(event.say, "$error"))
        self.shown = "trouble"


def graded(grade: Grade, text: str, revision: int) -> dict[str, Any]:
    """Return what the history keeps of a grade."""
    return {
        "passed": grade.passed,
        "score": grade.score,
        "goals": {goal.id: goal.passed for goal in grade.goals},
        "text": text,
        "seeds": list(grade.seeds),
        "version": version("mlcourse"),
        "revision": revision,
        "grade": asdict(grade),
    }
