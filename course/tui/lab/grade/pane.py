"""The grade: worked out in the background, with progress and a way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from course.tui.drawing.words import count
from course.tui.lab.grade.verdict import Verdict
from course.tui.lab.job_view import JobView
from course.tui.lab.study import LabStudy
from course.tui.memory import LastGrade
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.same_in_focus import SameInFocus
from engine.errors import EngineError
from labs.grading.record import kept

if TYPE_CHECKING:
    from course.plan_text import CheckedPlan
    from engine.plan import Plan
    from labs.grade import Grade


INVITATION = "No grade yet. Press g when you think that your plan is ready; a run first costs nothing."


class Cancelled(Exception):
    """The learner stopped the grading."""


class GradePane(SameInFocus, GoesOn, Vertical, can_focus=True):
    """The result is a verdict."""

    WORK: ClassVar[Mapping[str, str]] = {"grade": "The grading, which is no attempt then,"}

    @dataclass
    class Progressed(Message):
        """Some of the runs are done."""

        done: int
        of: int

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, GradePane.Progressed)

    @dataclass
    class Worked(Message):
        """The verdict is in."""

        worker: Worker[None]
        grade: Grade
        checked: CheckedPlan

    @dataclass
    class Graded(Message):
        """The verdict has been recorded and is shown."""

        grade: Grade

    def __init__(self, study: LabStudy) -> None:
        super().__init__()
        self._study = study
        self._place = Vertical()
        self.job = JobView(INVITATION, self._place)

    def compose(self) -> ComposeResult:
        """A place for the verdict."""
        yield self.job

    def on_mount(self) -> None:
        """Show the last grade."""
        if last := self._study.memory.grade:
            self._place.mount(Verdict(self._study, last))
            self.job.recall()
            self.post_message(self.Graded(last.grade))

    @property
    def first_focus(self) -> Widget:
        """The verdict, if there is one."""
        verdict = next(iter(self.query(Verdict)), None)
        return verdict.first_focus if verdict and self.job.shown == "result" else self

    def start(self, checked: CheckedPlan) -> None:
        """Grade a plan that AWS accepts, in the background."""
        assert checked.plan is not None
        lab = self._study.lab
        releases, seeds = count(len(lab.releases), "release"), count(lab.seeds, "time")
        self.job.begin(f"Your plan meets {releases}, {seeds} each …", self._grade(checked.plan, checked))

    @work(thread=True, exclusive=True, group="grade", exit_on_error=False)
    def _grade(self, plan: Plan, checked: CheckedPlan) -> None:
        worker = get_current_worker()

        def on_progress(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise Cancelled
            self.post_message(self.Progressed(done, of))

        try:
            grade = self._study.desk.grade(self._study.lab, plan, on_progress, best=self._best(checked.text))
        except Cancelled:
            return
        except EngineError as error:
            self.job.post_message(JobView.Failed(worker, str(error)))
        else:
            self.post_message(self.Worked(worker, grade, checked))

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Say so in the place of the verdict."""
        self.job.post_message(JobView.Failed(worker, say))

    def _best(self, text: str) -> Plan | None:
        """Return the learner's best earlier plan, if it is another one and AWS would still accept it."""
        best = self._study.progress().best_text
        return self._study.desk.check(self._study.lab, best).plan if best and best != text else None

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        event.stop()
        self.job.progress(event.done, event.of)

    @on(Worked)
    async def _worked(self, event: Worked) -> None:
        event.stop()
        if not self.job.finish(event.worker):
            return
        data = kept(event.grade, event.checked.text, revision=self._study.lab.revision, version=version("mlcourse"))
        self._study.record("lab-graded", data)
        memory = self._study.memory
        memory.grade = LastGrade(event.grade, event.checked, self._study.progress().attempts)
        memory.hints = {}
        await self._place.remove_children()
        await self._place.mount(Verdict(self._study, memory.grade))
        self.post_message(self.Graded(event.grade))
