"""`mlcourse alarm "0 - X - X" ...`: what an alarm decides, and why."""

from __future__ import annotations

import argparse

from course.cli.arguments import Commands, command
from course.cli.present import complain, print_json


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "alarm", "what an alarm decides over a row of datapoints", run)
    parser.add_argument("row", help="oldest first: 0 is good, X is breaching, - is missing; for example '0 - X - X'")
    parser.add_argument("--evaluation-periods", type=int, default=3, metavar="N")
    parser.add_argument("--datapoints-to-alarm", type=int, metavar="M", help="without it: N")
    modes = ("missing", "ignore", "breaching", "notBreaching")
    parser.add_argument("--treat-missing-data", choices=modes, default="missing")
    parser.add_argument("--state", choices=("OK", "ALARM", "INSUFFICIENT_DATA"), default="OK", help="the state before")


def run(options: argparse.Namespace) -> int:
    """Decide and print state and reason."""
    from engine.cloudwatch.decision import decide, parse_row
    from engine.cloudwatch.explain import explain

    n = options.evaluation_periods
    m = n if options.datapoints_to_alarm is None else options.datapoints_to_alarm
    try:
        row = parse_row(options.row)
        decision = decide(
            row,
            evaluation_periods=n,
            datapoints_to_alarm=m,
            treat_missing_data=options.treat_missing_data,
            previous=options.state,
        )
    except ValueError as error:
        complain(str(error))
        return 2
    reason = explain(
        decision,
        row,
        evaluation_periods=n,
        datapoints_to_alarm=m,
        treat_missing_data=options.treat_missing_data,
        previous=options.state,
    )
    if options.json:
        print_json({"state": decision.state, "reason": reason, "decided_by": decision.decided_by})
    else:
        print(f"{decision.state}\n{reason}")
    return 0
