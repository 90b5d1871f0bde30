"""What there is to know about the highlighted line of the outline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from course.progress import Progress
from course.tui.drawing import signs
from course.tui.drawing.words import count, inline, plain
from course.tui.home.overview import Line, Offer, TopicLine
from course.tui.home.resume import incident_note, is_passed, is_survived, lab_note

if TYPE_CHECKING:
    from course.outline import Outline, Topic

LOW = 8
"""Up to so many lines there is no room for air, and the title stands in the list anyway."""


class TopicCard(Widget):
    """Title, what it is about, what comes first, its labs and its incidents."""

    line: reactive[Line | None] = reactive(None)
    progress: reactive[Progress] = reactive(Progress)

    def __init__(self, outline: Outline, line: Line | None, progress: Progress) -> None:
        super().__init__()
        self.outline = outline
        self.set_reactive(TopicCard.line, line)
        self.set_reactive(TopicCard.progress, progress)

    def show(self, line: Line | None, progress: Progress) -> None:
        """Show this line."""
        self.line = line
        self.progress = progress

    def render(self) -> Visual:
        """The paragraphs that apply."""
        topic = self.line.topic if isinstance(self.line, Offer | TopicLine) else None
        if topic is None:
            return inline(self.outline.about, "$hushed")
        facts = [_facts(topic), *_needs(topic, self.outline, self.progress)]
        todo = [*_labs(topic, self.progress), *_incidents(topic, self.progress)]
        about = inline(topic.about)
        if self.size.height > LOW:
            noted = [Content.assemble(name, plain(f"  {note}", "$hushed")) for name, note in todo]
            return _lines([plain(topic.title, "bold"), about, *facts, *noted], "\n\n")
        return _lines([about, _lines(facts, "   "), _lines([name for name, _ in todo], "   ")], "\n")


def _lines(parts: list[Content], between: str) -> Content:
    return Content(between).join([part for part in parts if part])


def _facts(topic: Topic) -> Content:
    length = f"{topic.minutes} min" if topic.minutes else ""
    labs = count(len(topic.labs), "lab") if topic.labs else ""
    incidents = count(len(topic.incidents), "incident") if topic.incidents else ""
    return plain(" · ".join(fact for fact in (length, labs, incidents) if fact), "$hushed")


def _needs(topic: Topic, outline: Outline, progress: Progress) -> Iterator[Content]:
    titles = {other.id: other.title for other in outline.topics}
    finished = {id for id, lesson in progress.lessons.items() if lesson.finished}
    missing = [titles.get(id, id) for id in topic.needs if id not in finished]
    if missing:
        yield Content.assemble(signs.CAREFUL.content, plain(f" Better after: {', '.join(missing)}", "$hushed"))


def _labs(topic: Topic, progress: Progress) -> Iterator[tuple[Content, str]]:
    for lab, title in topic.labs.items():
        yield _named(title, done=is_passed(progress, lab)), lab_note(progress, lab)


def _incidents(topic: Topic, progress: Progress) -> Iterator[tuple[Content, str]]:
    for incident, title in topic.incidents.items():
        yield _named(title, done=is_survived(progress, incident)), incident_note(progress, incident)


def _named(title: str, *, done: bool) -> Content:
    return Content.assemble((signs.DONE if done else signs.LAB).content, " ", plain(title))
