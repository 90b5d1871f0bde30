"""What all screens have: a title, a warning if history cannot be saved, a body, and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from course.counting import current
from course.folds.progress import PROGRESS
from course.history import Event, EventKind
from course.progress import Progress
from course.tui.commands import BACK, bindings
from course.tui.drawing import signs
from course.tui.drawing.words import plain
from course.tui.marking.line import NoteLine
from course.tui.places import PlaceChosen
from course.tui.widgets.confirm import Confirm
from course.tui.widgets.key_bar import KeyBar
from course.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from course.ports import Study
    from course.tui.widgets.question.report_wanted import ReportWanted

EVERY_S = 0.5
"""How often a screen looks whether all is saved; what takes less time than that is hardly seen."""
HEIGHTS = [(0, "-flat"), (20, "-short"), (34, "-tall")]
"""The vertical breakpoints of screens with charts."""


@runtime_checkable
class Framing(Protocol):
    """An app that shows something of its own on every screen."""

    def frame(self) -> Iterable[Widget]:
        """Return it, to be put over the keys."""


class CourseScreen(Screen[None]):
    """A screen about the study. Subclasses yield their parts from `compose_body`."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own type
        (0, "-narrow"),
        (90, "-medium"),
        (120, "-wide"),
    ]

    without: ClassVar[frozenset[str]] = frozenset()
    """Actions of the app that make no sense here."""

    warning: var[str | None] = var(None, init=False)
    """What is shown of trouble."""

    def __init__(self, study: Study, heading: str, status: str = "") -> None:
        super().__init__()
        self.study = study
        self.title_bar = TitleBar(heading, status)
        self._looking: Timer | None = None
        self.warning_line = Static(id="warning")
        self.warning_line.display = False
        self.note_line = NoteLine(study, self.title_bar)

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        self._take_room()
        yield self.title_bar
        yield self.warning_line
        yield self.note_line
        yield from self.compose_body()
        if isinstance(self.app, Framing):
            yield from self.app.frame()
        yield KeyBar()

    def _take_room(self) -> None:
        """Take the class of the window's width; Textual would take it once all is painted, and paint all again."""
        *_, name = (name for least, name in self.HORIZONTAL_BREAKPOINTS if least <= self.app.size.width)
        self.add_class(name, update=False)

    def compose_body(self) -> ComposeResult:
        """What stands between the title and the keys."""
        yield from ()

    def on_screen_resume(self) -> None:
        """Look again whether all is well, now and from time to time: what is recorded is saved in the background."""
        self.look_again()
        if self._looking is None:
            self._looking = self.set_interval(EVERY_S, self.look_again)
        self._looking.resume()

    def on_screen_suspend(self) -> None:
        """Let whoever covers this screen look."""
        if self._looking is not None:
            self._looking.pause()

    def look_again(self) -> None:
        """Show how the journal is doing."""
        self.warning = self.trouble
        self.title_bar.keeping = self.study.journal.keeping

    @property
    def trouble(self) -> str | None:
        """What the learner must know on this screen, None if all is well."""
        return self.study.journal.warning

    def watch_warning(self, warning: str | None) -> None:
        """Show the warning, or nothing."""
        self.warning_line.display = bool(warning)
        lines = [Content.assemble(signs.CAREFUL.content, " ", plain(line)) for line in (warning or "").splitlines()]
        self.warning_line.update(Content("\n").join(lines))

    def record(self, kind: EventKind, subject: str, data: Mapping[str, Any] | None = None) -> None:
        """Write down what the learner did, and tell if that is known not to be possible."""
        self.study.journal.record(Event(self.study.now(), kind, subject, data or {}))
        self.warning = self.trouble

    def about(self, place: str) -> None:
        """Say what is on the screen, by its name among bookmarks and notes; empty for what can be neither."""
        self.note_line.spot = place
        self.refresh_bindings()

    def action_mark(self) -> None:
        """Put a bookmark here, or take it away."""
        self.note_line.mark()

    def action_note(self) -> None:
        """Write a note about this."""
        self.note_line.edit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what has a name can be marked."""
        return bool(self.note_line.spot) if action in ("mark", "note") else True

    def progress(self) -> Progress:
        """Return how far the learner is now, in the course as it is now."""
        return current(self.study.journal.folded(PROGRESS), self.study.catalog.outline)

    @property
    def costs_to_leave(self) -> Confirm | None:
        """Return what to ask before the program is left from here; None if nothing is lost by it."""
        return None

    def on_place_chosen(self, event: PlaceChosen) -> None:
        """Tell from where: whoever types fast asks again while the way is being gone."""
        event.asked_on = self

    def on_report_wanted(self, event: ReportWanted) -> None:
        """Let the learner say what is wrong with a question."""
        from course.tui.reporting import ask  # no screen needs it before

        event.stop()
        ask(self.app, self.study, event)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave this screen, unless another one lies over it: Textual would take that one away."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def action_back(self) -> None:
        """Leave this screen."""
        self.dismiss()
