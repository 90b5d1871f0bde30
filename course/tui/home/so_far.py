"""How far the learner is, folded further as events come in: a long history is gone through only once per screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.history import Progress, continued

if TYPE_CHECKING:
    from course.history import Event


class SoFar:
    """Remembers what it has folded already."""

    def __init__(self) -> None:
        self._folded: tuple[Event, ...] = ()
        self._progress = Progress()

    def after(self, events: tuple[Event, ...]) -> Progress:
        """Return the progress after all these events; a history that was changed in between is folded anew."""
        known = len(self._folded)
        if events[:known] != self._folded:
            known, self._progress = 0, Progress()
        self._progress = continued(self._progress, events[known:])
        self._folded = events
        return self._progress
