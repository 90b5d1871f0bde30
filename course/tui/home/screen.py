"""The first screen: what to do next, and the course at a glance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.reactive import var
from textual.widgets import OptionList

from course.folds.progress import PREFERENCES, exam_day
from course.learning.lessons import all_mastered, lesson_mastery
from course.ports import ReportError
from course.progress import Progress
from course.tui.commands import LEAVE, OPEN_LAB, SHARE_COURSE, TEST_YOURSELF, bindings
from course.tui.exam.commands import EXAM
from course.tui.home.choose_one import Candidate, ChooseOne
from course.tui.home.due import due_now
from course.tui.home.exam import GoesOnNow, goes_on, in_days, open_exam
from course.tui.home.outline_list import OutlineList
from course.tui.home.overview import Offer, TopicLine, overview
from course.tui.home.resume import incident_note, is_passed, is_survived, lab_note
from course.tui.home.topic_card import TopicCard
from course.tui.incident.commands import OPEN_INCIDENT
from course.tui.places import (
    ChoosePracticePlace,
    ExamsPlace,
    IncidentPlace,
    LabPlace,
    Place,
    PlaceChosen,
    ProgressPlace,
    QuestionsPlace,
    ReviewPlace,
)
from course.tui.practice.commands import PRACTISE, REVIEW
from course.tui.progress.commands import OPEN_PROGRESS
from course.tui.screens.base import CourseScreen
from course.tui.widgets.goes_on import LONG_S
from course.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from course.outline import Outline, Topic
    from course.ports import Study

LATER_S = 1.0
"""When an exam is ended whose time is up: reading the questions must not keep the first screen waiting."""


class HomeScreen(CourseScreen, inherit_bindings=False):
    """Home. It is the bottom of the stack, so there is no way back from here but out."""

    AUTO_FOCUS = "OutlineList"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        REVIEW, PRACTISE, EXAM, TEST_YOURSELF, OPEN_LAB, OPEN_INCIDENT, OPEN_PROGRESS, SHARE_COURSE, LEAVE
    )

    so_far: var[Progress] = var(Progress, init=False)

    @dataclass
    class Shared(Message):
        """What was achieved has been written, or why not."""

        say: str
        failed: bool = False

    def __init__(self, study: Study) -> None:
        super().__init__(study, study.catalog.outline.title)
        self.outline = study.catalog.outline
        self.set_reactive(HomeScreen.so_far, self.progress())
        self.due = due_now(study, self.so_far)
        self.open = open_exam(study)
        """The exam that goes on."""
        self.over: GoesOnNow | None = None
        """The exam whose time was up while this screen was there, until it was looked at."""
        self.exam = goes_on(self.open, study.now())
        self.title_bar.set_reactive(TitleBar.status, self._status(self.so_far))

    def compose_body(self) -> ComposeResult:
        """The outline, and what is known about its highlighted line."""
        with Container(id="home"):
            outline = OutlineList(overview(self.outline, self.so_far, self.due, self.exam))
            yield outline
            yield TopicCard(self.outline, outline.line, self.so_far)

    def renew(self) -> None:
        """Show the outline as it is by now, after a pack was changed."""
        outline = self.study.catalog.outline
        if outline == self.outline:
            return
        self.outline = self.query_one(TopicCard).outline = outline
        self.title_bar.heading = outline.title
        self.due = due_now(self.study, self.so_far)
        self.watch_so_far(self.so_far)
        self._describe()
        self.query_one(TopicCard).refresh()

    def on_screen_resume(self) -> None:
        """Look again how far everything is."""
        super().on_screen_resume()
        so_far = self.progress()
        before, self.due, self.open = self.due, due_now(self.study, so_far), open_exam(self.study)
        self.so_far = so_far
        if self.due != before:
            self.watch_so_far(so_far)
        self.look_at_the_clock()
        self.title_bar.status = self._status(so_far)

    def look_again(self) -> None:
        """An exam that goes on has less and less time left."""
        super().look_again()
        self.look_at_the_clock()

    def look_at_the_clock(self) -> None:
        """Say how much is left of it."""
        before, self.exam = self.exam, goes_on(self.open, self.study.now()) if self.open else None
        if self.exam is None and self.over is not None:
            self.exam = self.over
        if self.exam != before and self.is_mounted:
            self.watch_so_far(self.so_far)
        if self.open and not self.open.left(self.study.now()) and self.over is None:
            self.over = GoesOnNow(self.open.id, self.open.profile, "ended by time: see what came out")
            self.set_timer(LATER_S, self.end_exams)

    def end_exams(self) -> None:
        """End the exams whose time is up, though nobody is there; what came out is offered."""
        from course.tui.exam.room import end_overdue

        if self.open and end_overdue(self.study):
            self.open = open_exam(self.study)
            self.look_at_the_clock()

    @property
    def trouble(self) -> str | None:
        """Packs concern the course as a whole, so they are spoken of here alone."""
        said = (self.study.catalog.warning, self.study.journal.warning)
        return "\n".join(warning for warning in said if warning) or None

    def watch_so_far(self, so_far: Progress) -> None:
        """Show how far everything is."""
        self.query_one(OutlineList).lines = overview(self.outline, so_far, self.due, self.exam)
        self.title_bar.status = self._status(so_far)

    def _status(self, so_far: Progress) -> str:
        day = exam_day(self.study.journal.folded(PREFERENCES))
        when = in_days(day, self.study.now().date()) if day else ""
        return " · ".join(part for part in (_done(self.outline, so_far), when) if part)

    @property
    def topic(self) -> Topic | None:
        """The topic of the highlighted line."""
        line = self.query_one(OutlineList).line
        return line.topic if isinstance(line, Offer | TopicLine) else None

    @on(OptionList.OptionHighlighted)
    def _describe(self) -> None:
        self.query_one(TopicCard).show(self.query_one(OutlineList).line, self.so_far)
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _go(self) -> None:
        line = self.query_one(OutlineList).line
        if isinstance(line, Offer | TopicLine):
            self.over = None if line.id == "exam" else self.over
            self.post_message(PlaceChosen(line.place))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the highlighted line has."""
        if action == "test_yourself":
            return self.topic is not None
        if action == "share_course":
            return all_mastered(self.outline, self.so_far)
        if action == "open_lab":
            return bool(self._labs)
        if action == "open_incident":
            return bool(self._incidents)
        return True

    def action_test_yourself(self) -> None:
        """Answer the questions of the highlighted lesson."""
        if self.topic:
            self.post_message(PlaceChosen(QuestionsPlace(self.topic.id)))

    def action_review(self) -> None:
        """Go through what is due."""
        self.post_message(PlaceChosen(ReviewPlace()))

    def action_practise(self) -> None:
        """Choose what to practise."""
        self.post_message(PlaceChosen(ChoosePracticePlace()))

    def action_open_progress(self) -> None:
        """See how the learner stands."""
        self.post_message(PlaceChosen(ProgressPlace()))

    def action_exam(self) -> None:
        """See the exams."""
        self.post_message(PlaceChosen(ExamsPlace()))

    def action_open_lab(self) -> None:
        """Open the lab of the highlighted topic; of several, ask which."""
        self._open("Which lab?", self._labs, LabPlace)

    def action_open_incident(self) -> None:
        """Open the incident of the highlighted topic; of several, ask which."""
        self._open("Which incident?", self._incidents, IncidentPlace)

    def _open(self, question: str, candidates: list[Candidate], place: Callable[[str], Place]) -> None:
        def go(id: str | None) -> None:
            if id is not None:
                self.post_message(PlaceChosen(place(id)))

        if len(candidates) > 1:
            self.app.push_screen(ChooseOne(question, candidates), go)
        elif candidates:
            go(candidates[0].id)

    @property
    def _labs(self) -> list[Candidate]:
        so_far, labs = self.so_far, self.topic.labs if self.topic else {}
        return [
            Candidate(id=id, title=title, note=lab_note(so_far, id), done=is_passed(so_far, id))
            for id, title in labs.items()
        ]

    @property
    def _incidents(self) -> list[Candidate]:
        so_far, incidents = self.so_far, self.topic.incidents if self.topic else {}
        return [
            Candidate(id=id, title=title, note=incident_note(so_far, id), done=is_survived(so_far, id))
            for id, title in incidents.items()
        ]

    def action_share_course(self) -> None:
        """Write what was achieved, for others."""
        self.notify("Drawing …")
        self._share()

    @work(thread=True, exclusive=True, group="share", exit_on_error=False)
    def _share(self) -> None:
        from course.sharing.whole import course_summary

        try:
            text, picture = self.study.desk.share(course_summary(self.outline, self.so_far))
        except ReportError as error:
            self.post_message(self.Shared(str(error), failed=True))
        else:
            self.post_message(self.Shared(f"To share: {picture} and {text}"))

    @on(Shared)
    def _shared(self, event: Shared) -> None:
        self.notify(event.say, severity="warning" if event.failed else "information", timeout=LONG_S, markup=False)

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()


def _done(outline: Outline, so_far: Progress) -> str:
    done = sum(lesson_mastery(topic, so_far).done for topic in outline.topics)
    return f"{done} of {len(outline.topics)} done" if done else ""
