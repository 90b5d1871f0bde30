"""`mlcourse clock`: how late it is behind an address of `mlcourse serve`, and let time pass there."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from course.cli.arguments import Commands, Parser, command, whole
from course.cli.errors import UsageError
from course.cli.present import clock, print_json
from course.cli.serving.serve import PORT, host
from course.errors import one_line

PATIENCE_S = 60.0
"""How long an answer is waited for, on the wall: somebody else may be letting time pass."""
PIECE_S = 600.0
"""A long way is gone in pieces, so that Ctrl-C ends it."""
AT_MOST_S = 86_400.0
"""How long a status is waited for, in the run."""
USE = "say +5m, +30s or +1h30m, or until STATUS, such as until InService"


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "clock", "what the clock of mlcourse serve shows, and let time pass there", run)
    parser.usage = "mlcourse clock [+5m | until STATUS] [--endpoint NAME] [--port N]"
    parser.add_argument("how", nargs="*", metavar="+5m", help=USE)
    parser.add_argument("--endpoint", default="", metavar="NAME", help="of several endpoints, whose status is meant")
    parser.add_argument("--port", type=whole(1, 65535), default=PORT, help=f"where it serves (default {PORT})")
    parser.add_argument("--host", type=host, default="127.0.0.1", help="on another machine than this one")
    assert isinstance(parser, Parser)  # it is what the group makes
    parser.apart = _negative_apart


def run(options: argparse.Namespace) -> int:
    """Print how things stand, after time has passed; 1 if the endpoint has not come into a status."""
    from course.serving.clocks import ABSENT

    wanted, seconds = _wanted([*options.how, *options.apart])
    moment = _ask(options, None)
    if moment["t"] + seconds > moment["ends_s"]:
        raise UsageError(f"a run goes on for {moment['ends_s'] / 86_400:.0f} days at most; ask for less")
    name = options.endpoint or moment["endpoint"]
    for each in _pieces(moment["t"], seconds, wanted, options.endpoint):
        if moment["over"] or (wanted and _statuses(moment).get(name, ABSENT) == wanted):
            break
        moment = _ask(options, each)
    statuses = _statuses(moment)
    if options.json:
        print_json(moment)
    else:
        when = f"{clock(moment['t'])} into the run ({moment['time']})"
        named = {name: statuses.get(name, ABSENT)} if options.endpoint else statuses
        print(f"{when}, {', '.join(f'{one_line(each)} is {status}' for each, status in named.items())}.")
    return 1 if wanted and statuses.get(name, ABSENT) != wanted else 0


def _statuses(moment: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the status of each endpoint by name."""
    return {moment["endpoint"]: moment["status"], **moment["others"]}


def _wanted(words: list[str]) -> tuple[str, float]:
    """Return which status is waited for, if any, and how many seconds are to pass at most; UsageError."""
    from course.serving.clocks import STATUSES, duration_s

    match words:
        case []:
            return "", 0.0
        case ["until", status]:
            found = next((each for each in STATUSES if each.casefold() == status.casefold()), None)
            if found is None:
                raise UsageError(f"there is no status {status[:40]!r}; there are {', '.join(STATUSES)}")
            return found, AT_MOST_S
        case [word] if word.startswith("-"):
            raise UsageError(f"a clock does not go back, as {one_line(word)} would have it; {USE}")
        case [word] if word.startswith("+") and (seconds := duration_s(word[1:])) is not None:
            return "", seconds
    raise UsageError(f"{one_line(' '.join(words))[:60]!r} is no way to move a clock; {USE}")


def _pieces(t: float, seconds: float, wanted: str = "", endpoint: str = "") -> Iterator[dict[str, Any]]:
    """Yield what to ask for, piece by piece."""
    until_s = t + seconds
    while t < until_s:
        t = min(t + PIECE_S, until_s)
        of = {"of": endpoint} if endpoint else {}
        yield {"wake_s": t} if not wanted else {"advance_s": PIECE_S, "until": wanted, **of}


def _ask(options: argparse.Namespace, body: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the address answers; UsageError if nobody does, or somebody else."""
    from http.client import HTTPConnection, HTTPException

    where = f"{one_line(options.host)}:{options.port}"
    connection = HTTPConnection(options.host, options.port, timeout=PATIENCE_S)
    try:
        connection.request(
            "GET" if body is None else "POST", "/_mlcourse/clock", body=None if body is None else json.dumps(body)
        )
        answer = json.loads(connection.getresponse().read())
    except TimeoutError:
        raise UsageError(
            f"what serves at {where} says nothing for {PATIENCE_S:.0f} s; it is busy, or no mlcourse: try again, or "
            "say another --port"
        ) from None
    except (OSError, HTTPException, ValueError) as error:
        why = f"nobody serves at {where}" if isinstance(error, OSError) else f"what serves at {where} is no mlcourse"
        raise UsageError(f"{why}; start mlcourse serve, or say another --port") from None
    finally:
        connection.close()
    if (
        not isinstance(answer, dict)
        or not {"t", "time", "endpoint", "status", "others", "over", "ends_s"} <= answer.keys()
    ):
        raise UsageError(f"what serves at {where} is no mlcourse; say another --port")
    if "say" in answer:
        raise UsageError(one_line(answer["say"]))
    return answer


def _negative_apart(words: list[str]) -> tuple[list[str], list[str]]:
    """Take `-5m` out, which looks like an option."""
    back = [word for word in words if re.match(r"-\d", word)]
    return [word for word in words if word not in back], back
