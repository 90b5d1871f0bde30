"""Somebody reading a lesson: page after page, each written down, so that the course goes on there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import wiring
from course.cli.present import is_plain
from course.cli.study.conversation import About, Conversation
from course.cli.study.lesson import pages, predicting, words
from course.counting import current
from course.desk import LabDesk
from course.folds.progress import PROGRESS
from course.foretelling import play
from course.history import Event, EventKind
from course.learning.lessons import lesson_mastery
from course.progress import step_data
from course.steps import marks
from course.syllabus import Checkpoint, Foretelling
from labs.prediction import judge

if TYPE_CHECKING:
    from course.cli.study.typed import Read
    from course.content.packs import Packs
    from course.ports import Journal
    from course.progress import LessonProgress, Progress
    from course.syllabus import Lesson, Prediction, Term

GO_ON = "Enter goes on. Or type back, a page's number, or quit."
GO_ON_OR_ASK = "Enter goes on. Or type terms for what they mean, back, a page's number, or quit."


class Reader:
    """Somebody reading a lesson."""

    def __init__(self, packs: Packs, history: Journal, read: Read, lesson: Lesson) -> None:
        self.packs, self.history, self.read, self.lesson = packs, history, read, lesson
        self.marks = marks(lesson)

    def go(self, page: int | None) -> int:
        """Read from a page on, by default where the reader was, to the end or until they leave."""
        so_far = self._so_far()
        last = len(self.lesson.steps) - 1
        at = min(so_far.step if so_far and not so_far.finished else 0, last) if page is None else min(page - 1, last)
        print(f"{self.lesson.title}, {self.lesson.minutes} min.")
        while at <= last:
            step = self._page(at)
            if step is None:
                print(f"\nYou are on page {at + 1} of {last + 1}. Go on with: mlcourse lesson {self.lesson.id}")
                return 0
            at = max(0, step)
        self._end()
        return 0

    def _progress(self) -> Progress:
        return current(self.history.folded(PROGRESS), self.packs.outline)

    def _so_far(self) -> LessonProgress | None:
        """Return how far this lesson is, by its steps as they are now."""
        so_far = self._progress().lessons.get(self.lesson.id)
        return so_far and so_far.among(self.marks)

    def _page(self, at: int) -> int | None:
        """Show a page; return which one comes next, None if the reader leaves."""
        step = self.lesson.steps[at]
        so_far = self._progress().lessons.get(self.lesson.id)
        self._record("lesson-step", step_data(so_far, at, self.lesson.revision, self.marks))
        print(f"\n{pages.heading(self.lesson, at)}\n")
        if isinstance(step, Checkpoint | Foretelling):
            if not (self._ask(step) if isinstance(step, Checkpoint) else self._predict(step.prediction)):
                return None
        else:
            for line in pages.lines(step, plain=is_plain()):
                print(line)
        terms = words.terms_on(step, self._terms)
        if terms:
            print(f"\nTerms on this page: {', '.join(term.term for term in terms)}.")
        print(f"\n{GO_ON_OR_ASK if terms else GO_ON}")
        return self._next(at, terms)

    @property
    def _terms(self) -> tuple[Term, ...]:
        return tuple(term for term in self.packs.terms() if term.id in self.lesson.glossary)

    def _next(self, at: int, terms: tuple[Term, ...]) -> int | None:
        while (line := self.read()) is not None and line.casefold() not in ("quit", "q"):
            if line == "":
                return at + 1
            if line.casefold() == "back":
                return at - 1
            if line.isdecimal() and 1 <= int(line[:6]) <= len(self.lesson.steps):
                return int(line) - 1
            if line.casefold() == "terms":
                for said in words.explained(terms):
                    print(said)
            print(GO_ON_OR_ASK if terms else GO_ON)
        return None

    def _ask(self, step: Checkpoint) -> bool:
        so_far = self._progress().questions.get(step.question.id)
        about = About(lesson=self.lesson.id, seed=so_far.attempts if so_far else 0, data={"where": "lesson"})
        if so_far is not None:
            print(f"You have answered this before, {'rightly' if so_far.last_correct else 'not rightly'}.")
        return Conversation.of(self.history, self.read, step.question, about, confidence=False).hold() != "left"

    def _predict(self, prediction: Prediction) -> bool:
        """Let them foretell the run, and tell it; False where they leave."""
        plain = is_plain()
        for line in predicting.situation(prediction, plain=plain):
            print(line)
        said = predicting.ask(prediction, self.read, self._progress().predictions.get(prediction.id))
        if said is None:
            return False
        data = {"said": said, "lesson": self.lesson.id, "revision": prediction.revision}
        self._record("prediction-saved", data, prediction.id)
        played = play(self.packs, LabDesk(Path()), prediction)
        held = judge(prediction.asks, said, played.happened)
        self._record("predicted", data | {"happened": played.happened, "held": held}, prediction.id)
        print("\nThe run, since the plan was sent:")
        for line in (
            *predicting.events(played),
            "",
            *predicting.told_after(prediction, said, played.happened, plain=plain),
        ):
            print(line)
        return True

    def _end(self) -> None:
        """Say what is open; a lesson whose pages were all seen is written down as read."""
        progress, so_far = self._progress(), self._so_far()
        if so_far and not so_far.finished and len(so_far.seen) == len(self.lesson.steps):
            self._record("lesson-finished", {})
        topic = next(topic for topic in self.packs.outline.topics if topic.id == self.lesson.id)
        mastery = lesson_mastery(topic, progress)
        print("\nThe end of the lesson. " + ("It is mastered." if mastery.done else f"Open: {mastery.note}."))
        for source in self.lesson.sources:
            print(f"Source: {source.url}, checked {source.checked}")

    def _record(self, kind: EventKind, data: dict[str, Any], subject: str | None = None) -> None:
        self.history.record(Event(wiring.now(), kind, subject or self.lesson.id, data))
