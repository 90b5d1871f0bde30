"""A script that is rehearsed on many runs: what it sends in each is a plan of its own, since it may look and react."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import parent_process
from shutil import which
from signal import SIGTERM, signal
from threading import Thread
from typing import TYPE_CHECKING

from course.characters import inert
from course.serving.plan import TakenDown, taken_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.aws.gateway.account import Account
    from engine.world import World
    from labs.grading.per_run import PerRun
    from labs.lab import Lab
    from labs.processes import OnLoss

LAST_BYTES = 2_000
"""Of what a script writes; the rest is counted and forgotten."""
MUCH_BYTES = 1_000_000
"""Beyond this it is told how much it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What a script did in one run."""

    sent: TakenDown
    code: int = 0
    """As shells have it."""
    in_time: bool = True
    wrote: int = 0
    """Bytes on stdout and stderr."""
    last: str = ""
    """The last line of them."""
    lost: tuple[str, ...] = ()
    """Operations that no plan holds, if they have made the run another than its plan gives."""


Rehearse = Callable[["World", int], Rehearsed]
"""Plays one run of a world, by its seed."""
OnProgress = Callable[[int, int], None]


def rehearsing(command: Sequence[str], at_most_s: float) -> Rehearse:
    """Return what runs a command on an exact clock; it has the rights of whoever runs this program. NoSuchCommand."""
    from course.serving.exact import no_such_command

    if which(command[0]) is None:  # once, and not in each of many processes
        raise no_such_command(command)
    return partial(_rehearse, tuple(command), at_most_s)


def _rehearse(command: Sequence[str], at_most_s: float, world: World, seed: int) -> Rehearsed:
    from subprocess import DEVNULL

    from course.serving.exact import play
    from course.serving.session import begun

    gateway = begun(world, seed)
    with _heard() as (heard, descriptor):
        played = play(gateway, command, at_most_s=at_most_s, stdin=DEVNULL, stdout=descriptor, stderr=descriptor)
    sent = taken_down(gateway.account)
    lost = _lost(gateway.account, sent)
    found = Rehearsed(sent=sent, code=played.code, in_time=played.in_time, lost=lost)
    gateway.account.live.let_go()
    return replace(found, wrote=heard.count, last=heard.last)


def _lost(account: Account, sent: TakenDown) -> tuple[str, ...]:
    """Return what has made the run another than its plan gives, which is only tried where something is not in it."""
    from course.serving.apart import beyond_plans, lost_in
    from engine.simulate import simulate

    if not beyond_plans(account):
        return ()
    live = account.live
    return lost_in(account, simulate(live.world, sent.plan, live.arrivals.seed, series=False, keep_requests=False))


@dataclass(slots=True)
class _Heard:
    """What a script wrote, of which only the end is kept."""

    count: int = 0
    end: bytes = b""

    def take(self, piece: bytes) -> None:
        self.count += len(piece)
        self.end = (self.end + piece)[-LAST_BYTES:]

    @property
    def last(self) -> str:
        lines = self.end.decode("utf-8", errors="replace").split("\n")
        return inert(next((line.strip() for line in reversed(lines) if line.strip()), ""))


@contextmanager
def _heard() -> Iterator[tuple[_Heard, int]]:
    """Give a descriptor to write to, whose reader never falls behind; what is left running by a script is not waited
    for."""
    reader, writer = os.pipe()
    heard = _Heard()

    def read() -> None:
        with os.fdopen(reader, "rb", buffering=0) as pipe:
            while piece := pipe.read(1 << 16):
                heard.take(piece)

    thread = Thread(target=read, daemon=True)
    thread.start()
    try:
        yield heard, writer
    finally:
        os.close(writer)
        thread.join(1.0)


@dataclass(frozen=True, slots=True)
class Rehearsals:
    """What a script did in all runs of a grade, by release and seed."""

    runs: dict[tuple[str, int], Rehearsed] = field(default_factory=dict)

    @property
    def first(self) -> Rehearsed:
        """The run of the first release with the first seed."""
        return next(iter(self.runs.values()))

    @property
    def plans(self) -> PerRun:
        """What was sent, to be graded."""
        from labs.grading.per_run import PerRun

        return PerRun({run: each.sent.plan for run, each in self.runs.items()})

    @property
    def sent_nothing(self) -> bool:
        """Was there no request in any run that would change something?"""
        return not any(each.sent.plan.steps for each in self.runs.values())

    @property
    def went_apart(self) -> str:
        """A sentence, if a grade of the plans would be that of other runs than the script's; else nothing."""
        apart = [each.lost for each in self.runs.values() if each.lost]
        if not apart:
            return ""
        names = ", ".join(dict.fromkeys(name for lost in apart for name in lost))
        return f"In {len(apart)} of {len(self.runs)} runs the endpoint did what no plan gives, because of {names}."

    def told(self) -> Iterator[str]:
        """Yield what there is to say of them, in sentences."""
        all_runs = len(self.runs)
        late = [each for each in self.runs.values() if not each.in_time]
        if late:
            yield f"In {len(late)} of {all_runs} runs the script was ended because it took too long{_last(late[0])}."
        failed = [each for each in self.runs.values() if each.in_time and each.code]
        if failed:
            yield (
                f"In {len(failed)} of {all_runs} runs the script ended with an error, at first with exit code "
                f"{failed[0].code}{_last(failed[0])}; what it had sent by then counts."
            )
        idle = sum(not each.sent.plan.steps for each in self.runs.values())
        if idle:
            yield f"In {idle} of {all_runs} runs the script sent nothing that changes anything."
        most = max(each.wrote for each in self.runs.values())
        if most > MUCH_BYTES:
            yield f"The script wrote up to {most / 1e6:,.0f} MB in a run; only the last line of it is kept."
        warned = [each.sent.warnings[0] for each in self.runs.values() if each.sent.warnings]
        if warned:
            yield f"In {len(warned)} of {all_runs} runs not all is in the plan, such as: {warned[0]}"


def _last(run: Rehearsed) -> str:
    return f" (its last words: {run.last[:200]!r})" if run.last else ""


def rehearse_all(
    lab: Lab,
    rehearse: Rehearse,
    seeds: Sequence[int],
    *,
    workers: int = 1,
    on_progress: OnProgress | None = None,
    on_loss: OnLoss | None = None,
) -> Rehearsals:
    """Rehearse every release with every seed."""
    from labs.processes import spread

    wanted = [(release.id, seed) for release in lab.releases for seed in seeds]
    found: dict[tuple[str, int], Rehearsed] = {}
    for run, rehearsed in spread(_one, [(lab, rehearse, *each) for each in wanted], workers, on_loss):
        found[run] = rehearsed
        if on_progress is not None:
            on_progress(len(found), len(wanted))
    return Rehearsals({run: found[run] for run in wanted})


def _one(lab: Lab, rehearse: Rehearse, release: str, seed: int) -> tuple[tuple[str, int], Rehearsed]:
    if parent_process() is not None:
        signal(SIGTERM, _unwind)  # so that a script ends with the worker that runs it
    try:
        return (release, seed), rehearse(lab.world_with(lab.release(release)), seed)
    except Unwound as end:
        os._exit(end.code)  # a worker takes any exception for a result, and begins with the next run


class Unwound(SystemExit):
    """This process is asked to end."""

    code: int


def _unwind(number: int, frame: object) -> None:
    raise Unwound(128 + number)
