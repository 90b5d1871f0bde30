"""`mlcourse simulate WORLD.yaml PLAN.yaml`: one run of any world, outside any lab."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli import plans, runs
from course.cli.arguments import SEED, Commands, command
from course.cli.present import complain
from course.cli.progress import progress_line


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "simulate", "one run of any world, outside any lab", run)
    parser.add_argument("world", metavar="WORLD.yaml", help="endpoint, configurations, models and traffic")
    parser.add_argument("plan", metavar="PLAN.yaml", help="the AWS requests to send, or - for stdin")
    parser.add_argument("--seed", type=SEED, default=0, help="the traffic's seed (default 0)")
    parser.add_argument("--check", action="store_true", help="only say what there is to say of the plan")


def run(options: argparse.Namespace) -> int:
    """Simulate and print the run, or with --check only what AWS would say of the plan."""
    from course.content.files.world import load_world_file

    world = load_world_file(Path(options.world), lambda problem: complain(str(problem)))
    if options.check:
        return plans.show(options.plan, world, options)
    found, plan = plans.accepted(options.plan, world, options)
    from engine.simulate import simulate

    with progress_line("simulated minutes", per=60) as bar:
        done = simulate(world, plan, options.seed, on_progress=bar)
    runs.show(done, found, as_json=options.json)
    return 0
