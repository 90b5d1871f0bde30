"""What came out of an exam: the sums first, then every question explained."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from course.learning.exams.result import Result, result
from course.learning.exams.writing import judged_by_learner
from course.tui.commands import bindings
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import plain
from course.tui.exam.commands import ALL_RESULTS, PRACTISE_WRONG
from course.tui.exam.entries import judged
from course.tui.exam.entry import GoneView
from course.tui.exam.entry_list import EntryList
from course.tui.exam.room import taken
from course.tui.exam.sums import SumsView
from course.tui.lesson.pager import Pager
from course.tui.places import PlaceChosen, PracticePlace
from course.tui.screens.base import CourseScreen
from course.tui.widgets.question.beside_model import BesideModel
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import Asking, QuestionState, remembered
from quiz.grading import grade, solution, takes_long
from quiz.presentation import posed
from quiz.questions import Answer, Question
from quiz.verdict import Verdict, settled

if TYPE_CHECKING:
    from course.ports import Study
    from quiz.exams.profile import Profile


NOTHING_GIVEN = "Not answered, and so it is wrong."


class Explained(QuestionPanel):
    """Told, and not asked again: practice does that. What the program could not judge is left to the learner."""

    def on_mount(self) -> None:
        """Ask for the learner's own word where there is no verdict."""
        super().on_mount()
        state = self.state
        if state.verdict is not None and state.verdict.unsure and state.answer is not None:
            self.query_one(BesideModel).ask(self.question, state.answer, state.verdict)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to do but read."""
        return False if action == "try_again" else super().check_action(action, parameters)


class ExamResultScreen(CourseScreen):
    """Step 0 are the sums; then comes a step for each question."""

    CSS_PATH = ["../screens/page.tcss", "../screens/plan.tcss", "../screens/line.tcss", "exam.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(PRACTISE_WRONG, ALL_RESULTS)

    def __init__(self, study: Study, title: str, done: Result, profile: Profile | None) -> None:
        super().__init__(study, title)
        self.done, self.profile = done, profile
        self.pager = Pager()

    def compose_body(self) -> ComposeResult:
        """Step after step."""
        yield self.pager

    def on_mount(self) -> None:
        """Begin with the sums."""
        self.pager.begin(len(self.done.sitting.drawn) + 1)

    @on(Pager.Reached)
    async def _reached(self, event: Pager.Reached) -> None:
        of = self.pager.of - 1
        if event.step > of:
            self.dismiss()
        elif event.step == self.pager.step:
            self.title_bar.status = f"question {event.step} of {of}" if event.step else "result"
            await self.pager.page.show(self.view(event.step))

    @on(Pager.Left)
    def _left(self) -> None:
        self.dismiss()

    def view(self, step: int) -> Widget:
        """Return the sums, or a question with its verdict."""
        if step == 0:
            return SumsView(self.done, self.profile)
        sitting = self.done.sitting
        id = sitting.drawn[step - 1].id
        try:
            question = self.study.catalog.question(id)
        except KeyError:
            return GoneView()
        answer, ended = sitting.answers.get(id), self.done.ended
        right, judged = ended.right.get(id, False), ended.judged.get(id)
        told = _told(posed(question, sitting.seed), answer, sitting.seed, right=right, judged=judged)
        panel = Explained(question, told, Asking(second_try=False))
        remarks = list(self._remarks(step - 1, question))
        return Vertical(*(Static(each, classes="remark") for each in remarks), panel, classes="told-question")

    def _remarks(self, at: int, question: Question) -> list[Hanging]:
        drawn, sitting = self.done.sitting.drawn[at], self.done.sitting
        says = [f"Objective {drawn.objective}" if drawn.objective else "", "" if drawn.scored else "it did not count"]
        if question.revision != self.done.ended.revisions.get(drawn.id, question.revision):
            says.append("it has changed since: this is the new text, the score is of the old one")
        if note := sitting.notes.get(drawn.id):
            says.append(f"your note: {note}")
        return [Hanging(plain("· ", "$hushed"), plain(each, "$hushed")) for each in says if each]

    @on(QuestionPanel.Answered)
    def _write_judgement(self, event: QuestionPanel.Answered) -> None:
        """The learner has judged an answer; the sums are those after it."""
        id, cards = event.question.id, self.study.catalog.question_cards()
        lesson = next((card.lesson for card in cards if card.id == id), "")
        for each in judged_by_learner(
            self.done.sitting, event.question, lesson, event.verdict.correct, self.study.now()
        ):
            self.record(each.kind, each.subject, each.data)
        known = taken(self.study)
        self.done = result(next(each for each in known if each.id == self.done.sitting.id), known)
        self.refresh_bindings()

    def action_practise_wrong(self) -> None:
        """Practise what was not right."""
        items = tuple(f"question:{id}" for id in self.done.wrong)
        self.post_message(PlaceChosen(PracticePlace(items=items)))

    def action_all_results(self) -> None:
        """Show all questions with how they went."""

        def go(at: int | None) -> None:
            if at is not None:
                self.pager.step = at + 1

        rows = judged(self.study, self.done.sitting, self.done.ended)
        self.app.push_screen(EntryList("All questions", rows, max(self.pager.step - 1, 0)), go)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Practice needs something that was wrong."""
        return bool(self.done.wrong) if action == "practise_wrong" else True


def _told(question: Question, answer: Answer | None, seed: int, *, right: bool, judged: bool | None) -> QuestionState:
    if takes_long(question):
        said = _unanswered(question, NOTHING_GIVEN) if answer is None else remembered(right)
        return QuestionState(answer=answer, verdict=said, recheck=answer is not None, seed=seed)
    verdict = settled(grade(question, answer), judged) if answer is not None else None
    if verdict is None or not verdict.valid:
        say = NOTHING_GIVEN if verdict is None else verdict.say
        kept = answer if isinstance(answer, str) and not _parts(question) else None
        return QuestionState(answer=kept, verdict=_unanswered(question, say), seed=seed)
    return QuestionState(answer=answer, verdict=verdict, seed=seed)


def _parts(question: Question) -> bool:
    """Does a verdict over it speak of parts?"""
    return bool(grade(question, solution(question)).details)


def _unanswered(question: Question, say: str) -> Verdict:
    """Return what is said where nothing was given: every part with its reason, none of it chosen."""
    if takes_long(question):
        return Verdict(correct=False, say=say)
    details = grade(question, solution(question)).details
    told = tuple(replace(each, chosen=False, right=False) for each in details)
    return Verdict(correct=False, say=say, details=told)
