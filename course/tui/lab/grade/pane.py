"""The grade: worked out in the background, with progress and a way out."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from course.tui.drawing.words import count
from course.tui.lab.busy import Busy
from course.tui.lab.grade.verdict import Verdict
from course.tui.lab.work import Work
from course.tui.lab.working_pane import WorkingPane
from engine.errors import EngineError
from labs.grading.record import kept

if TYPE_CHECKING:
    from course.ports import CheckedPlan
    from engine.plan import Plan
    from labs.grade import Grade


class Cancelled(Exception):
    """The learner stopped the grading."""


class GradePane(WorkingPane):
    """The result is a verdict."""

    INVITATION = "No grade yet. Press g when you think that your plan is ready; a run first costs nothing."

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

        job: Worker[None]
        grade: Grade
        checked: CheckedPlan

    @dataclass
    class Graded(Message):
        """The verdict has been recorded and is shown."""

        grade: Grade

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    def result_widget(self) -> Widget:
        """A place for the verdict."""
        return Vertical(id="result")

    @property
    def has_result(self) -> bool:
        """Has there been a grade since the lab was opened?"""
        return bool(self.query(Verdict))

    @property
    def first_focus(self) -> Widget:
        """The verdict, if there is one."""
        return self.query_one(Verdict).first_focus if self.has_result and self.shown == "result" else self

    def start(self, checked: CheckedPlan) -> None:
        """Grade a plan that AWS accepts, in the background."""
        assert checked.plan is not None
        lab = self._work.lab
        releases, seeds = count(len(lab.releases), "release"), count(lab.seeds, "time")
        self.begin(f"Your plan meets {releases}, {seeds} each …", self._grade(checked.plan, checked))

    @work(thread=True, exclusive=True, group="grade")
    def _grade(self, plan: Plan, checked: CheckedPlan) -> None:
        worker = get_current_worker()

        def on_progress(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise Cancelled
            self.post_message(self.Progressed(done, of))

        try:
            grade = self._work.desk.grade(self._work.lab, plan, on_progress, best=self._best(checked.text))
        except Cancelled:
            return
        except EngineError as error:
            self.post_message(self.Failed(worker, str(error)))
        else:
            self.post_message(self.Worked(worker, grade, checked))

    def _best(self, text: str) -> Plan | None:
        """Return the learner's best earlier plan, if it is another one and AWS would still accept it."""
        best = self._work.progress().best_text
        return self._work.desk.check(self._work.lab, best).plan if best and best != text else None

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        event.stop()
        busy = self.query_one(Busy)
        busy.of, busy.done = event.of, event.done

    @on(Worked)
    async def _worked(self, event: Worked) -> None:
        event.stop()
        if not self.finish(event.job):
            return
        data = kept(event.grade, event.checked.text, revision=self._work.lab.revision, version=version("mlcourse"))
        self._work.record("lab-graded", data)
        place = self.query_one("#result", Vertical)
        await place.remove_children()
        await place.mount(Verdict(self._work, event.grade, event.checked))
        self.post_message(self.Graded(event.grade))
