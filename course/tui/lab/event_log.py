"""What happened, in the words of AWS."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.visual import Visual

from course.tui.lab.clock import clock
from course.tui.lab.film import Film
from course.tui.lab.happenings import Happenings
from course.tui.visuals import Hanging
from course.tui.words import plain

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
