"""`mlcourse serve`: a world behind an address, for real AWS clients; with `-- COMMAND`, for one command."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from course import wiring
from course.cli.arguments import SEED, Commands, Parser, command, whole
from course.cli.errors import UsageError
from course.cli.new_files import must_be_new, write_new
from course.cli.present import complain
from course.cli.serving.lines import Printer
from course.cli.signals import ALL, Ended, asked_to_end, end
from course.cli.surroundings import places
from course.errors import one_line

if TYPE_CHECKING:
    from course.serving.clocks import Clock
    from engine.aws.gateway.account import Account
    from engine.aws.gateway.gateway import Gateway
    from engine.plan import Step
    from engine.world import World

PORT = 4566
"""The one that clients of AWS's emulators are used to."""
FASTEST = 120
"""As in `course.serving.clocks`, which need not be loaded to read words."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "serve", "let real AWS clients talk to a simulated endpoint", run)
    parser.usage = "mlcourse serve [WORLD.yaml | --lab ID | --incident ID] [options] [-- COMMAND ...]"
    parser.epilog = (
        "With -- COMMAND the command runs with everything that it needs in its environment, and time stands still "
        "except when it sleeps. Its exit code is handed on."
    )
    parser.add_argument("world", metavar="WORLD.yaml", nargs="?", help="endpoint, configurations, models and traffic")
    parser.add_argument("--lab", metavar="ID", help="the world of a lab in place of a file")
    parser.add_argument("--incident", metavar="ID", help="that of an incident, in which a colleague has sent an update")
    parser.add_argument("--release", help="which of its hidden releases, by number from 1 (default 1)")
    parser.add_argument("--seed", type=SEED, default=0, help="the traffic's seed (default 0)")
    parser.add_argument("--port", type=whole(0, 65535), help=f"default {PORT}; 0: any that is free, as for a command")
    parser.add_argument(
        "--host", type=host, default="127.0.0.1", help="where to listen (default 127.0.0.1: this machine alone)"
    )
    parser.add_argument(
        "--plan",
        metavar="FILE",
        type=Path,
        help="where to write what was sent, as a plan; without it: a new file in the reports folder",
    )
    clock = parser.add_mutually_exclusive_group()
    clock.add_argument(
        "--speed", type=whole(1, FASTEST), metavar="N", help=f"simulated seconds per second, 1 to {FASTEST} (default 1)"
    )
    clock.add_argument("--by-hand", action="store_true", help="time stands still until mlcourse clock moves it")
    parser.add_argument("--then-for", metavar="TIME", help="after the command, let so much time pass: 10m")
    assert isinstance(parser, Parser)  # it is what the group makes
    parser.apart = _command_apart


def host(text: str) -> str:
    """Read the name or the address of a host, which URLs have in brackets; ArgumentTypeError for none."""
    if not text.strip("[]"):
        raise argparse.ArgumentTypeError("must be a name or an address, such as 127.0.0.1")
    return text.strip("[]")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C, or as long as the command runs."""
    from course.serving.session import begun

    words: list[str] = options.apart
    if not words and options.then_for is not None:
        raise UsageError("--then-for is about what comes after a command; add one: -- COMMAND")
    if words and options.by_hand:
        raise UsageError("time stands still for a command anyway; leave out --by-hand")
    if options.plan is not None:
        must_be_new(options.plan)
        if not os.access(options.plan.parent, os.W_OK):
            raise UsageError(
                f"there is no folder {one_line(options.plan.parent)} to write a plan to; name another FILE"
            )
    situation = _situation(options)
    gateway = begun(situation.world, options.seed, situation.colleague)
    _warn_of(options.host)
    with Printer(as_json=options.json, beside_a_command=bool(words)) as printer:
        if words:
            return _play(options, words, gateway, printer, situation.grade)
        return _serve(options, gateway, printer, situation.grade)


def _serve(options: argparse.Namespace, gateway: Gateway, printer: Printer, grade: str | None) -> int:
    """Serve until somebody ends it, which is how it ends."""
    from course.serving.server import serving
    from course.serving.session import Session

    code = 0
    clock = None if options.by_hand else _warped(options.speed or 1, gateway)
    session = Session(gateway, clock, tell=printer.tell)
    port = PORT if options.port is None else options.port
    with asked_to_end(end, ALL):  # once: what was sent is kept however often somebody presses Ctrl-C
        with serving(session, options.host, port, tell=printer.tell) as url:
            printer.ready(url, gateway.account, how=_how(options.speed or 1, by_hand=options.by_hand))
            try:
                _wait(printer)
            except KeyboardInterrupt as stop:
                code = stop.code if isinstance(stop, Ended) else 0
        plan = _kept(options, gateway.account)
    printer.ended(gateway.account, plan=plan, grade=grade)
    return code


