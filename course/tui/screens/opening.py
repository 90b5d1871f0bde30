"""A screen for something that is read in the background, because reading it brings numpy along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Protocol, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import LoadingIndicator, Static

from course.errors import CourseError
from course.tui.drawing.words import plain
from course.tui.screens.base import CourseScreen

if TYPE_CHECKING:
    from course.ports import Study


class Titled(Protocol):
    """Something that has a title."""

    @property
    def title(self) -> str:
        """For the first line."""


Thing = TypeVar("Thing", bound=Titled)


class OpeningScreen(CourseScreen, Generic[Thing]):
    """There at once; what it is about follows, or a sentence that says why it does not."""

    KIND: ClassVar[Literal["lab", "incident"]]
    """What is opened, such as `lab`; also the id of its place."""
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-short"), (34, "-tall")]  # noqa: RUF012 - Textual's own type

    @dataclass
    class Read(Message):
        """It has been read."""

        thing: Any

    @dataclass
    class Missing(Message):
        """There is no such thing, or its files are wrong."""

        say: str

    def __init__(self, study: Study, subject: str) -> None:
        super().__init__(study, study.catalog.outline.title_of(self.KIND, subject))
        self.subject = subject

    def known(self) -> tuple[str, ...]:
        """Return the ids of all that can be opened."""
        raise NotImplementedError

    def read(self) -> Thing:
        """Read it, in a worker; a course error if its files are wrong."""
        raise NotImplementedError

    async def opened(self, thing: Thing) -> None:
        """Show it."""
        raise NotImplementedError

    def look_back(self) -> None:
        """See how it went so far, and say so in the first line."""
        raise NotImplementedError

    def compose_body(self) -> ComposeResult:
        """A place for it."""
        with Vertical(id=self.KIND):
            yield LoadingIndicator()

    def on_mount(self) -> None:
        """Begin to read."""
        self.look_back()
        self._open()

    @work(thread=True, exclusive=True, group="open")
    def _open(self) -> None:
        if self.subject not in self.known():
            self.post_message(self.Missing(f"There is no {self.KIND} {self.subject} in this course."))
            return
        try:
            self.post_message(self.Read(self.read()))
        except CourseError as error:
            self.post_message(self.Missing(str(error)))

    @on(Missing)
    async def _missing(self, event: Missing) -> None:
        event.stop()
        await self.show(Static(plain(event.say), classes="note"))

    @on(Read)
    async def _read(self, event: Read) -> None:
        event.stop()
        self.title_bar.heading = event.thing.title
        await self.opened(event.thing)

    async def show(self, view: Widget) -> None:
        """Put a view in the place of the last one."""
        place = self.query_one(f"#{self.KIND}", Vertical)
        await place.remove_children()
        await place.mount(view)
        self.refresh_bindings()
