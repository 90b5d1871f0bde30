"""What there is to know about the highlighted line of the outline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.history import Progress
from course.tui import signs
from course.tui.overview import Line, Offer, TopicLine
from course.tui.resume import incident_note, is_passed, is_survived, lab_note
from course.tui.words import count, inline, named, plain

if TYPE_CHECKING:
    from course.syllabus import Outline, Topic

LOW = 8
"""Up to so many lines there is no room for air, and the title stands in the list anyway."""


class TopicCard(Widget):
    """Title, what it is about, what comes first, its labs and its incidents."""

    line: reactive[Line | None] = reactive(None)

    def __init__(self, outline: Outline) -> None:
        super().__init__()
        self.outline = outline
        self.progress = Progress()

    def show(self, line: Line | None, progress: Progress) -> None:
        """Show this line."""
        self.progress = progress
        self.line = line
        self.refresh()

    def render(self) -> Visual:
        """The paragraphs that apply."""
        topic = self.line.topic if isinstance(self.line, Offer | TopicLine) else None
        if topic is None:
            return inline(self.outline.about, "$hushed")
        roomy = self.size.height > LOW
        parts = [plain(topic.title, "bold")] if roomy else []
        parts += [inline(topic.about)] if topic.about else []
        parts += [_facts(topic), *_needs(topic, self.outline, self.progress)]
        parts += (_lab(lab, self.progress) for lab in topic.labs)
        parts += (_incident(incident, self.progress) for incident in topic.incidents)
        return Content("\n\n" if roomy else "\n").join([part for part in parts if part])


def _facts(topic: Topic) -> Content:
    length = f"{topic.minutes} min" if topic.minutes else ""
    labs = count(len(topic.labs), "lab") if topic.labs else ""
    state = "" if topic.available else "locked: not written yet"
    incidents = count(len(topic.incidents), "incident") if topic.incidents else ""
    return plain(" · ".join(fact for fact in (length, labs, incidents, state) if fact), "$hushed")


def _needs(topic: Topic, outline: Outline, progress: Progress) -> Iterator[Content]:
    titles = {other.id: other.title for other in outline.topics}
    finished = {id for id, lesson in progress.lessons.items() if lesson.finished}
    missing = [titles.get(id, named(id)) for id in topic.needs if id not in finished]
    if missing:
        yield Content.assemble(signs.CAREFUL.content, plain(f" Better after: {', '.join(missing)}", "$hushed"))


def _lab(lab: str, progress: Progress) -> Content:
    sign = signs.DONE if is_passed(progress, lab) else signs.LAB
    return Content.assemble(sign.content, " ", plain(named(lab)), plain(f"  {lab_note(progress, lab)}", "$hushed"))


def _incident(incident: str, progress: Progress) -> Content:
    sign = signs.DONE if is_survived(progress, incident) else signs.LAB
    note = incident_note(progress, incident)
    return Content.assemble(sign.content, " ", plain(named(incident)), plain(f"  {note}", "$hushed"))
