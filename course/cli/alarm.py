"""`mlcourse alarm "0 - X - X" ...`: what an alarm decides, and why."""

from __future__ import annotations

import argparse
from typing import Any

from course.cli.arguments import Commands, command
from course.cli.errors import UsageError
from course.cli.present import print_json

ROW = (
    "oldest first: 0 is good, X is breaching, - is missing; for example '0 - X - X'. An alarm looks at the newest N and"
    " a few more; older points count for nothing"
)


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "alarm", "what an alarm decides over a row of datapoints", run)
    parser.add_argument("row", help=ROW)
    parser.add_argument(
        "--threshold", type=float, metavar="T", help="the row holds numbers, such as '3 - 7.5'; from T on they breach"
    )
    parser.add_argument("--evaluation-periods", type=int, default=3, metavar="N")
    parser.add_argument("--datapoints-to-alarm", type=int, metavar="M", help="without it: N")
    modes = ("missing", "ignore", "breaching", "notBreaching")
    parser.add_argument("--treat-missing-data", choices=modes, default="missing")
    parser.add_argument("--state", choices=("OK", "ALARM", "INSUFFICIENT_DATA"), default="OK", help="the state before")


def run(options: argparse.Namespace) -> int:
    """Decide and print state and reason."""
    from engine.cloudwatch.decision import parse_row
    from engine.cloudwatch.explain import look, parse_values

    n = options.evaluation_periods
    settings: dict[str, Any] = {
        "evaluation_periods": n,
        "datapoints_to_alarm": n if options.datapoints_to_alarm is None else options.datapoints_to_alarm,
        "treat_missing_data": options.treat_missing_data,
        "previous": options.state,
    }
    try:
        by_sign = options.threshold is None
        row = parse_row(options.row) if by_sign else parse_values(options.row, options.threshold)
        seen = look(row, **settings)
    except ValueError as error:
        raise UsageError(str(error)) from error
    state, looked_at = seen.decision.state, len(row) - seen.passed_over
    reason = f"{seen.range_say} {seen.say}".lstrip()
    if options.json:
        print_json({"state": state, "reason": reason, "decided_by": seen.decision.decided_by, "looked_at": looked_at})
    else:
        print(f"{state}\n{reason}")
    return 0
