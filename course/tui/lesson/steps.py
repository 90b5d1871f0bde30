"""The views of a lesson's steps: a page to read, a lab or an incident to do, and the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from course.learning.lessons import LessonMastery
from course.progress import Progress
from course.syllabus import Block, Foretelling, Lesson, OnCall, Practice, Reading, Term
from course.terms import Spotter
from course.tui.commands import DO_LAB, bindings
from course.tui.drawing import signs
from course.tui.drawing.visuals import Hanging, source_line
from course.tui.drawing.words import count, gist, inline, plain
from course.tui.home.resume import incident_note, is_passed, is_survived, lab_note
from course.tui.incident.commands import DO_INCIDENT
from course.tui.places import IncidentPlace, LabPlace, PlaceChosen
from course.tui.widgets.deciders import DecidersView
from course.tui.widgets.keys_to import keys_to
from course.tui.widgets.question.exhibit import block_view
from course.tui.widgets.same_in_focus import SameInFocus
from quiz.deciders import Deciders
from quiz.presentation import open_stem


class ReadingView(Vertical):
    """A heading, text and plots. The terms are marked where they first stand."""

    def __init__(self, reading: Reading, terms: Iterable[Term] = ()) -> None:
        super().__init__()
        self.reading = reading
        self._spotter = Spotter(terms)
        self._views = [self._view(block) for block in reading.blocks]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that stand on the page."""
        return tuple(self._spotter.found)

    def compose(self) -> ComposeResult:
        """The blocks under their heading."""
        yield Static(plain(self.reading.title, "bold $accent"), classes="heading")
        yield from self._views

    def _view(self, block: Block) -> Widget:
        return block_view(block, self._spotter)


class TryingView(ReadingView):
    """A page with something to play with, which has the keys."""

    def ask(self) -> None:
        """Give them to it; the page scrolls all the same."""
        keys_to(self.query_one(DecidersView))


def reading_view(reading: Reading, terms: Iterable[Term] = ()) -> ReadingView:
    """Return the view of a page."""
    tried = any(isinstance(block, Deciders) for block in reading.blocks)
    return TryingView(reading, terms) if tried else ReadingView(reading, terms)


class PracticeView(SameInFocus, Vertical, can_focus=True):
    """A lab, and how it went so far."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DO_LAB)
    pending = True

    def __init__(self, practice: Practice, progress: Progress) -> None:
        super().__init__()
        self.practice = practice
        self.progress = progress

    def compose(self) -> ComposeResult:
        """What it is, and how to begin."""
        lab = self.practice.lab
        sign = signs.DONE if is_passed(self.progress, lab) else signs.LAB
        yield Static(plain("Now you", "$hushed"), classes="task")
        yield Static(plain(self.practice.title, "bold $accent"), classes="heading")
        yield Static(Hanging(Content.assemble(sign.content, " "), plain(lab_note(self.progress, lab).capitalize())))
        yield Static(
            plain("A simulated endpoint is waiting. Write a plan, run it, and see whom it protects."),
            classes="paragraph",
        )

    def ask(self) -> None:
        """Take the focus."""
        keys_to(self)

    def action_do_lab(self) -> None:
        """Open the lab."""
        self.post_message(PlaceChosen(LabPlace(self.practice.lab)))


class OnCallView(SameInFocus, Vertical, can_focus=True):
    """A live incident, and how it went so far."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DO_INCIDENT)
    pending = True

    def __init__(self, call: OnCall, progress: Progress) -> None:
        super().__init__()
        self.call = call
        self.progress = progress

    def compose(self) -> ComposeResult:
        """What it is, and how to begin."""
        incident = self.call.incident
        sign = signs.DONE if is_survived(self.progress, incident) else signs.LAB
        note = incident_note(self.progress, incident).capitalize()
        yield Static(plain("Now you, live", "$hushed"), classes="task")
        yield Static(plain(self.call.title, "bold $accent"), classes="heading")
        yield Static(Hanging(Content.assemble(sign.content, " "), plain(note)))
        yield Static(
            plain("An update is about to run, and it is not yours. Watch it, decide, and answer for what you did."),
            classes="paragraph",
        )

    def ask(self) -> None:
        """Take the focus."""
        keys_to(self)

    def action_do_incident(self) -> None:
        """Open the incident."""
        self.post_message(PlaceChosen(IncidentPlace(self.call.incident)))


class FinishedView(Vertical):
    """The end of a lesson: what was done, what to remember, and where the facts come from."""

    def __init__(self, lesson: Lesson, progress: Progress, mastery: LessonMastery, terms: tuple[Term, ...]) -> None:
        super().__init__()
        self.lesson = lesson
        self.progress = progress
        self.mastery = mastery
        self.terms = terms

    def compose(self) -> ComposeResult:
        """A small success, and what is left."""
        sign, state = (
            (signs.DONE, "Lesson mastered") if self.mastery.done else (signs.PARTLY, "The end, not all is done")
        )
        yield Static(Content.assemble(sign.content, plain(f" {state}", "$hushed")))
        yield Static(plain(self.lesson.title, "bold $accent"), classes="heading")
        for line in (*self._questions(), *self._predictions(), *self._labs()):
            yield Static(line)
        if self.terms:
            yield Static(plain("Words you know now", "bold"), classes="subheading")
            yield Static(plain(" · ".join(term.term for term in self.terms)))
        if self.lesson.sources:
            yield Static(plain("Where the facts come from", "bold"), classes="subheading")
        for source in self.lesson.sources:
            yield Static(source_line(source.url, source.checked))

    def _questions(self) -> Iterator[Hanging]:
        asked = self.lesson.questions
        if not asked:
            return
        found = [self.progress.questions.get(question.id) for question in asked]
        right = sum(each is not None and each.last_correct for each in found)
        sign = signs.RIGHT if right == len(asked) else signs.CAREFUL
        yield Hanging(Content.assemble(sign.content, " "), plain(f"{right} of {count(len(asked), 'question')} right"))
        for question, so_far in zip(asked, found, strict=True):
            if so_far is None or not so_far.last_correct:
                open_ = signs.OPEN if so_far is None else signs.WRONG
                yield Hanging(Content.assemble("  ", open_.content, " "), inline(gist(open_stem(question)), "$hushed"))
        if right < len(asked):
            yield Hanging(Content("  "), plain("a asks these once more", "$hushed"))

    def _predictions(self) -> Iterator[Hanging]:
        for step in self.lesson.steps:
            if isinstance(step, Foretelling):
                found = self.progress.predictions.get(step.prediction.id)
                seen = found is not None and found.attempts > 0
                held = sum(each is True for each in found.held.values()) if found else 0
                note = f"{held} of {len(found.held)} parts held" if found and seen else "not predicted yet"
                sign = signs.DONE if seen else signs.CAREFUL
                yield Hanging(Content.assemble(sign.content, " "), plain(f"{step.title}: {note}"))

    def _labs(self) -> Iterator[Hanging]:
        for step in self.lesson.steps:
            if isinstance(step, Practice):
                sign = signs.DONE if is_passed(self.progress, step.lab) else signs.CAREFUL
                note = f"{step.title}: {lab_note(self.progress, step.lab)}"
                yield Hanging(Content.assemble(sign.content, " "), plain(note))
            elif isinstance(step, OnCall):
                sign = signs.DONE if is_survived(self.progress, step.incident) else signs.CAREFUL
                note = f"{step.title}: {incident_note(self.progress, step.incident)}"
                yield Hanging(Content.assemble(sign.content, " "), plain(note))
