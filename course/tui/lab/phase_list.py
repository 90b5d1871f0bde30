"""The phases of the deployment: over, interrupted, going on."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual

from course.tui.drawing.clock import clock
from course.tui.drawing.signs import DONE, HERE, WRONG, Sign
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import plain
from course.tui.lab.run.story import Happenings
from labs.film.film import Film

if TYPE_CHECKING:
    from engine.run import Phase


class PhaseList(Happenings):
    """Each phase with the time at which it began, in AWS's words."""

    HEADING = "Phases"

    def key(self, film: Film, t: float) -> Hashable:
        """A phase begins, or ends."""
        return sum(t >= phase.start for phase in film.run.phases), sum(t >= phase.end for phase in film.run.phases)

    def entries(self, film: Film, t: float) -> Sequence[Visual]:
        """A line for each phase that has begun."""
        return [_entry(film, phase, t) for phase in film.phases(t)]


def sign_of(film: Film, phase: Phase, t: float) -> Sign:
    """Return whether a phase is still going on, was interrupted by the rollback, or is done."""
    if t < phase.end:
        return HERE
    rollback = next((each for each in film.phases(t) if each.status == "RollingBack"), None)
    return WRONG if rollback is not None and phase.end == rollback.start else DONE


def _entry(film: Film, phase: Phase, t: float) -> Visual:
    sign = sign_of(film, phase, t)
    lead = Content.assemble(Content.styled(f"{clock(phase.start):>5} ", "$quiet"), sign.content, " ")
    took = "" if sign is HERE else f"  {clock(phase.end - phase.start)}"
    return Hanging(lead, Content.assemble(plain(phase.say), Content.styled(took, "$quiet")))
