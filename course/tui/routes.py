"""Which screen stands for which place. Screens are imported when they are first needed: start-up is quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from textual.screen import Screen

from course.errors import CourseError
from course.tui.places import (
    PLAYGROUND,
    ChoosePracticePlace,
    ExamPlace,
    ExamsPlace,
    GlossaryPlace,
    IncidentPlace,
    LabPlace,
    LessonPlace,
    LookedUpPlace,
    Place,
    PlaygroundPlace,
    PracticePlace,
    ProgressPlace,
    QuestionsPlace,
    ReviewPlace,
    SearchPlace,
)

if TYPE_CHECKING:
    from textual.app import App

    from course.ports import Study
    from course.tui.memory import Memory


def screen_at(place: Place, study: Study, memory: Memory) -> Screen[None]:
    """Return the screen to show; if the place is not there or its files are wrong, one that says so."""
    try:
        return _screen(place, study, memory)
    except KeyError:
        return _problem(study, place, f"There is no {_what(place)} in this course.")
    except CourseError as error:
        return _problem(study, place, str(error))


def _screen(place: Place, study: Study, memory: Memory) -> Screen[None]:
    match place:
        case LessonPlace(lesson=id, step=step, look_up=look_up):
            from course.tui.lesson.lesson import LessonScreen

            return LessonScreen(study, study.catalog.lesson(id), step, memory.questions, look_up=look_up)
        case QuestionsPlace(lesson=id):
            from course.tui.practice.sessions import of_lesson

            return of_lesson(study, study.catalog.lesson(id))
        case PracticePlace(items=names):
            from course.tui.practice.sessions import of_items

            return of_items(study, names)
        case ChoosePracticePlace():
            from course.tui.practice.choose import ChoosePracticeScreen

            return ChoosePracticeScreen(study)
        case ReviewPlace():
            from course.tui.practice.sessions import of_what_is_due

            return of_what_is_due(study)
        case ProgressPlace():
            from course.tui.progress.screen import ProgressScreen

            return ProgressScreen(study)
        case ExamsPlace():
            from course.tui.exam.exams import ExamsScreen

            return ExamsScreen(study)
        case ExamPlace():
            from course.tui.exam.doors import door

            return door(study, place)
        case LabPlace(lab=id):
            from course.tui.lab.screen import LabScreen
            from course.tui.memory import LabMemory

            return LabScreen(study, id, memory.labs.setdefault(id, LabMemory()))
        case IncidentPlace(incident=id):
            from course.tui.incident.screen import IncidentScreen

            return IncidentScreen(study, id)
        case GlossaryPlace(term=id):
            from course.tui.glossary.screen import GlossaryScreen

            return GlossaryScreen(study, id)
        case SearchPlace():
            from course.tui.search.screen import SearchScreen

            return SearchScreen(study)
        case LookedUpPlace(question=id):
            from course.tui.search.question import LookedUpQuestion

            lessons = (card.lesson for card in study.catalog.question_cards() if card.id == id)
            return LookedUpQuestion(study, study.catalog.question(id), next(lessons, ""))
        case PlaygroundPlace():
            from course.tui.playground.screen import PlaygroundScreen

            return PlaygroundScreen(study)
        case _:
            assert_never(place)


def _problem(study: Study, place: Place, problem: str) -> Screen[None]:
    from course.tui.screens.problem import ProblemScreen

    return ProblemScreen(study, _title(study, place), problem)


def _title(study: Study, place: Place) -> str:
    """Return what the place is called in the outline, or else what it is."""
    if isinstance(place, LessonPlace | QuestionsPlace):
        found = (topic.title for topic in study.catalog.outline.topics if topic.id == place.lesson)
        return next(found, f"Lesson {place.lesson}")
    return _what(place).capitalize()


def _what(place: Place) -> str:
    match place:
        case LessonPlace(lesson=id) | QuestionsPlace(lesson=id):
            return f"lesson {id}"
        case LabPlace(lab=id):
            return f"lab {id}"
        case IncidentPlace(incident=id):
            return f"incident {id}"
        case GlossaryPlace():
            return "glossary"
        case SearchPlace():
            return "search"
        case LookedUpPlace(question=id):
            return f"question {id}"
        case PracticePlace() | ChoosePracticePlace():
            return "practice"
        case ReviewPlace():
            return "review"
        case ProgressPlace():
            return "progress"
        case ExamsPlace():
            return "exams"
        case ExamPlace(profile=id):
            return f"exam {id}".strip()
        case PlaygroundPlace():
            return PLAYGROUND
        case _:
            assert_never(place)


def nowhere(study: Study, name: str) -> Screen[None]:
    """Return the screen for a name that is neither a lesson nor a lab."""
    from course.tui.screens.problem import ProblemScreen

    lessons = [topic.id for topic in study.catalog.outline.topics]
    known = ", ".join([*lessons, *study.catalog.lab_ids(), *study.catalog.incident_ids(), "glossary", PLAYGROUND])
    return ProblemScreen(study, name, f"There is no {name!r} in this course. There is: {known}.")


def help_on(screen: Screen[object]) -> Screen[None]:
    """Return the help for a screen."""
    from course.tui.palette import keys_of
    from course.tui.screens.help import HelpScreen

    return HelpScreen(keys_of(screen))


def cover(app: App[None]) -> None:
    """Put a notice over everything while the terminal is too small."""
    from course.tui.screens.too_small import TooSmallScreen

    if not isinstance(app.screen, TooSmallScreen):
        app.push_screen(TooSmallScreen())
