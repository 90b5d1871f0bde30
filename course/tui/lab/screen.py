"""The lab as a screen: opens the lab, keeps its history, leads back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from course.attempts import attempts
from course.folds.progress import PREFERENCES
from course.history import EventKind
from course.learning.marks import run
from course.progress import LabProgress
from course.tui.commands import bindings
from course.tui.drawing.words import count
from course.tui.foretelling.habit import ASKED_BEFORE_RUNS
from course.tui.home.resume import Next, what_next
from course.tui.lab.study import LabStudy
from course.tui.lab.workspace import Workspace
from course.tui.marking.commands import MARKING
from course.tui.places import LabPlace
from course.tui.screens.base import HEIGHTS, CourseScreen
from course.tui.widgets.opening import Opening

if TYPE_CHECKING:
    from course.ports import Study
    from course.tui.memory import LabMemory
    from labs.lab import Lab


GRADE_KEY = Binding("g", "wait", show=False)
"""Elsewhere g opens the glossary; here it grades, and a second press must not mean something else."""


class LabScreen(CourseScreen):
    """One lab."""

    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [GRADE_KEY, *bindings(*MARKING)]
    CSS_PATH = [  # noqa: RUF012 - Textual's own type
        "../screens/page.tcss",
        "../screens/plan.tcss",
        "../screens/line.tcss",
        "lab.tcss",
        "plan/form.tcss",
        "grade/take_away.tcss",
    ]

    so_far = LabProgress()
    """How it went until now; folding the history takes too long to do it at every key."""

    def __init__(self, study: Study, subject: str, memory: LabMemory) -> None:
        super().__init__(study, study.catalog.outline.title_of("lab", subject))
        self.subject, self.memory = subject, memory
        self.begin_with: Literal["brief", "plan"] = "brief"
        self.opening = Opening("lab", subject, study.catalog.lab_ids, study.catalog.lab)

    def compose_body(self) -> ComposeResult:
        """A place for the lab."""
        yield self.opening

    def on_mount(self) -> None:
        """Say how it went so far."""
        self.look_back()

    @on(Opening.Read)
    async def _opened(self, event: Opening.Read) -> None:
        """Begin with the brief, unless one was at the plan already."""
        lab: Lab = event.thing
        self.title_bar.heading = lab.title
        desk = self.study.desk
        workspace = Workspace(
            LabStudy(
                lab=lab,
                desk=desk,
                record=self._record,
                progress=lambda: self.so_far,
                attempts=lambda: attempts(self.study.journal.events(), self.subject),
                next=self._what_next,
                preferred=lambda: self.study.journal.folded(PREFERENCES).get(ASKED_BEFORE_RUNS, ""),
                prefer=lambda value: self.record("preferred", ASKED_BEFORE_RUNS, {"value": value}),
                memory=self.memory,
            )
        )
        await self.opening.show(workspace)
        workspace.go(self.begin_with)
        self.watch(workspace, "place", self._look_about)
        self.watch(workspace.run_pane, "choice", self._look_about)

    def _look_about(self) -> None:
        """A run that is to be seen has its own bookmark and note; everything else in here has the lab's."""
        workspace = self.query_one(Workspace)
        choice = workspace.run_pane.choice if workspace.place == "run" else None
        self.about(run(self.subject, choice.release, choice.seed) if choice else f"lab:{self.subject}")

    @on(Workspace.Wondered)
    def _wondered(self, event: Workspace.Wondered) -> None:
        from course.tui.whatif.screen import WhatIfScreen

        event.stop()
        if self.is_current:
            self.app.push_screen(WhatIfScreen(self.study, event.lab, event.plan, event.text, event.write))

    def _record(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        self.record(kind, self.subject, data)
        if kind == "lab-graded":
            self.look_back()

    def _what_next(self) -> Next | None:
        """Return where to go on after this lab; None if that is all."""
        found = what_next(self.study.catalog.outline, self.progress())
        return found if found and found.verb != "Again" and found.place != LabPlace(self.subject) else None

    def look_back(self) -> None:
        """Attempts, and the best of them."""
        self.so_far = self.progress().labs.get(self.subject, LabProgress())
        made = count(self.so_far.attempts, "attempt")
        best = f"{made} · best {self.so_far.best_score:.0f} of 100"
        self.title_bar.status = best if self.so_far.attempts else "no attempt yet"

    def action_wait(self) -> None:
        """There is nothing to do but wait."""

    def action_back(self) -> None:
        """Stop what is going on; otherwise leave the lab."""
        workspace = next(iter(self.query(Workspace)), None)
        if workspace and workspace.busy:
            workspace.action_lab_cancel()
        else:
            super().action_back()
