"""An exam that goes on: a question per page, a clock, and an end by hand or by time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import var
from textual.widgets import Static
from textual.worker import Worker

from course.history import Event
from course.learning.exams.sitting import Sitting, Why
from course.learning.exams.writing import answered, noted
from course.learning.sittings import after
from course.tui.commands import SCREENFUL_ON, bindings
from course.tui.drawing.words import plain
from course.tui.exam.ask_line import AskLine
from course.tui.exam.commands import DURING
from course.tui.exam.entries import entries_of, open_ones
from course.tui.exam.entry import ExamQuestion, page_of
from course.tui.exam.entry_list import EntryList
from course.tui.exam.room import end, known_grades, passes, slow_answers, with_plans
from course.tui.exam.words import SOON, clock, minutes_left
from course.tui.lesson.page import Page
from course.tui.lesson.steps_bar import StepsBar
from course.tui.places import ExamPlace, PlaceChosen
from course.tui.screens.base import CourseScreen
from course.tui.widgets.confirm import Confirm
from course.tui.widgets.goes_on import GoesOn
from course.tui.widgets.question.choice import ChoiceBody
from quiz.grading import grade
from quiz.questions import Answer, Question

if TYPE_CHECKING:
    from course.ports import Study

EACH_S = 1.0
"""How often the clock is drawn."""


class ExamScreen(GoesOn, CourseScreen):
    """A sitting. Whatever is done is written down at once; when it is over, its result takes this screen's place."""

    CSS_PATH = ["../screens/page.tcss", "../screens/plan.tcss", "../screens/line.tcss", "exam.tcss"]  # noqa: RUF012 - Textual's own type
    WORK: ClassVar[dict[str, str]] = {"end": "Grading the plans"}
    BINDINGS: ClassVar[list[BindingType]] = bindings(*DURING, SCREENFUL_ON)
    without = frozenset({"glossary", "playground", "search"})

    at: var[int] = var(-1, init=False)
    """Which entry is shown, from 0."""
    ending = False
    """Is it being judged? Then nothing is taken any more."""
    ended = False
    left = False
    """Did the result take its place?"""

    def __init__(self, study: Study, sitting: Sitting, title: str) -> None:
        super().__init__(study, title)
        self.sitting = sitting
        self.page = Page()
        self.drafts: dict[str, Answer | None] = {}
        """What was begun and is no answer yet, such as some pairs of several."""
        self.warned = sitting.left(study.now()) <= SOON
        """Was it said that the end is near?"""

    def compose_body(self) -> ComposeResult:
        """How far one is, what was remarked, the page."""
        yield StepsBar()
        yield Static(id="remarks")
        yield self.page

    def on_mount(self) -> None:
        """Go on where the learner was, with the clock as it stands."""
        bar = self.query_one(StepsBar)
        bar.of = bar.furthest = len(self.sitting.entries)
        self.at = self.sitting.entries.index(self.sitting.last) if self.sitting.last in self.sitting.entries else 0
        self.set_interval(EACH_S, self.tick)
        self.tick()
        if back := self.sitting.went_back(self.study.now()):
            say = (
                f"The clock shows an earlier time than this exam has seen, by {minutes_left(back)}: that gives no time."
            )
            self.notify(say, severity="warning")

    def on_screen_resume(self) -> None:
        """Take what was written in a lab meanwhile."""
        super().on_screen_resume()
        if self.ended:
            self._show_result()
        elif not self.ending and self.page.is_mounted and self.at >= len(self.sitting.questions):
            before = self.sitting.plans
            self._hand_in_plans()
            if self.sitting.plans != before:
                self.call_later(self.watch_at, self.at)

    def _hand_in_plans(self) -> None:
        self.sitting, events = with_plans(self.study, self.sitting)
        for event in events:
            self.study.journal.record(event)

    def tick(self) -> None:
        """Show the time; when it is up, end the exam."""
        now = self.study.now()
        left = self.sitting.left(now)
        self.title_bar.status = f"{self.at + 1} of {len(self.sitting.entries)} · {clock(left)}"
        if self.sitting.over(now):
            self.end("time")
        elif left <= SOON and not self.warned:
            self.warned = True
            self.app.notify(f"! {minutes_left(left)} left. What is not answered is wrong.", severity="warning")

    async def watch_at(self, at: int) -> None:
        """Show the entry."""
        self.query_one(StepsBar).step = at
        self._remark()
        self.tick()
        if not self.ending:
            await self.page.show(page_of(self.study, self.sitting, at, self.drafts))

    def _remark(self) -> None:
        entry = self.entry
        flag = "! flagged" if entry in self.sitting.flags else ""
        note = f"Note: {self.sitting.notes[entry]}" if self.sitting.notes.get(entry) else ""
        line = self.query_one("#remarks", Static)
        line.display = bool(flag or note)
        line.update(plain("  ".join(part for part in (flag, note) if part), "$warning" if flag else "$hushed"))

    @property
    def entry(self) -> str:
        """The id of what is shown."""
        return self.sitting.entries[self.at]

    def write(self, event: Event) -> None:
        """Write down what was done, unless it comes too late."""
        if self.ending or self.sitting.over(event.at):
            self.tick()
            return
        self.study.journal.record(event)
        self.warning = self.trouble
        self.sitting = after(self.sitting, event)

    @on(ExamQuestion.Given)
    def _given(self, event: ExamQuestion.Given) -> None:
        event.stop()
        self.drafts[event.question] = event.draft
        self._answer(event.question, event.answer)

    @on(StepsBar.Clicked)
    def _clicked(self, event: StepsBar.Clicked) -> None:
        event.stop()
        self.at = event.step

    def _answer(self, question: str, answer: Answer | None) -> None:
        if self.sitting.answers.get(question) != answer:
            self.write(answered(self.sitting, question, answer, self.study.now()))

    def action_next_entry(self) -> None:
        """Go on; from the last one, show what is open."""
        if self.at + 1 < len(self.sitting.entries):
            self.at += 1
        else:
            self.action_all_entries()

    def action_previous_entry(self) -> None:
        """Go back."""
        self.at -= 1

    def action_screenful_on(self) -> None:
        """Scroll."""
        self.page.action_page_down()

    def action_flag(self) -> None:
        """Flag, or take the flag away."""
        self.write(noted(self.sitting, self.entry, self.study.now(), flag=self.entry not in self.sitting.flags))
        self._remark()

    def action_strike(self) -> None:
        """Rule out the option under the cursor, or take it in again."""
        for body in self.query(ChoiceBody):
            self.write(noted(self.sitting, self.entry, self.study.now(), struck=body.strike()))

    def action_note(self) -> None:
        """Write a note."""
        entry = self.entry

        def take(note: str | None) -> None:
            if note is not None and note != self.sitting.notes.get(entry, ""):
                self.write(noted(self.sitting, entry, self.study.now(), note=note))
                self._remark()

        say = "For yourself; it is kept with the exam. An empty one takes it away."
        ask = AskLine(f"A note to {self.at + 1}", say, self.sitting.notes.get(entry, ""), keeps=True)
        self.app.push_screen(ask, take)

    def action_jump(self) -> None:
        """Go to a number."""
        of = len(self.sitting.entries)

        def wrong(typed: str) -> str:
            there = typed.isdecimal() and len(typed) < 6 and 1 <= int(typed) <= of
            return "" if there else f"They are numbered from 1 to {of}."

        def go(typed: str | None) -> None:
            if typed is not None:
                self.at = int(typed) - 1

        self.app.push_screen(AskLine("Go to which question?", f"A number from 1 to {of}", "", wrong), go)

    def action_all_entries(self) -> None:
        """Show all questions."""

        def go(at: int | None) -> None:
            if at is not None:
                self.at = at

        entries = entries_of(self.study, self.sitting)
        self.app.push_screen(EntryList(open_ones(self.sitting), entries, self.at), go)

    def action_hand_in(self) -> None:
        """End it, after a yes."""
        say = f"{open_ones(self.sitting)} What is not answered is wrong, and nothing can be changed afterwards."
        ask = Confirm("Hand in the exam?", say, "Hand in", "No, go on")
        self.app.push_screen(ask, lambda yes: self.end("handed-in") if yes else None)

    def end(self, why: Why) -> None:
        """End it once: grade what is to be graded, write down what came out, show it."""
        if self.ending:
            return
        self.ending = True
        self.refresh_bindings()
        if why == "time":
            self.app.notify("Time is up. The exam is handed in as it stands.", severity="warning")
        self._hand_in_plans()
        passed = known_grades(self.study, self.sitting)
        there = {lab: text for lab, text in self.sitting.plans.items() if lab in self.study.catalog.lab_ids()}
        ungraded = {lab: text for lab, text in there.items() if lab not in passed}
        slow = slow_answers(self.study, self.sitting)
        if ungraded or slow:
            self._say("The plans and requests that you wrote are being graded …")
            self._grade(why, passed, ungraded, slow)
        else:
            self._close(why, passed)

    @work(thread=True, exclusive=True, group="end", exit_on_error=False)
    def _grade(
        self, why: Why, passed: dict[str, bool], ungraded: dict[str, str], slow: dict[str, tuple[Question, Answer]]
    ) -> None:
        def tell(title: str, done: int, of: int) -> None:
            self.app.call_from_thread(self._say, f"Grading the plan for {title}: {done} of {of} runs")

        graded = {lab: passes(self.study, lab, text, tell) for lab, text in ungraded.items()}
        judged = {id: grade(question, answer).correct for id, (question, answer) in slow.items()}
        self.app.call_from_thread(self._close, why, passed | graded, judged)

    def _say(self, sentence: str) -> None:
        if not self.is_attached:
            return
        line = self.query_one("#remarks", Static)
        line.display = True
        line.update(plain(sentence, "$hushed"))

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Let it be ended once more, by hand or when it is opened again."""
        super().broke_off(worker, say)
        self.ending = self.sitting.over(self.study.now())
        self._remark()
        self.refresh_bindings()

    def _close(self, why: Why, passed: dict[str, bool], judged: dict[str, bool] | None = None) -> None:
        for event in end(self.study, self.sitting, why, passed, judged):
            self.study.journal.record(event)
        self.ended = True
        if self.is_active:
            self._show_result()

    def _show_result(self) -> None:
        if self.left:
            return
        self.left = True
        self.dismiss()
        self.app.post_message(PlaceChosen(ExamPlace(sitting=self.sitting.id)))

    def action_back(self) -> None:
        """Leave; the clock goes on, which is said."""
        self.dismiss()
        if not self.ending:
            left = minutes_left(self.sitting.left(self.study.now()))
            self.app.notify(f"The exam goes on without you: {left} left. Home offers to go on with it.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first one, and only options are ruled out; while it is judged, nothing goes."""
        if self.ending and action != "back":
            return action not in {each.action for each in DURING}
        if action == "previous_entry":
            return self.at > 0
        return bool(self.query(ChoiceBody)) if action == "strike" else True
