"""A question from the asking to the explanation: answers are judged, tried once more, and written down."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.worker import Worker

from course.tui.commands import QUESTION, bindings
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.question.asked import AskedQuestion
from course.tui.widgets.question.beside_model import BesideModel
from course.tui.widgets.question.drafted import Drafted
from course.tui.widgets.question.report_wanted import ReportWanted
from course.tui.widgets.question.state import Asking, Confidence, QuestionState, storable
from quiz.grading import grade, takes_long
from quiz.questions import Answer, Question
from quiz.verdict import Verdict

JUDGING = "… judging: the request is checked, and where it has to be, run."


class QuestionPanel(AskedQuestion, can_focus=True, inherit_bindings=False):
    """Judges what is answered, at once or after it was said how sure one is, and asks once more."""

    @dataclass
    class Answered(Message):
        """An answer was checked, and it was one."""

        question: Question
        answer: Answer
        verdict: Verdict
        state: QuestionState
        """As it is after the verdict."""

        def data(self, lesson: str) -> dict[str, Any]:
            """Return what the journal keeps of it."""
            state = self.state
            kept: dict[str, Any] = {
                "answer": storable(self.answer),
                "correct": self.verdict.correct,
                "hints": state.hints,
                "lesson": lesson,
                "seed": state.seed,
                "revision": self.question.revision,
                "tries": state.tries,
            }
            if self.verdict.by_learner:
                kept["judged"] = "learner"
            return kept if state.confidence is None else {**kept, "confidence": state.confidence}

    WORK: ClassVar[Mapping[str, str]] = {**AskedQuestion.WORK, "judge": "Judging the answer"}
    BINDINGS: ClassVar[list[BindingType]] = bindings(*QUESTION)

    judging: var[bool] = var(False)
    """Is an answer being judged in the background?"""

    def __init__(self, question: Question, state: QuestionState, asking: Asking | None = None) -> None:
        super().__init__(question, state, asking)
        self.held: tuple[Answer, Verdict] | None = None
        """An answer that was given, and is not judged before the learner has said how sure they are."""

    @on(Drafted)
    def _drafted(self, event: Drafted) -> None:
        event.stop()
        self.held, self.judging = None, False
        self.query_one(BesideModel).withdraw()
        self.state = replace(self.state, answer=event.draft)

    def action_check(self) -> None:
        """Judge the answer; something that is no answer costs nothing."""
        answer = self.body.answer
        if answer is None:
            self._say(None, self.body.missing)
            return
        if takes_long(self.question):
            self._say(None, JUDGING)
            self.judging = True
            self._judge_slowly(answer)
        else:
            self._take(answer, grade(self.question, answer))

    @work(exclusive=True, group="judge", exit_on_error=False)
    async def _judge_slowly(self, answer: Answer) -> None:
        """Judge what takes long, in the background; whoever types on meanwhile has not been judged."""
        verdict = await asyncio.to_thread(grade, self.question, answer)
        if self.is_attached and self.judging:
            self.judging = False
            self._take(answer, verdict)

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Let it be judged once more."""
        super().broke_off(worker, say)
        self.judging = False
        self._say(None)

    def watch_judging(self) -> None:
        """One judging at a time."""
        self.refresh_bindings()

    def _take(self, answer: Answer, verdict: Verdict) -> None:
        """Go on with an answer that can be judged; what is no answer costs nothing."""
        if not verdict.valid:
            self._say(None, verdict.say)
            return
        if self.state.first is not None and storable(answer) == storable(self.state.first[0]):
            self._say(None, "That is the answer you gave. Change it, or let it be shown.")
            return
        if self.asking.confidence and self.state.confidence is None and self.state.first is None:
            self.held = (answer, verdict)
            self._say(None, "How sure are you? 1 a guess, 2 not sure, 3 sure")
            keys_to(self)
            self.refresh_bindings()
            self.call_after_refresh(self._look_at, self._banner)
            return
        self._judge(answer, verdict)

    def action_guessed(self) -> None:
        """It was a guess."""
        self._was_held("guess")

    def action_unsure(self) -> None:
        """The learner was not sure."""
        self._was_held("unsure")

    def action_sure(self) -> None:
        """The learner was sure."""
        self._was_held("sure")

    def _was_held(self, confidence: Confidence) -> None:
        if self.held is None:
            return
        (answer, verdict), self.held = self.held, None
        self.state = replace(self.state, confidence=confidence)
        self._judge(answer, verdict)

    def _judge(self, answer: Answer, verdict: Verdict) -> None:
        if verdict.unsure:
            self._say(None, verdict.say)
            self.query_one(BesideModel).ask(self.question, answer, verdict)
            self.refresh_bindings()
            return
        tries = self.state.tries + 1
        if self.asking.second_try and tries == 1 and not (verdict.correct or verdict.by_learner):
            self.state = replace(self.state, answer=answer, tries=tries, first=(answer, verdict))
            self.post_message(self.Answered(self.question, answer, verdict, self.state))
            self.ask()
            self.call_after_refresh(self._look_at, self._banner)
            return
        self.state = replace(self.state, answer=answer, verdict=verdict, tries=tries, first=None)
        self.post_message(self.Answered(self.question, answer, verdict, self.state))
        keys_to(self)
        self.call_after_refresh(self._look)

    @on(BesideModel.Judged)
    def _judged(self, event: BesideModel.Judged) -> None:
        event.stop()
        self._judge(event.answer, event.verdict)

    async def action_reveal(self) -> None:
        """Show the right answer without a second try, beside the first answer, which then was the last one, too."""
        if self.state.first is None:
            return
        answer, verdict = self.state.first
        await self._ask_anew(answer)
        self.state = replace(self.state, answer=answer, verdict=verdict, first=None, tries=self.state.tries + 1)
        self.post_message(self.Answered(self.question, answer, verdict, self.state))
        keys_to(self)
        self.call_after_refresh(self._look)

    def action_report_question(self) -> None:
        """Let the learner say what is wrong with the question; the screen keeps it."""
        self.post_message(ReportWanted(self.question, self.state.answer, self.state.seed, self.state.verdict))

    async def action_try_again(self) -> None:
        """Ask once more, with nothing chosen and nothing typed."""
        if not self.is_attached:
            return
        state = replace(self.state, answer=None, verdict=None, tries=0, confidence=None)
        if self.template.computed is not None:
            state = replace(state, hints=0, seed=state.seed + max(1, self.state.tries))
            await self._pose(state.seed)
        self.state = state
        await self._ask_anew(None)
        if self.body.is_mounted:
            self.ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense before or after the verdict."""
        beside = self.query(BesideModel)
        held = self.held is not None
        thinking = self.state.verdict is None and not any(each.waiting for each in beside)
        if action in ("guessed", "unsure", "sure"):
            return held
        if action == "check":
            return thinking and not held and not self.judging
        if action == "hint":
            return thinking and not held and self.state.hints < len(self.question.hints)
        if action == "reveal":
            return self.state.first is not None
        if action in ("try_again", "report_question"):
            return self.state.verdict is not None
        return True
