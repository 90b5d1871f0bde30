"""A lesson while it is written: as far as it can be read, with what is wrong in the place where it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from course.previews import Draft, Fault
from course.syllabus import LessonStep, Reading
from course.tui.drawing.words import plain
from course.tui.lesson.lesson import LessonScreen, terms_of
from course.tui.lesson.page import Askable, Pending
from course.tui.preview.carrying import carried, same_step
from course.tui.preview.faults import FaultsView

if TYPE_CHECKING:
    from course.ports import Study
    from course.tui.widgets.question.state import QuestionState


class FaultyStep(Vertical):
    """What is wrong with a step, and the step itself as far as there is one."""

    def __init__(self, faults: tuple[Fault, ...], title: str, view: Widget | None) -> None:
        super().__init__()
        self.faults, self.title, self.view = faults, title, view

    def compose(self) -> ComposeResult:
        """The one above the other."""
        if self.view is None:
            yield Static(plain(self.title, "bold $accent"), classes="heading")
        yield FaultsView(self.faults)
        if self.view is not None:
            yield self.view


class FaultyTask(FaultyStep):
    """The same of a step that has the keys."""

    def ask(self) -> None:
        """Give them to it."""
        if isinstance(self.view, Askable):
            self.view.ask()

    @property
    def pending(self) -> bool:
        """Has it still to be done?"""
        return isinstance(self.view, Pending) and self.view.pending


class DraftScreen(LessonScreen):
    """Keeps its step, how far it is scrolled and what was answered, whatever is saved."""

    def __init__(
        self, study: Study, draft: Draft, step: int, memory: dict[str, QuestionState], checked: tuple[Fault, ...]
    ) -> None:
        """Take the lesson, and what a check of the whole pack has found."""
        super().__init__(study, draft.lesson, step, memory)
        self.draft, self.checked = draft, checked
        self._share = 0.0
        """How far down the next page what is to be seen stands, from 0 to 1."""

    def faults_on(self, step: int) -> tuple[Fault, ...]:
        """Return what is wrong with a step, and with the lesson as a whole."""
        found: dict[tuple[str, str], Fault] = {}
        for fault in (*self.draft.faults, *self.checked):
            spot = fault.spot
            if spot and spot.kind == "lesson" and spot.id == self.lesson.id and spot.step in (None, step):
                found.setdefault((fault.where, fault.say), fault)
        return tuple(found.values())

    async def _show(self, step: int) -> None:
        await self.pager.page.show(self._framed(step))
        if share := self._share:
            self._share = 0.0
            self.call_after_refresh(self._look_at, share)

    def _framed(self, step: int) -> Widget:
        """Return the view of a step, with what is wrong above it."""
        faults, made = self.faults_on(step), self._step(step)
        if not faults:
            return self.view(made)
        if isinstance(made, Reading) and not made.blocks:  # stands for what cannot be read
            return FaultyStep(faults, made.title, None)
        view = self.view(made)
        return (FaultyTask if isinstance(view, Askable) else FaultyStep)(faults, "", view)

    def _shown(self, step: int) -> object:
        """Return all that a step shows."""
        made: LessonStep | None = self._step(step)
        about = terms_of(self.study, self.lesson) if isinstance(made, Reading) else None
        return (made or self.lesson, self.faults_on(step), about)

    async def renew(self, draft: Draft, checked: tuple[Fault, ...]) -> None:
        """Show the lesson as it is now; if what is on the screen is the same, nothing changes there."""
        old, at = self.lesson, self.pager.step
        if at < 0 or not self.pager.children:  # nothing is shown yet, or nothing any more
            self.draft, self.lesson, self.checked = draft, draft.lesson, checked
            return
        before = self._shown(at)
        after = {question.id: question for question in draft.lesson.bank}
        for question in old.bank:
            if question.id in self.memory and question.id in after:
                self.memory[question.id] = carried(question, after[question.id], self.memory[question.id])
        self.draft, self.lesson, self.checked = draft, draft.lesson, checked
        step = same_step(old, self.lesson, at)
        self.title_bar.heading = self.lesson.title
        self.pager.refit(len(self.lesson.steps), step)
        self.tell(step)
        if self._shown(step) != before:
            await self.pager.page.show(self._framed(step), from_top=False)

    def stand_at(self, step: int | None, share: float) -> None:
        """Go to a step, and to what stands so far down its page; None: wherever something is wrong, or stay."""
        if self.pager.step < 0:  # nothing is shown yet
            self.start = self.start if step is None else step
            self._share = share
            return
        if step is None:
            wrong = (each for each in range(len(self.lesson.steps)) if self.faults_on(each))
            step = self.pager.step if self.faults_on(self.pager.step) else next(wrong, self.pager.step)
        if step != self.pager.step:
            self._share = share
            self.pager.step = min(step, len(self.lesson.steps))
        elif share:
            self.call_after_refresh(self._look_at, share)

    def _look_at(self, share: float) -> None:
        """Scroll there, unless it is in sight."""
        page = self.pager.page
        row = round(share * page.virtual_size.height)
        if not page.scroll_offset.y <= row < page.scroll_offset.y + page.size.height:
            page.scroll_to(y=max(0, row - page.size.height // 2), animate=False)
