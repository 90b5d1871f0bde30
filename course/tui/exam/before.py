"""Before an exam begins: what it is, and what will hold while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from course.learning.exams.facts import facts
from course.learning.exams.writing import begun
from course.tui.commands import bindings
from course.tui.drawing import signs
from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import inline, plain
from course.tui.exam.commands import BEGIN_EXAM
from course.tui.exam.room import next_draw, taken
from course.tui.exam.words import PROMISES, covered, weights
from course.tui.lesson.page import Page
from course.tui.places import ExamPlace, PlaceChosen
from course.tui.screens.base import CourseScreen

if TYPE_CHECKING:
    from course.ports import Study
    from quiz.exams.profile import Profile


class BeforeExamScreen(CourseScreen):
    """Enter begins."""

    CSS_PATH = ["../screens/page.tcss", "exam.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEGIN_EXAM)

    def __init__(self, study: Study, profile: Profile) -> None:
        super().__init__(study, profile.title)
        self.profile = profile
        self.drawn = next_draw(study, profile, taken(study))
        self.page = Page()

    def compose_body(self) -> ComposeResult:
        """A page."""
        yield self.page

    async def on_mount(self) -> None:
        """Say what it is."""
        await self.page.show(Vertical(*self._parts(), classes="before"))

    def _parts(self) -> list[Static]:
        profile, today = self.profile, self.study.now().date()
        promises = [Hanging(signs.CAREFUL.content + plain(" "), plain(each)) for each in PROMISES]
        by_weight = [Hanging(plain("· ", "$hushed"), plain(each)) for each in weights(profile, self.drawn)]
        return [
            Static(Wrapped(inline(profile.about.strip()))),
            *(Static(Wrapped(plain(each)), classes="paragraph") for each in facts(profile, today)),
            Static(plain(covered(profile, self.drawn), "bold"), classes="paragraph"),
            *(Static(each) for each in by_weight),
            Static(plain("Before it begins", "bold $accent"), classes="subheading"),
            *(Static(each) for each in promises),
            Static(Content(" ")),
            Static(plain("Enter begins.", "$hushed") if self.can_begin else plain("")),
        ]

    @property
    def can_begin(self) -> bool:
        """Is there anything to ask?"""
        return bool(self.drawn.questions)

    def action_begin_exam(self) -> None:
        """Begin; the clock starts. A second press, or another window, begins no second one."""
        if not self.is_active or not self.can_begin:
            return
        cards = self.study.catalog.question_cards()
        event = begun(uuid4().hex, self.profile, self.drawn, cards, self.study.now())
        self.study.journal.record(event)
        self.dismiss()
        self.app.post_message(PlaceChosen(ExamPlace(sitting=event.subject)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An empty bank begins nothing."""
        return self.can_begin if action == "begin_exam" else True
