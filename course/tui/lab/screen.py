"""The lab as a screen: opens the lab, keeps its history, leads back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import LoadingIndicator, Static

from course.errors import CourseError
from course.history import EventKind, LabProgress
from course.tui.lab.aliases import aliases
from course.tui.lab.work import Work
from course.tui.lab.workspace import Workspace
from course.tui.screens.base import CourseScreen
from course.tui.words import count, named, plain

if TYPE_CHECKING:
    from course.ports import Study
    from labs.lab import Lab


GRADE_KEY = Binding("g", "wait", show=False)
"""Elsewhere g opens the glossary; here it grades, and a second press must not mean something else."""


class LabScreen(CourseScreen):
    """One lab."""

    BINDINGS: ClassVar[list[BindingType]] = [GRADE_KEY]

    CSS_PATH = [  # noqa: RUF012 - Textual's own type
        "../screens/page.tcss",
        "../screens/line.tcss",
        "lab.tcss",
        "form.tcss",
        "take_away.tcss",
    ]

    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012 - Textual's own type

    @dataclass
    class Opened(Message):
        """The lab has been read."""

        lab: Lab

    @dataclass
    class Missing(Message):
        """There is no such lab, or its files are wrong."""

        say: str

    def __init__(self, study: Study, lab_id: str) -> None:
        super().__init__(study, named(lab_id))
        self._lab_id = lab_id
        self._so_far = LabProgress()

    def compose_body(self) -> ComposeResult:
        """A place for the workspace; reading the lab brings numpy along, so the screen comes first."""
        with Vertical(id="lab"):
            yield LoadingIndicator()

    def on_mount(self) -> None:
        """Read the lab."""
        self._look_back()
        self._open()

    @work(thread=True, exclusive=True, group="open")
    def _open(self) -> None:
        if self._lab_id not in self.study.catalog.lab_ids():
            self.post_message(self.Missing(f"There is no lab {self._lab_id} in this course."))
            return
        try:
            self.post_message(self.Opened(self.study.catalog.lab(self._lab_id)))
        except CourseError as error:
            self.post_message(self.Missing(str(error)))

    @on(Missing)
    async def _missing(self, event: Missing) -> None:
        event.stop()
        place = self.query_one("#lab", Vertical)
        await place.remove_children()
        await place.mount(Static(plain(event.say), classes="note"))

    @on(Opened)
    async def _opened(self, event: Opened) -> None:
        event.stop()
        lab = event.lab
        self.title_bar.heading = lab.title
        lab_work = Work(
            lab=lab,
            desk=self.study.desk,
            letters=aliases(lab.id, (release.id for release in lab.releases)),
            record=self._record,
            progress=lambda: self._so_far,
        )
        place = self.query_one("#lab", Vertical)
        await place.remove_children()
        workspace = Workspace(lab_work)
        await place.mount(workspace)
        workspace.action_lab_brief()

    @on(Workspace.Wondered)
    def _wondered(self, event: Workspace.Wondered) -> None:
        from course.tui.whatif.screen import WhatIfScreen

        event.stop()
        self.app.push_screen(WhatIfScreen(self.study, event.lab, event.plan))

    def _record(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        self.record(kind, self._lab_id, data)
        if kind == "lab-graded":
            self._look_back()

    def _look_back(self) -> None:
        """See how the lab went; folding the history takes too long to do it at every key."""
        self._so_far = self.progress().labs.get(self._lab_id, LabProgress())
        made = count(self._so_far.attempts, "attempt")
        best = f"{made} · best {self._so_far.best_score:.0f} of 100"
        self.title_bar.status = best if self._so_far.attempts else "no attempt yet"

    def action_wait(self) -> None:
        """There is nothing to do but wait."""

    def action_back(self) -> None:
        """Stop what is going on; otherwise leave the lab."""
        workspace = next(iter(self.query(Workspace)), None)
        if workspace and workspace.busy:
            workspace.action_lab_cancel()
        else:
            super().action_back()
