"""A command on an exact clock: for it and all that it starts, time stands still except when it sleeps."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import TYPE_CHECKING, Any

from course.errors import CourseError, one_line
from course.serving.clocks import Clock, Standing
from course.serving.server import serving
from course.serving.session import Session
from course.serving.surroundings import surroundings
from course.serving.told import Tell

if TYPE_CHECKING:
    from engine.aws.gateway.gateway import Gateway

LONGEST_AFTER_S = 86_400.0
"""How long it is waited at most, in the run, until an endpoint is busy with nothing."""


class NoSuchCommand(CourseError):
    """The command cannot be started."""


def no_such_command(command: Sequence[str], why: str = "No such file or directory") -> NoSuchCommand:
    """Return the error for a command that cannot be started."""
    program = one_line(command[0]) or "a program without a name"
    return NoSuchCommand(f"{program} cannot be started ({why}); name a program, then its words")


@dataclass(frozen=True, slots=True)
class Played:
    """What became of a command."""

    code: int
    """As shells have it: 128 and the signal's number for what was ended by one."""
    in_time: bool
    ended_s: float
    """Seconds of the run when the command had ended."""


def play(
    gateway: Gateway,
    command: Sequence[str],
    environ: Mapping[str, str] | None = None,
    *,
    clock: Clock | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    at_most_s: float | None = None,
    then_for_s: float = 0.0,
    tell: Tell = lambda told: None,
    ready: Callable[[str], None] = lambda url: None,
    **streams: Any,  # noqa: ANN401 - as subprocess takes them
) -> Played:
    """Run a command that talks to the gateway, and let time go on until the endpoint is busy with nothing, then longer.

    Another clock than one that stands still is for programs that sleep as they always do; those see the wall's time.
    `at_most_s` are seconds of the wall, after which the command is ended. `ready` is told the address before the
    command starts. `streams` are `stdin`, `stdout`, `stderr` and `cwd` of subprocess. NoSuchCommand, PortTaken.
    """
    from engine.requests.arns import REGION

    account, before = gateway.account, os.environ if environ is None else environ
    epoch_s = account.now.timestamp() - account.live.now
    with surroundings(epoch_s, before.get("PATH")) as around:
        session = Session(gateway, clock or Standing(), tell=tell, moved=around.show)
        with serving(session, host, port, tell=tell) as url:
            ready(url)
            environment = around.environment(url, REGION, before, stands=clock is None)
            code, in_time = _run(command, environment, at_most_s, streams, session.give_up)
            session.give_up()  # it may have been ended in its sleep
            ended_s = session.moment().t
            _go_on(session, then_for_s)
    return Played(code, in_time, ended_s)


def _run(
    command: Sequence[str],
    environment: Mapping[str, str],
    at_most_s: float | None,
    streams: Mapping[str, Any],
    interrupted: Callable[[], None],
) -> tuple[int, bool]:
    """Return the exit code of a command, and whether it ended by itself. `interrupted` is called at a Ctrl-C."""
    try:
        child = subprocess.Popen(command, env=environment, start_new_session=at_most_s is not None, **streams)
    except (OSError, ValueError) as error:
        raise no_such_command(command, getattr(error, "strerror", None) or str(error)) from None
    late: list[bool] = []

    def too_late() -> None:
        late.append(True)
        _kill(child)

    timer = None if at_most_s is None else Timer(at_most_s, too_late)
    if timer is not None:
        timer.start()
    try:
        code = _ended(child, interrupted, own_session=at_most_s is not None)
    finally:
        if timer is not None:
            timer.cancel()
    return (128 - code if code < 0 else code), not late


def _ended(child: subprocess.Popen[bytes], interrupted: Callable[[], None], *, own_session: bool) -> int:
    """Return how a command ended. A thread waits for it: where a Ctrl-C comes between the end and its being noted, the
    code would be lost.
    """
    with ThreadPoolExecutor(1) as pool:
        code = pool.submit(child.wait)
        try:
            return code.result()
        except (KeyboardInterrupt, SystemExit) as stop:
            if own_session:  # which no Ctrl-C reaches
                _kill(child)
                raise
            if isinstance(stop, SystemExit):
                child.kill()
                raise
            interrupted()
            return _interrupted(child, code)


def _interrupted(child: subprocess.Popen[bytes], code: Future[int]) -> int:
    """Return how a command ended that the same Ctrl-C has reached; one that stays is asked to end, and then killed."""
    for ask in (child.terminate, child.kill):
        try:
            return code.result(timeout=2)
        except (TimeoutError, KeyboardInterrupt):
            ask()
    return code.result()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End a command and what it started."""
    if os.name == "posix":
        import signal

        with suppress(ProcessLookupError):  # it has just ended by itself
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()


def _go_on(session: Session, then_for_s: float) -> None:
    """Let time go on after a command; Ctrl-C ends that between two pieces of it, and what has happened has happened."""
    with ThreadPoolExecutor(1) as pool:
        going_on = pool.submit(_until_idle, session, then_for_s)
        try:
            going_on.result()
        except KeyboardInterrupt:
            session.end()
            going_on.result()
        except SystemExit:
            session.end()
            raise


def _until_idle(session: Session, then_for_s: float) -> None:
    moment = session.moment()
    last_s = moment.t + LONGEST_AFTER_S
    while moment.busy and not moment.over and moment.t < last_s:
        moment = session.advance(60.0)
    session.go_to(min(moment.t + then_for_s, moment.ends_s), waking=True)
