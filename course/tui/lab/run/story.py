"""What has happened by now, told in lists that grow as the run is played: the phases and the log, in AWS's words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widgets import Static

from course.tui.drawing.clock import clock
from course.tui.drawing.signs import DONE, HERE, WRONG, Sign
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import plain
from labs.film.film import Film

if TYPE_CHECKING:
    from engine.run import Phase

LOUD = {"ALARM": Sign("!", "$error"), "RollingBack": Sign("✗", "$error"), "InService": Sign("●", "$accent")}
"""Events that stand out, by their word."""
QUIET = Sign(" ", "")


class GrowingList(Vertical):
    """A heading over entries, the newest in sight; subclasses say which entries there are at `t`."""

    HEADING = ""

    film: reactive[Film | None] = reactive(None)
    t: reactive[float] = reactive(0.0, repaint=False)

    _shown: Hashable = None

    def compose(self) -> ComposeResult:
        """All entries in one piece of text, which scrolls."""
        yield Static(Content.styled(self.HEADING, "bold"), classes="heading")
        with VerticalScroll():
            yield Static(classes="entries")

    def entries(self, film: Film, t: float) -> Sequence[Visual]:
        """Return what has happened by `t`."""
        raise NotImplementedError

    def key(self, film: Film, t: float) -> Hashable:
        """Return something that changes when the entries do, in the same run and from one to another."""
        raise NotImplementedError

    def watch_film(self) -> None:
        """Tell another run, or the same one that has gone on; who has scrolled back stays where nothing is new."""
        self._show()

    def watch_t(self) -> None:
        """Add what has happened, take back what has not happened yet."""
        self._show()

    def _show(self) -> None:
        if self.film is None or not self.is_mounted:
            return
        key = self.key(self.film, self.t)
        if key == self._shown:
            return
        self._shown = key
        self.query_one(".entries", Static).update(Stack(*self.entries(self.film, self.t)))
        self._to_newest()

    def look(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def on_show(self) -> None:
        """While hidden there was nothing to scroll."""
        self._to_newest()

    def _to_newest(self) -> None:
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)


class PhaseList(GrowingList):
    """Each phase with the time at which it began, in AWS's words."""

    HEADING = "Phases"

    def key(self, film: Film, t: float) -> Hashable:
        """A phase begins, or ends."""
        return tuple((phase.start, phase.say, _ended_s(film, phase, t)) for phase in film.phases(t))

    def entries(self, film: Film, t: float) -> Sequence[Visual]:
        """A line for each phase that has begun."""
        return [_entry(film, phase, t) for phase in film.phases(t)]


def sign_of(film: Film, phase: Phase, t: float) -> Sign:
    """Return whether a phase is still going on, was interrupted by the rollback, or is done."""
    if _ended_s(film, phase, t) is None:
        return HERE
    rollback = next((each for each in film.phases(t) if each.status == "RollingBack"), None)
    return WRONG if rollback is not None and phase.end == rollback.start else DONE


def _ended_s(film: Film, phase: Phase, t: float) -> float | None:
    ended_s = film.ended_s(phase)
    return None if ended_s is None or t < ended_s else ended_s


def _entry(film: Film, phase: Phase, t: float) -> Visual:
    sign = sign_of(film, phase, t)
    lead = Content.assemble(Content.styled(f"{clock(phase.start):>5} ", "$quiet"), sign.content, " ")
    took = "" if sign is HERE else f"  {clock(phase.end - phase.start)}"
    return Hanging(lead, Content.assemble(plain(phase.say), Content.styled(took, "$quiet")))


class EventLog(GrowingList):
    """The events, oldest first."""

    HEADING = "Log"

    def key(self, film: Film, t: float) -> Hashable:
        """An event happens."""
        return tuple((event.t, event.what, event.say) for event in film.events(t))

    def entries(self, film: Film, t: float) -> Sequence[Visual]:
        """A paragraph for each event so far."""
        return log(film, t)


def log(film: Film, t: float) -> list[Visual]:
    """Return a paragraph for each event until `t`."""
    return [
        Hanging(
            Content.assemble(Content.styled(f"{clock(event.t):>5} ", "$quiet"), sign.content, " "),
            plain(event.say, sign.style),
        )
        for event in film.events(t)
        for sign in [LOUD.get(event.what, QUIET)]
    ]
