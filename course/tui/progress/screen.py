"""Progress: what is known, due, passed and foreseen, and what can be done about it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from course.attempts import attempts
from course.errors import CourseError
from course.learning.forgetting import EVERYTHING, told
from course.learning.resets import effective
from course.learning.sections import SectionId, sections
from course.learning.standing import Standing, standing
from course.ports import CopyError
from course.tui.commands import SCREENFUL_ON, bindings
from course.tui.drawing.words import count, inert, plain
from course.tui.home.choose_one import Candidate, ChooseOne
from course.tui.progress.changes import Changes
from course.tui.progress.commands import NEXT_SECTION, RESET, SHOW_ATTEMPTS, WRITE_REPORT
from course.tui.progress.drawn import drawn
from course.tui.progress.typed_yes import TypedYes
from course.tui.screens.base import CourseScreen
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.same_in_focus import SameInFocus

if TYPE_CHECKING:
    from course.ports import Study

REPORT = "progress.html"
RIGHT: frozenset[SectionId] = frozenset({"due", "time", "predictions", "calibration", "exams"})
"""Sections of the right column, where there is room for two."""


class ProgressPage(SameInFocus, VerticalScroll):
    """Two columns, or one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SCREENFUL_ON, NEXT_SECTION)

    def compose(self) -> ComposeResult:
        """The columns; what stands in them comes when it is known."""
        with Container(id="columns"):
            yield Vertical(Static(plain("Going through your history …", "$hushed")), id="left", classes="column")
            yield Vertical(id="right", classes="column")

    async def show(self, standing: Standing) -> None:
        """Show how the learner stands."""
        columns: dict[str, list[Widget]] = {"left": [], "right": []}
        for section in sections(standing):
            title = Static(plain(section.title, "bold $accent"))
            body = Static(drawn(standing, section))
            place = "right" if section.id in RIGHT else "left"
            columns[place].append(Vertical(title, body, id=section.id, classes="section"))
        with self.app.batch_update():
            for id, widgets in columns.items():
                column = self.query_one(f"#{id}", Vertical)
                await column.remove_children()
                await column.mount(*widgets)

    def action_screenful_on(self) -> None:
        """Read on."""
        self.scroll_page_down(animate=False)

    def action_next_section(self) -> None:
        """Go to the first section that begins below the top."""
        top = self.scrollable_content_region.y - self.scroll_offset.y
        tops = sorted({section.region.y - top for section in self.query(".section")})
        self.scroll_to(y=next((top for top in tops if top > self.scroll_offset.y), 0), animate=False)


class ProgressScreen(GoesOn, CourseScreen):
    """Looks anew each time that it comes into sight."""

    CSS_PATH = "progress.tcss"
    AUTO_FOCUS = "ProgressPage"
    BINDINGS: ClassVar[list[BindingType]] = bindings(WRITE_REPORT, SHOW_ATTEMPTS, RESET)
    WORK: ClassVar[Mapping[str, str]] = {
        "standing": "Going through your history",
        "report": "The report",
        "reset": "The reset",
    }

    def __init__(self, study: Study) -> None:
        super().__init__(study, "Progress")
        self.standing: Standing | None = None

    def compose_body(self) -> ComposeResult:
        """A page that scrolls."""
        yield ProgressPage()

    def on_screen_resume(self) -> None:
        """Look again."""
        super().on_screen_resume()
        self.look()

    @work(exclusive=True, group="standing", exit_on_error=False)
    async def look(self) -> None:
        """Find out how the learner stands; a long history takes a second."""
        study = self.study
        found = await asyncio.to_thread(standing, study.catalog, study.journal, study.now())
        if self.is_running and found != self.standing:
            self.standing = found
            days = found.days_in_a_row
            self.title_bar.status = f"{count(days, 'day')} in a row" if days else ""
            await self.query_one(ProgressPage).show(found)
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is something to do with."""
        if action == "show_attempts":
            return bool(self._tried)
        return self.standing is not None if action in ("write_report", "reset") else True

    @work(exclusive=True, group="report", exit_on_error=False)
    async def action_write_report(self) -> None:
        """Write the page, and say where it is."""
        if self.standing is not None:
            try:
                file = await asyncio.to_thread(_report, self.study, self.standing)
            except CourseError as error:
                self.notify(inert(str(error)), severity="error", markup=False)
            else:
                self.notify(inert(f"Your progress is in {file}."), markup=False)

    @property
    def _tried(self) -> list[Candidate]:
        found = self.standing.exercises if self.standing else ()
        return [
            Candidate(id=each.id, title=each.title, note=count(each.attempts, "attempt"), done=each.passed)
            for each in found
            if each.kind == "lab" and each.attempts
        ]

    def action_show_attempts(self) -> None:
        """Choose a lab, and see what changed from attempt to attempt."""

        def show(lab: str | None) -> None:
            if lab is not None:
                title = self.study.catalog.outline.title_of("lab", lab)
                self.app.push_screen(Changes(title, attempts(effective(self.study.journal.events()), lab)))

        self.app.push_screen(ChooseOne("The attempts at which lab?", self._tried), show)

    def action_reset(self) -> None:
        """Choose what is no longer to count."""
        if self.standing is not None:
            self.app.push_screen(ChooseOne("What should no longer count?", _resettable(self.standing)), self._ask)

    def _ask(self, what: str | None) -> None:
        def answered(yes: bool | None) -> None:
            if yes and what is not None:
                self._reset(what)

        if what is not None:
            question = f"{told(self.study.catalog, what)} will no longer count."
            self.app.push_screen(TypedYes(question, "A copy of your history is kept first, as it is now."), answered)

    @work(exclusive=True, group="reset", exit_on_error=False)
    async def _reset(self, what: str) -> None:
        try:
            copy = await asyncio.to_thread(self.study.journal.keep_copy, self.study.now())
        except CopyError as error:
            self.notify(inert(str(error)), severity="error", markup=False)
            return
        self.record("reset", what)
        self.notify(inert(f"Done. As it was before, your history is in {copy}."), markup=False)
        self.look()


def _report(study: Study, found: Standing) -> str:
    from course.report.page import page  # matplotlib takes a while

    return study.desk.keep(REPORT, page(found))


def _resettable(found: Standing) -> list[Candidate]:
    """Return everything that something was done with; Everything comes last, and is never what is highlighted."""
    lessons = [
        Candidate(id=f"lesson:{id}", title=found.titles[id], note="pages and answers", done=False)
        for id, each in found.lessons.items()
        if each.begun
    ]
    exercises = [
        Candidate(id=f"{each.kind}:{each.id}", title=each.title, note=each.kind, done=each.passed)
        for each in found.exercises
        if each.attempts
    ]
    questions = [
        Candidate(id=f"question:{id}", title=id, note="question", done=each.last_correct)
        for id, each in found.progress.questions.items()
    ]
    everything = Candidate(id=EVERYTHING, title="Everything", note="all of the above", done=True)
    return [*lessons, *exercises, *questions, everything]