def _play(options: argparse.Namespace, words: list[str], gateway: Gateway, printer: Printer, grade: str | None) -> int:
    """Run the command, and hand on its exit code."""
    from course.serving.exact import play

    clock = _warped(options.speed, gateway) if options.speed else None
    played = None
    try:
        played = play(
            gateway,
            words,
            clock=clock,
            host=options.host,
            port=options.port or 0,
            then_for_s=_seconds(options.then_for),
            tell=printer.tell,
            ready=lambda url: printer.ready(url, gateway.account, how=_how(options.speed, by_hand=False)),
        )
        return played.code
    finally:  # also where somebody does not wait for the end
        with asked_to_end(lambda number: None, ALL):
            plan = _kept(options, gateway.account)
        if played is not None or plan is not None:
            printer.ended(gateway.account, played, plan=plan, grade=grade)


def _kept(options: argparse.Namespace, account: Account) -> Path | None:
    """Write what was sent as a plan, and return where it is; None if nothing was sent. One that cannot be written is
    printed, so that it is not lost.
    """
    from course.serving.plan import plan_of

    if not account.sent:
        return None
    named: Path | None = options.plan
    text = plan_of(account)
    path = named or places(options).reports / f"served-{wiring.now():%Y%m%d-%H%M%S-%f}.yaml"
    try:
        if named is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, text)
    except (OSError, UsageError) as error:
        complain(f"What was sent could not be kept as a plan, so here it is: {error}\n{text}")
        return None
    return path


def _wait(printer: Printer) -> None:
    while not printer.over.wait(1.0) and printer.is_read():  # a wait without an end hears no Ctrl-C on Windows
        pass


@dataclass(frozen=True, slots=True)
class Situation:
    """What is served."""

    world: World
    colleague: tuple[Step, ...] = ()
    """What somebody else has sent into it."""
    grade: str | None = None
    """The command that grades what clients send; `{plan}` is the file's place in it."""


def _situation(options: argparse.Namespace) -> Situation:
    if sum(given is not None for given in (options.world, options.lab, options.incident)) != 1:
        raise UsageError("name what is to be served, one alone: the file of a world, --lab ID, or --incident ID")
    wanted = "1" if options.release is None else options.release
    if options.incident is not None:
        from course.cli.exercises.incidents import INCIDENTS

        incident = INCIDENTS.found(options)
        release = INCIDENTS.release(incident, wanted)
        where = f"--release {incident.releases.index(release) + 1} --seed {options.seed}"
        grade = f"mlcourse incident grade {incident.id} {{plan}} {where}"
        return Situation(incident.world_with(release), incident.plan.plan.steps, grade)
    if options.lab is not None:
        from course.cli.exercises.labs import LABS

        lab = LABS.found(options)
        return Situation(lab.world_with(LABS.release(lab, wanted)), grade=f"mlcourse lab grade {lab.id} {{plan}}")
    from course.content.files.world import load_world_file

    if options.release is not None:
        raise UsageError("--release is one of a lab's or an incident's; name it with --lab ID or --incident ID")
    return Situation(load_world_file(Path(options.world), lambda problem: complain(str(problem))))


def _warped(speed: int, gateway: Gateway) -> Clock:
    from course.serving.clocks import Warped

    return Warped(speed, gateway.account.live.now, monotonic())


def _how(speed: int | None, *, by_hand: bool) -> str:
    """Return how time passes, in words."""
    if by_hand:
        return "Time stands still until mlcourse clock moves it."
    if speed is None:
        return "Time stands still except when the command sleeps."
    return "Time passes as on the wall." if speed == 1 else f"Time passes {speed} times as fast as on the wall."


def _seconds(text: str | None) -> float:
    from course.serving.clocks import duration_s

    seconds = 0.0 if text is None else duration_s(text)
    if seconds is None:
        raise UsageError(f"--then-for takes a time such as 30s, 10m or 1h30m, not {str(text)[:20]!r}")
    return seconds


def _warn_of(host: str) -> None:
    from course.serving.server import is_loopback

    if not is_loopback(host):
        complain("Whoever reaches this machine can use the address: nobody is asked for credentials.")


def _command_apart(words: list[str]) -> tuple[list[str], list[str]]:
    """Take out what comes after the dashes; UsageError if nothing does."""
    at = words.index("--") if "--" in words else len(words)
    if words[at:] == ["--"]:
        raise UsageError("name a command after the --, or leave them out to serve until Ctrl-C")
    return words[:at], words[at + 1 :]
