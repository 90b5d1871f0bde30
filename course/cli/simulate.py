"""`mlcourse simulate WORLD.yaml PLAN.yaml`: one run of any world, outside any lab."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli import plans, runs
from course.cli.labs import _natural
from course.cli.present import complain, print_json


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("simulate", help="one run of any world, outside any lab")
    parser.add_argument("world", metavar="WORLD.yaml", help="endpoint, configurations, models and traffic")
    parser.add_argument("plan", metavar="PLAN.yaml", help="the AWS requests to send, or - for stdin")
    parser.add_argument("--seed", type=_natural, default=0, help="the traffic's seed (default 0)")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Simulate and print the run."""
    from course.content.world_files import load_world_file

    world = load_world_file(Path(options.world))
    plan = plans.checked(options.plan, world)
    if plan.plan is None:
        if options.json:
            print_json(plans.findings(plan))
        plans.show(options.plan, plan, to_stderr=True)
        complain("AWS would not accept this plan, so there is nothing to run.")
        return 1
    from engine.simulate import simulate

    runs.show(simulate(world, plan.plan, options.seed), as_json=options.json)
    return 0
