"""What the screens and the command line are handed: who supplies lessons, keeps history and runs labs.

The siblings `content`, `store` and `tui` never import each other; `course.wiring` plugs them in here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from course.errors import CourseError
from course.folds.fold import State

if TYPE_CHECKING:  # the first screen must not wait for numpy
    from course.folds.fold import Fold
    from course.history import Event, Keeping
    from course.outline import Outline
    from course.plan_text import CheckedPlan, Completions, FieldValue, Form, FormField, Trail
    from course.syllabus import Lesson, QuestionCard, Term
    from engine.plan import Plan
    from engine.run import Run
    from labs.grade import Grade
    from labs.incidents.session import Incident
    from labs.lab import Lab
    from labs.prediction import Values
    from labs.report.summary import Summary
    from labs.whatif.curve import Curve
    from labs.whatif.knobs import Knob
    from quiz.exams.profile import Profile
    from quiz.questions import Question


class ReportError(CourseError):
    """A report that cannot be written."""


class CopyError(CourseError):
    """A copy of the history that cannot be made."""


class Catalog(Protocol):
    """The lessons, questions, terms and labs of the packs."""

    @property
    def outline(self) -> Outline:
        """The course at a glance."""

    @property
    def warning(self) -> str | None:
        """What the learner must know, such as that a pack is left out, and what to do; None if all is well."""

    def lesson(self, id: str) -> Lesson:
        """Return the lesson; KeyError if there is none, a content error if its files are wrong."""

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary, sorted by term."""

    def question_cards(self) -> tuple[QuestionCard, ...]:
        """Return a card for each question of the course, in learning order."""

    def has_question(self, id: str) -> bool:
        """Is there a question of this id?"""

    def question(self, id: str) -> Question:
        """Return the question; KeyError if there is none."""

    def pack_of(self, question: str) -> str:
        """Return the id of the pack that a question is from; KeyError if there is none."""

    def lab(self, id: str) -> Lab:
        """Return the lab; KeyError if there is none."""

    def lab_ids(self) -> tuple[str, ...]:
        """Return the labs' ids in learning order."""

    def incident(self, id: str) -> Incident:
        """Return the incident; KeyError if there is none."""

    def incident_ids(self) -> tuple[str, ...]:
        """Return the incidents' ids in learning order."""

    def exam(self, id: str) -> Profile:
        """Return the exam; KeyError if there is none, a content error if its file is wrong."""

    def exam_ids(self) -> tuple[str, ...]:
        """Return the exams' ids in the order of the packs."""


class Journal(Protocol):
    """The learner's history."""

    def record(self, event: Event) -> None:
        """Append an event; `keeping` says whether it is on disk by now."""

    def events(self) -> tuple[Event, ...]:
        """Return all events, oldest first; of a long history this takes a second, where a fold is there at once."""

    def folded(self, fold: Fold[State]) -> State:
        """Return a fold over all events."""

    def keep_copy(self, now: datetime) -> str:
        """Copy the history, under a name with the time, and return the file; CopyError if that cannot be."""

    def close(self) -> None:
        """Give the file back; nothing is recorded afterwards."""

    @property
    def warning(self) -> str | None:
        """What the learner must know, such as that nothing can be saved; None if all is well."""

    @property
    def keeping(self) -> Keeping:
        """Is all on disk? Nobody waits for the answer."""


class Desk(Protocol):
    """Where labs are worked on. What does not change a text may take long and is called from a worker thread."""

    def check(self, lab: Lab, text: str) -> CheckedPlan:
        """Check a plan as it stands in the editor; what is none, and can be read as one, has `read_as`."""

    def run(self, lab: Lab, plan: Plan, release: str, seed: int) -> Run:
        """Run the plan once against a release."""

    def happened(self, lab: Lab, run: Run, release: str) -> Values:
        """Return what came of a run, for whoever predicted it."""

    def grade(self, lab: Lab, plan: Plan, on_progress: Callable[[int, int], None], best: Plan | None = None) -> Grade:
        """Grade the plan, beside the learner's best earlier one; `on_progress(done, of)` may raise to cancel."""

    def knobs(self, lab: Lab, plan: Plan) -> tuple[Knob, ...]:
        """Return what can be turned in a plan to ask what if."""

    def curve(self, lab: Lab, knob: Knob) -> Iterator[Curve]:
        """Yield the curve over a knob's values, better with every seed; stop iterating to cancel."""

    def report(self, lab: Lab, plan: Plan, grade: Grade) -> str:
        """Draw the report of a grade into the folder for reports; return the file, ReportError if that cannot be."""

    def share(self, summary: Summary) -> tuple[str, str]:
        """Write a summary as text and as a picture into the folder for reports; return the files, ReportError if they
        cannot be written."""

    def keep(self, name: str, text: str) -> str:
        """Write a text into the folder for reports; return the file, ReportError if it cannot be written."""

    def form(self, text: str) -> tuple[FormField, ...]:
        """Return a plan's values for a form, in the order of the text; none for a text that cannot be read."""

    def edited(self, text: str, trail: Trail, value: FieldValue) -> str:
        """Return the text with one value changed and all else kept; as it was where that cannot be written."""

    def added(self, text: str, trail: Trail) -> str:
        """Return the text with one more entry in the list at a place; as it was where that cannot be written."""

    def taken_out(self, text: str, trail: Trail) -> str:
        """Return the text without the innermost entry that a place belongs to; as it was where that cannot be."""

    def about(self, text: str, line: int, column: int) -> str:
        """Return in one line what is meant by what stands at a place of a plan, counted from 1; empty for nothing."""

    def completions(self, lab: Lab, text: str, line: int, column: int) -> Completions:
        """Return what could be written at a place of a plan, counted from 1."""

    def takeaway(self, text: str, form: Form) -> str:
        """Return an accepted plan as real AWS takes it."""


@dataclass(frozen=True, slots=True)
class Study:
    """All that the screens need."""

    catalog: Catalog
    journal: Journal
    desk: Desk
    now: Callable[[], datetime]
