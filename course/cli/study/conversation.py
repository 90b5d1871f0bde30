"""One question asked and answered line by line: hints, how sure one is, a second try, and what there is to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from course import wiring
from course.cli.study import asking
from course.cli.study.given import given
from course.cli.study.questions import kept
from course.errors import CourseError
from course.history import Event
from quiz.grading import grade, solution
from quiz.presentation import posed
from quiz.questions import Answer, Question
from quiz.second_try import told
from quiz.verdict import Verdict, settled

if TYPE_CHECKING:
    from course.cli.study.typed import Read
    from course.ports import Journal

End = Literal["right", "wrong", "shown", "skipped", "left"]
"""`shown`: without an answer; `left`: the learner goes away, and comes back to the same item."""
YES = {"y": True, "yes": True, "n": False, "no": False}
IS_IT_RIGHT = "Does yours say the same? Type y for yes, n for no."
COMMANDS = "Or type hint, show, skip or quit."
SURE = {"1": "guess", "2": "unsure", "3": "sure"}
HOW_SURE = "How sure are you? Type 1 for a guess, 2 for not sure, 3 for sure."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is written down with each answer."""

    lesson: str
    seed: int
    data: dict[str, Any]
    """Such as where it was asked, and in which session."""


@dataclass
class Conversation:
    """Asks one question."""

    history: Journal
    read: Read
    question: Question
    """As it is shown."""
    about: About
    confidence: bool = True
    """Is it asked how sure the learner is?"""
    hints: int = 0
    tries: int = 0
    sure: str = ""
    first: Answer | None = None
    """A wrong first answer, while there is a second try."""

    @classmethod
    def of(cls, history: Journal, read: Read, question: Question, about: About, **more: Any) -> Conversation:  # noqa: ANN401
        """Return one about a question, which is shown as chance has it."""
        return cls(history, read, posed(question, about.seed), about, **more)

    def hold(self) -> End:
        """Ask until it is answered for good, shown, skipped or left."""
        say(asking.asked(self.question))
        print(COMMANDS)
        while (line := self.read()) is not None:
            match line.casefold():
                case "":
                    continue
                case "quit" | "q":
                    return "left"
                case "skip":
                    return "skipped"
                case "show":
                    say(asking.explained(self.question, self.first))
                    return "shown" if self.first is None else "wrong"
                case "hint":
                    self._hint()
                case "again":
                    say(asking.asked(self.question))
                case _:
                    if end := self._take(line.removeprefix("answer ")):
                        return end
        return "left"

    def _hint(self) -> None:
        hints = self.question.hints
        if self.hints >= len(hints):
            print("There are no more hints." if hints else "There is no hint for this question.")
            return
        self.hints += 1
        print(f"Hint {self.hints} of {len(hints)}: {hints[self.hints - 1]}")

    def _take(self, line: str) -> End | None:
        """Judge what was typed; None if there is more to come."""
        try:
            answer = given(self.question, line)
        except CourseError as error:  # no such file: nothing is lost
            print(error)
            return None
        verdict = grade(self.question, answer)
        if not verdict.valid:
            print(f"{verdict.say} {asking.how(self.question)}")
            return None
        if self.first is not None and answer == self.first:
            print("That is the answer you gave. Change it, or type show.")
            return None
        if self.confidence and not self.sure and not self._is_sure():
            return "left"
        if verdict.unsure:
            right = self._judged(verdict)
            if right is None:
                return "left"
            verdict = settled(verdict, right)
        self._record(answer, verdict)
        if self.tries == 1 and not (verdict.correct or verdict.by_learner):
            self.first = answer
            say(["Not yet.", *told(self.question, verdict), "Try once more, or type show."])
            return None
        say(asking.explained(self.question, answer, verdict.correct if verdict.by_learner else None))
        return "right" if verdict.correct else "wrong"

    def _is_sure(self) -> bool:
        """Ask how sure the learner is; False if they leave without saying it."""
        print(HOW_SURE)
        while (line := self.read()) is not None and line.casefold() not in ("quit", "q"):
            self.sure = SURE.get(line, line.casefold() if line.casefold() in SURE.values() else "")
            if self.sure:
                return True
            print(HOW_SURE)
        return False

    def _judged(self, verdict: Verdict) -> bool | None:
        """Ask whether an answer is right that the program cannot judge; None if the learner leaves without saying."""
        model = asking.spelt(self.question, solution(self.question))
        say([verdict.say, f"{asking.called(self.question)}: {model}", IS_IT_RIGHT])
        while (line := self.read()) is not None and line.casefold() not in ("quit", "q"):
            if line.casefold() in YES:
                return YES[line.casefold()]
            print(IS_IT_RIGHT)
        return None

    def _record(self, answer: Answer, verdict: Verdict) -> None:
        self.tries += 1
        data = kept(
            self.question,
            answer,
            verdict=verdict,
            lesson=self.about.lesson,
            seed=self.about.seed,
            hints=self.hints,
            tries=self.tries,
        )
        sure = {"confidence": self.sure} if self.sure else {}
        self.history.record(Event(wiring.now(), "answered", self.question.id, {**data, **sure, **self.about.data}))


def say(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        print(line)
