"""What happened, in the words of AWS."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.visual import Visual

from course.tui.drawing.clock import clock
from course.tui.drawing.visuals import Hanging
from course.tui.drawing.words import plain
from course.tui.lab.run.story import Happenings
from labs.film.film import Film

LOUD = {"ALARM": "$error", "RollingBack": "$error", "InService": "$accent"}
"""Events that stand out, by their word."""


class EventLog(Happenings):
    """The events, oldest first."""

    HEADING = "Log"

    def entries(self, film: Film, t: float) -> Sequence[Visual]:
        """A paragraph for each event so far."""
        return [
            Hanging(Content.styled(f"{clock(event.t):>5}  ", "$quiet"), plain(event.say, LOUD.get(event.what, "")))
            for event in film.events(t)
        ]
