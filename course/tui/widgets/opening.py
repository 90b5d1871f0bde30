"""A place for something that is read in the background, because reading it brings numpy along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import LoadingIndicator, Static
from textual.worker import Worker

from course.errors import CourseError
from course.tui.drawing.words import plain
from course.tui.widgets.goes_on import GoesOn


class Opening(GoesOn, Vertical):
    """There at once; what it is about follows, or a sentence that says why it does not."""

    WORK: ClassVar[Mapping[str, str]] = {"open": "Reading it"}

    @dataclass
    class Read(Message):
        """It has been read."""

        thing: Any

    @dataclass
    class Missing(Message):
        """There is no such thing, or its files are wrong."""

        say: str

    def __init__(
        self, kind: str, subject: str, known: Callable[[], tuple[str, ...]], read: Callable[[str], Any]
    ) -> None:
        """Take the kind of what is opened, such as `lab`, and its id; `known` and `read` are called in a worker."""
        super().__init__(id=kind)
        self._kind, self._subject = kind, subject
        self._known, self._read = known, read

    def compose(self) -> ComposeResult:
        """Something that moves."""
        yield LoadingIndicator()

    def on_mount(self) -> None:
        """Begin to read."""
        self._open()

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _open(self) -> None:
        if self._subject not in self._known():
            self.post_message(self.Missing(f"There is no {self._kind} {self._subject} in this course."))
            return
        try:
            self.post_message(self.Read(self._read(self._subject)))
        except CourseError as error:
            self.post_message(self.Missing(str(error)))

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Say so in its place."""
        self.post_message(self.Missing(say))

    @on(Missing)
    async def _missing(self, event: Missing) -> None:
        event.stop()
        await self.show(Static(plain(event.say), classes="note"))

    async def show(self, view: Widget) -> None:
        """Put a view in the place of the last one."""
        await self.remove_children()
        await self.mount(view)
        self.refresh_bindings()
