"""Work in the background that breaks off, be it by a mistake of the program, is said; the screen goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual.worker import WorkerState

from course.tui.drawing.words import inert

if TYPE_CHECKING:
    from textual.widget import Widget as Base
    from textual.worker import Worker
else:
    Base = object
    """As a widget of its own it would take bindings and focus from whatever it is mixed into."""

SOMETHING = "What went on in the background"
LONG_S = 15.0
"""Such a sentence takes longer to read than the usual notice stands."""
DIED = "a process that did a part of it was ended by the system, most likely for want of memory; close other programs"
AGAIN = "Nothing that was kept is lost: try it once more. If that does not help, please report this sentence."


def broken_off(what: str, error: BaseException | None) -> str:
    """Return a sentence with the reason, and what to do."""
    from concurrent.futures.process import BrokenProcessPool  # takes a while, and is seldom needed

    said = " ".join(str(error).split())
    why = DIED if isinstance(error, BrokenProcessPool) else f"{type(error).__name__}{f': {said}' if said else ''}"
    return inert(f"{what} broke off ({why}). {AGAIN}")


class GoesOn(Base):
    """To be mixed into a node whose workers are started with `exit_on_error=False`."""

    WORK: ClassVar[Mapping[str, str]] = {}
    """What each group of workers does, such as `The run`."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that something broke off."""
        if event.state is WorkerState.ERROR:
            what = self.WORK.get(event.worker.group, SOMETHING)
            self.broke_off(event.worker, broken_off(what, event.worker.error))

    def broke_off(self, worker: Worker[Any], say: str) -> None:
        """Tell the learner; whoever waits for a result, or shows progress, has more to do."""
        self.notify(say, severity="error", timeout=LONG_S, markup=False)
