"""A session of practice or review: item after item, then how it went."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from course.errors import CourseError
from course.learning.due import is_known
from course.learning.items import Item
from course.learning.sessions import Mode, Session, interrupted
from course.progress import QuestionProgress
from course.tui.commands import AGAIN, bindings
from course.tui.drawing.words import plain
from course.tui.lesson.pager import Pager
from course.tui.marking.commands import MARKING
from course.tui.practice.card import TermView
from course.tui.practice.goal import GoalView
from course.tui.practice.summary import Asked, SummaryView
from course.tui.screens.base import CourseScreen
from course.tui.widgets.question.panel import QuestionPanel
from course.tui.widgets.question.state import Asking, QuestionState, from_history
from quiz.presentation import posed

if TYPE_CHECKING:
    from course.ports import Study

ASKING = Asking(second_try=True, confidence=True)
Beginning = Callable[[], tuple[Item, ...]]
"""What a new session asks."""


class PracticeScreen(CourseScreen):
    """Goes on with a session of its kind that was interrupted, or begins one; after the last item comes the summary."""

    CSS_PATH = ["../screens/page.tcss", "../screens/plan.tcss", "../screens/line.tcss"]  # noqa: RUF012 - Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = bindings(AGAIN, *MARKING)

    def __init__(
        self, study: Study, title: str, mode: Mode, beginning: Beginning, *, lesson: str = "", anew: bool = False
    ) -> None:
        super().__init__(study, title)
        self.mode: Mode = mode
        self.lesson = lesson
        self.beginning = beginning
        self.anew = anew
        """Is it not to be gone on with an earlier one?"""
        self.session = Session(id="", title=title, mode=mode, items=())
        self.states: dict[Item, QuestionState] = {}
        self.first_tries: dict[Item, bool] = {}
        """Was the first answer of this session right, without a hint? Of what was answered."""
        self.pager = Pager()

    def compose_body(self) -> ComposeResult:
        """Item after item."""
        yield self.pager

    def on_mount(self) -> None:
        """Go on with a session that was interrupted, or begin one."""
        found = None if self.anew else interrupted(self.study.journal.events(), self._is_known, self.lesson)
        if found is not None and found.mode == self.mode:
            self._take_up(found)
        else:
            self.begin(self.beginning())

    def begin(self, items: tuple[Item, ...]) -> None:
        """Start a session; nothing of it is answered yet."""
        session = Session(id=uuid4().hex, title=self.title_bar.heading, mode=self.mode, items=items, lesson=self.lesson)
        if items:
            data = {"title": session.title, "mode": self.mode, "items": [each.name for each in items]}
            self.record("practice-begun", session.id, {**data, "lesson": self.lesson})
        self._take_up(session)

    def _take_up(self, session: Session) -> None:
        so_far = self.progress().questions
        self.session, self.first_tries = session, dict(session.first_tries)
        self.states = {}
        for item in session.items:
            known = so_far.get(item.id, QuestionProgress())
            answered = item in session.first_tries and item.kind == "question"
            fresh = QuestionState(seed=known.attempts)
            self.states[item] = from_history(self.study.catalog.question(item.id), known) if answered else fresh
        self.pager.begin(len(session.items), session.step)

    def _is_known(self, item: Item) -> bool:
        """Is this item still in the course?"""
        return is_known(self.study.catalog, item)

    @on(Pager.Reached)
    async def _reached(self, event: Pager.Reached) -> None:
        step, of = event.step, len(self.session.items)
        if step != self.pager.step:
            return  # it was asked for in the last session, or is turned over already
        if of:
            self.record("practice-step", self.session.id, {"step": step})
        self.title_bar.status = f"{step + 1} of {of}" if step < of else "summary" if of else ""
        self.about(_place(self.session.items[step]) if step < of else "")
        await self.pager.page.show(self.view(step))

    @on(Pager.Left)
    def _left(self) -> None:
        self.dismiss()

    def view(self, step: int) -> Widget:
        """Return the view of an item, or the summary."""
        items = self.session.items
        if not items:
            return Static(plain(_NOTHING[self.mode]), classes="paragraph")
        if step >= len(items):
            what = "question" if all(item.kind == "question" for item in items) else "item"
            return SummaryView(tuple(self._asked(item) for item in items), what)
        item = items[step]
        match item.kind:
            case "question":
                return QuestionPanel(self.study.catalog.question(item.id), self.states[item], ASKING)
            case "term":
                term = next(term for term in self.study.catalog.terms() if term.id == item.id)
                return TermView(term, rated=item in self.first_tries)
            case "goal":
                lab, _, goal = item.id.partition("/")
                return GoalView(lab, self.study.catalog.outline.title_of("lab", lab), self._goal_title(lab, goal))

    def _asked(self, item: Item) -> Asked:
        right = self.first_tries.get(item)
        match item.kind:
            case "question":
                question = self.study.catalog.question(item.id)
                return Asked(posed(question, self.states[item].seed).stem, right)
            case "term":
                terms = (term.term for term in self.study.catalog.terms() if term.id == item.id)
                return Asked(next(terms, item.id), right)
            case "goal":
                lab, _, goal = item.id.partition("/")
                return Asked(self._goal_title(lab, goal), right)

    def _goal_title(self, lab: str, goal: str) -> str:
        try:
            goals = self.study.catalog.lab(lab).goals
        except (KeyError, CourseError):
            return goal
        return next((each.title for each in goals if each.id == goal), goal)

    def action_again(self) -> None:
        """Go through what was not right once more."""
        self.begin(self._not_right)

    @property
    def _not_right(self) -> tuple[Item, ...]:
        return tuple(item for item in self.session.items if not self.first_tries.get(item))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once more only after the end, if something went wrong."""
        if action == "again":
            return self.pager.step == len(self.session.items) and bool(self._not_right)
        return super().check_action(action, parameters)

    @on(SummaryView.Chosen)
    def _look_again(self, event: SummaryView.Chosen) -> None:
        if event.index < len(self.session.items):  # another session may have begun since
            self.pager.step = event.index

    @on(QuestionPanel.Changed)
    def _remember(self, event: QuestionPanel.Changed) -> None:
        self.states[Item("question", event.question.id)] = event.state

    @on(QuestionPanel.Answered)
    def _write_answer(self, event: QuestionPanel.Answered) -> None:
        alone = event.verdict.correct and not event.state.hints  # as the history has it after an interruption
        self.first_tries.setdefault(Item("question", event.question.id), alone)
        lesson = self._lesson_of(event.question.id)
        where = {"where": self.mode, "session": self.session.id}
        self.record("answered", event.question.id, {**event.data(lesson), **where})

    @on(TermView.Rated)
    def _write_rating(self, event: TermView.Rated) -> None:
        self.first_tries.setdefault(Item("term", event.term.id), event.rating != "again")
        self.record("recalled", event.term.id, {"rating": event.rating, "session": self.session.id})
        self.pager.action_go_on()

    def _lesson_of(self, question: str) -> str:
        cards = self.study.catalog.question_cards()
        return self.lesson or next((card.lesson for card in cards if card.id == question), "")


def _place(item: Item) -> str:
    """Return what an item is called among bookmarks and notes: a goal belongs to its lab."""
    return f"lab:{item.id.partition('/')[0]}" if item.kind == "goal" else item.name


_NOTHING: dict[Mode, str] = {
    "practice": "There is no question like that. Choose otherwise: fewer conditions leave more questions.",
    "review": "Nothing is due. What you answer comes back when you are about to forget it.",
}
