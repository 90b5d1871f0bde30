"""The exams there are, the one that goes on, and the earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from course.errors import CourseError
from course.folds.progress import EXAM_DATE as DATE
from course.learning.due import exam_date
from course.learning.exams.facts import facts
from course.learning.exams.result import result
from course.learning.exams.sitting import Sitting
from course.learning.sittings import unreadable
from course.tui.commands import bindings
from course.tui.drawing import signs
from course.tui.drawing.long_words import Wrapped
from course.tui.drawing.visuals import Hanging, Spread, Stack
from course.tui.drawing.words import count, inline, plain
from course.tui.exam.ask_line import AskLine
from course.tui.exam.commands import EXAM_DATE
from course.tui.exam.room import next_draw, taken
from course.tui.exam.words import as_share, covered, in_short, minutes_left, name, weights
from course.tui.home.exam import in_days
from course.tui.places import ExamPlace, PlaceChosen
from course.tui.screens.base import CourseScreen
from course.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from course.ports import Study
    from quiz.exams.profile import Profile


@dataclass(frozen=True, slots=True)
class Row:
    """A line, where it leads, and what is told of it beside the list."""

    line: Visual
    place: ExamPlace | None
    about: Visual

    @property
    def option(self) -> Option:
        """What stands in the list; without a place it cannot be chosen."""
        line = self.line
        return Option(line, disabled=self.place is None)


class ExamsScreen(CourseScreen):
    """A list, and a card for its highlighted line."""

    CSS_PATH = ["../screens/page.tcss", "exam.tcss"]  # noqa: RUF012 - Textual's own type
    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = bindings(EXAM_DATE)

    def __init__(self, study: Study) -> None:
        super().__init__(study, "Mock exams")
        self.rows: tuple[Row, ...] = ()
        self.unreadable = 0
        """Exams of the history that this program cannot read; counted whenever one comes here, not at every look."""

    def compose_body(self) -> ComposeResult:
        """List and card."""
        with Container(id="exams"):
            yield Choices()
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="about")

    def on_screen_resume(self) -> None:
        """Look again: an exam may have been begun or ended."""
        self.unreadable = unreadable(self.study.journal.events())
        super().on_screen_resume()
        self.show_rows()

    def show_rows(self) -> None:
        """List what there is."""
        choices = self.query_one(Choices)
        at, known = choices.highlighted, taken(self.study)
        self.rows = (*self._going_on(known), *self._profiles(known), *self._ended(known))
        choices.set_options(row.option for row in self.rows)
        if at is not None and at < len(self.rows):
            choices.highlighted = at
        else:
            choices.action_first()
        today = self.study.now().date()
        self.title_bar.status = in_days(exam_date(self.study.journal), today) or "no date set"

    @property
    def trouble(self) -> str | None:
        """Sittings of a newer program are spoken of here alone."""
        number = self.unreadable
        say = (
            f"{count(number, 'exam')} of your history cannot be read by this program; nothing is lost."
            if number
            else ""
        )
        return "\n".join(filter(None, (super().trouble, say))) or None

    def _going_on(self, known: tuple[Sitting, ...]) -> list[Row]:
        now, rows = self.study.now(), []
        for each in (sitting for sitting in known if sitting.ended is None):
            say = "time is up" if each.over(now) else f"{minutes_left(each.left(now))} left"
            left = signs.GO.content + plain(" Go on  ", "bold $accent") + plain(self._title(each), "bold")
            about = plain(f"{self._title(each)}\n\n{_BACK}")
            rows.append(Row(Spread(left, plain(say, "$hushed")), ExamPlace(sitting=each.id), Wrapped(about)))
        return rows

    def _profiles(self, known: tuple[Sitting, ...]) -> list[Row]:
        rows, wrong = [], []
        for id in self.study.catalog.exam_ids():
            try:
                profile = self.study.catalog.exam(id)
            except CourseError as error:
                wrong.append(Row(plain(f"{id}: its file is wrong", "$warning"), None, plain("")))
                wrong.append(Row(Hanging(signs.CAREFUL.content + plain(" "), plain(str(error))), None, plain("")))
                continue
            line = Spread(
                signs.LAB.content + plain(f" {name(profile.id)}  {profile.title}"), plain(in_short(profile), "$hushed")
            )
            rows.append(Row(line, ExamPlace(profile=id), self._about(profile, known)))
        if not rows:
            rows.append(Row(plain("There is no exam in this course.", "$hushed"), None, plain("")))
        return rows + wrong

    def _about(self, profile: Profile, known: tuple[Sitting, ...]) -> Visual:
        drawn = next_draw(self.study, profile, known)
        parts = [
            Wrapped(plain(profile.title, "bold")),
            Wrapped(inline(profile.about.strip())),
            *(Wrapped(plain(each, "$hushed")) for each in facts(profile, self.study.now().date())),
            Wrapped(plain(covered(profile, drawn), "bold")),
        ]
        by_weight = (Hanging(plain("· ", "$hushed"), plain(each)) for each in weights(profile, drawn))
        return Stack(*parts, *by_weight)

    def _ended(self, known: tuple[Sitting, ...]) -> list[Row]:
        rows = [Row(Content(" "), None, plain("")), Row(plain("Earlier", "bold"), None, plain(""))]
        for each in reversed(known):
            if each.ended:
                score = result(each, known).score.whole
                left = plain(f"{each.ended.at:%Y-%m-%d}  ", "$hushed") + plain(
                    f"{name(each.profile)}  {self._title(each)}"
                )
                about = Wrapped(
                    plain(f"{self._title(each)}\n\n{as_share(score)} right. Enter explains every question.")
                )
                line = Spread(left, plain(f"{score.right} of {score.of}, {100 * score.share:.0f} %", "$hushed"))
                rows.append(Row(line, ExamPlace(sitting=each.id), about))
        return rows if len(rows) > 2 else []

    def _title(self, sitting: Sitting) -> str:
        return title_of(self.study, sitting.profile)

    @on(OptionList.OptionHighlighted)
    def _describe(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self.rows):
            about = self.rows[event.option_index].about
            self.query_one("#about", Static).update(about)
            self.query_one("#card").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _go(self, event: OptionList.OptionSelected) -> None:
        place = self.rows[event.option_index].place if event.option_index < len(self.rows) else None
        if place is not None:
            self.post_message(PlaceChosen(place))

    def action_exam_date(self) -> None:
        """Ask for the day of the exam."""
        today = self.study.now().date()

        def wrong(typed: str) -> str:
            if not typed:
                return ""
            try:
                day = date.fromisoformat(typed)
            except ValueError:
                return f"That is no date. Write year, month and day, such as {today.isoformat()}."
            return "" if day >= today else f"That day is over. Today is {today.isoformat()}."

        def take(typed: str | None) -> None:
            if typed is not None:
                day = date.fromisoformat(typed).isoformat() if typed else ""
                self.record("preferred", DATE, {"value": day})
                self.show_rows()

        known = exam_date(self.study.journal)
        say = "Year, month and day, such as 2026-12-24; an empty line takes it away. Reviews are planned for that day."
        self.app.push_screen(AskLine("When is your exam?", say, known.isoformat() if known else "", wrong), take)


_BACK = "The clock goes on. Enter leads back to where you were; once the time is up, to the result."


def title_of(study: Study, profile: str) -> str:
    """Return what an exam is called; its id where its file is gone or wrong."""
    try:
        return study.catalog.exam(profile).title
    except (KeyError, CourseError):
        return profile
