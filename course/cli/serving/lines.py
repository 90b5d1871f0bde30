"""What a server prints while it runs: by a thread of its own, so that no client waits for a terminal."""

from __future__ import annotations

import json
import select
import shlex
import sys
from queue import Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from course.cli.present import clock, is_plain, plain
from course.cli.runs import standing
from course.errors import one_line
from course.serving.apart import beyond_plans

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

    from course.serving.exact import Played
    from course.serving.told import Told
    from engine.aws.gateway.account import Account

WAITING = 10_000
"""Lines that wait to be printed at most; what comes while nobody reads is counted."""


class Printer:
    """Prints what it is told, in order."""

    def __init__(self, *, as_json: bool, beside_a_command: bool) -> None:
        """Beside a command all goes to stderr: stdout is the command's."""
        self._out = sys.stderr if beside_a_command else sys.stdout
        self._as_json, self._beside_a_command = as_json, beside_a_command
        self._queue: Queue[Told | str | dict[str, Any] | None] = Queue(WAITING)
        self._lost = 0
        self._thread = Thread(target=self._print_all, daemon=True)
        self.over = Event()
        """Nobody reads any more."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *why: object) -> None:
        self._queue.put(None)
        self._thread.join()

    def tell(self, told: Told) -> None:
        """Have it printed."""
        try:
            self._queue.put_nowait(told)
        except Full:
            self._lost += 1

    def ready(self, url: str, account: Account, *, how: str) -> None:
        """Print that clients may come, and what they need."""
        from course.serving.surroundings import to_paste
        from engine.requests.arns import REGION

        paste = to_paste(url, REGION)
        if self._as_json:
            data = {"kind": "ready", "url": url, "t": account.live.now, "time": account.now.isoformat()}
            self._queue.put(data | {"environment": dict(paste)})
            return
        self._queue.put(f"Ready at {url}; it is {account.now.isoformat()} there. {how}")
        if not self._beside_a_command:  # which has them already
            self._queue.put("export " + " ".join(f"{name}={shlex.quote(value)}" for name, value in paste.items()))

    def ended(
        self, account: Account, played: Played | None = None, *, plan: Path | None = None, grade: str | None = None
    ) -> None:
        """Print what has come of it, where what was sent is kept, and which command grades it; `{plan}` is the file."""
        run = account.live.result()
        sent = len(account.sent)
        if self._as_json:
            code = {} if played is None else {"code": played.code}
            data = {"kind": "ended", "t": run.ended_s, "outcome": run.outcome, "endpoint": run.endpoint, "sent": sent}
            data |= {"others": {name: other.endpoint for name, other in run.others.items()}}
            self._queue.put(data | {"plan": None if plan is None else str(plan)} | code)
            return
        command = "" if played is None else f"The command ended with exit code {played.code}. "
        changes = "1 request to change something" if sent == 1 else f"{sent} requests to change something"
        goes_on = run.update_started_s is not None and run.update_ended_s is None
        outcome = "the update was still going on" if goes_on else run.outcome
        others = "".join(f"; {name}: {standing(other.endpoint)}" for name, other in run.others.items())
        self._queue.put(
            f"{command}After {clock(run.ended_s)} of simulated time: {outcome}, {standing(run.endpoint)}{others}; "
            f"{changes} came in."
        )
        if plan is not None:
            graded = f"; {grade.format(plan=shlex.quote(str(plan)))} grades it" if grade else ""
            self._queue.put(f"What was sent is a plan: {one_line(plan)}{graded}.")
            if beyond := beyond_plans(account):
                held = f"It is without {', '.join(beyond)}, which no plan holds"
                self._queue.put(f"{held}: what it gives, and its grade, need not be what happened here.")

    def is_read(self) -> bool:
        """Has nobody hung up? A pipe says so before anything is written to it."""
        if not hasattr(select, "poll"):
            return True
        poll = select.poll()
        try:
            poll.register(self._out.fileno(), 0)
        except (OSError, ValueError):  # it is no file
            return True
        return not any(event & select.POLLERR for _, event in poll.poll(0))

    def _print_all(self) -> None:
        while (told := self._queue.get()) is not None:
            if not self.over.is_set():
                try:
                    self._print(told)
                except (OSError, ValueError):  # whoever read it is gone
                    self.over.set()

    def _print(self, told: Told | str | dict[str, Any]) -> None:
        lost, self._lost = self._lost, 0
        if lost:
            self._line({"kind": "left-out", "lines": lost} if self._as_json else f"({lost} lines were left out)")
        self._line(told)

    def _line(self, told: Told | str | dict[str, Any]) -> None:
        if self._as_json:
            print(json.dumps(plain(_data(told)), allow_nan=False), file=self._out, flush=True)
        else:
            print(told if isinstance(told, str) else _words(told), file=self._out, flush=True)


def _data(told: Told | str | dict[str, Any]) -> object:
    from course.serving.told import as_data

    return told if isinstance(told, str | dict) else as_data(told)


def _words(told: Told | dict[str, Any]) -> str:
    """Return something that happened as a line."""
    from course.serving.told import Asked, Happened, Trouble

    match told:
        case Happened(event):
            return f"{clock(event.t):>7}  {event.what:20} {event.say}"
        case Asked(t, operation, status):
            return f"{clock(t):>7}  {'request' if is_plain() else '>'} {one_line(operation)} {status}"
        case Trouble(say):
            return say
        case _:
            return str(told)
