"""What the learner wanted forgotten: the history keeps it, and nothing that follows from the history counts it.

A `reset` of `question:ID`, `prediction:ID`, `term:ID`, `lab:ID` or `incident:ID` takes away what was answered, run and
graded; of `lesson:ID` its pages, and what was answered and predicted in it, but not its labs; of `all` everything but
what is preferred, such as colours. Marks and notes were not learned: only `all` takes them away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from course.history import Event

_QUESTIONS, _LABS = ("answered",), ("plan-saved", "lab-run", "lab-predicted", "lab-graded")
_INCIDENTS = ("incident-begun", "incident-graded")
_PREDICTIONS = ("predicted", "prediction-saved")
_PAGES = ("lesson-step", "lesson-finished", "quiz-begun", "quiz-step")
_KINDS = {
    "question": _QUESTIONS,
    "prediction": _PREDICTIONS,
    "term": ("recalled",),
    "lab": _LABS,
    "incident": _INCIDENTS,
    "lesson": _PAGES,
}


def effective(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events that still count, in their order, the resets among them."""
    history = tuple(events)
    if not any(event.kind == "reset" for event in history):
        yield from history
        return
    kept: list[Event] = []
    lessons: dict[str, str] = {}
    """The lesson of each question, as its last answer says."""
    for event in history:
        if event.kind == "reset":
            gone = _covered(event.subject, lessons)
            kept = [each for each in kept if not gone(each)]
            answered = {each.subject for each in kept if each.kind == "answered"}
            lessons = {question: lesson for question, lesson in lessons.items() if question in answered}
        elif event.kind == "answered":
            lessons[event.subject] = event.text("lesson") or lessons.get(event.subject, "")
        kept.append(event)
    yield from kept


def _covered(what: str, lessons: dict[str, str]) -> Callable[[Event], bool]:
    """Return which of the events until now a reset takes away."""
    if what == "all":
        return lambda event: event.kind != "preferred"
    kind, _, id = what.partition(":")
    kinds = _KINDS.get(kind, ()) if id else ()
    if kind == "lesson" and id:
        answered = {question for question, lesson in lessons.items() if lesson == id}
        sessions: set[str] = set()

        def of_lesson(event: Event) -> bool:
            if event.kind == "practice-begun" and event.text("lesson") == id:
                sessions.add(event.subject)
            return (
                (event.kind in kinds and event.subject == id)
                or (event.kind in _PREDICTIONS and event.text("lesson") == id)
                or (event.kind == "answered" and event.subject in answered)
                or (event.kind in ("practice-begun", "practice-step") and event.subject in sessions)
            )

        return of_lesson
    return lambda event: event.kind in kinds and event.subject == id
