"""A command on an exact clock: for it and all that it starts, time stands still except when it sleeps."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
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
            code, in_time = _run(
                command, around.environment(url, REGION, before, stands=clock is None), at_most_s, streams
            )
            ended_s = session.moment().t
            _until_idle(session)
            if then_for_s:
                session.advance(then_for_s)
    return Played(code, in_time, ended_s)


def _run(
    command: Sequence[str], environment: Mapping[str, str], at_most_s: float | None, streams: Mapping[str, Any]
) -> tuple[int, bool]:
    """Return the exit code of a command, and whether it ended by itself."""
    try:
        child = subprocess.Popen(command, env=environment, start_new_session=at_most_s is not None, **streams)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NoSuchCommand(
            f"{one_line(command[0])} cannot be started ({why}); name a program, then its words"
        ) from None
    late: list[bool] = []

    def too_late() -> None:
        late.append(True)
        _kill(child)

    timer = None if at_most_s is None else Timer(at_most_s, too_late)
    if timer is not None:
        timer.start()
    try:
        code = child.wait()
    except (KeyboardInterrupt, SystemExit) as stop:
        if at_most_s is not None:  # in a session of its own, which no Ctrl-C reaches
            _kill(child)
        if at_most_s is not None or isinstance(stop, SystemExit):
            raise
        code = _interrupted(child)
    finally:
        if timer is not None:
            timer.cancel()
    return (128 - code if code < 0 else code), not late


def _interrupted(child: subprocess.Popen[bytes]) -> int:
    """Return how a command ended that the same Ctrl-C has reached; one that stays is killed."""
    try:
        return child.wait(timeout=5)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        child.kill()
        return child.wait()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End a command and what it started."""
    if os.name == "posix":
        import signal

        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()


def _until_idle(session: Session) -> None:
    moment = session.moment()
    last_s = moment.t + LONGEST_AFTER_S
    while moment.busy and not moment.over and moment.t < last_s:
        moment = session.advance(60.0)
