"""`mlcourse compare WORKLOAD.yaml`: one workload on real-time, serverless, asynchronous and batch."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.arguments import SEED, Commands, command
from course.cli.errors import UsageError
from course.cli.present import complain, is_plain, print_json
from course.cli.progress import progress_line
from course.errors import one_line

if TYPE_CHECKING:
    from engine.comparison.compare import Compared

PICTURES = (".png", ".pdf", ".svg")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "compare", "one workload on every way to serve it: latency, failures, cost", run)
    parser.add_argument("workload", metavar="WORKLOAD.yaml", help="traffic, models, options and what is asked of them")
    parser.add_argument("--seed", type=SEED, default=0, help="the traffic's seed (default 0)")
    parser.add_argument(
        "--plot", metavar="FILE", type=Path, help="draw cost against latency into FILE (.png, .pdf or .svg)"
    )


def run(options: argparse.Namespace) -> int:
    """Compare and print; 1 where none of the options will do."""
    if options.plot and options.plot.suffix not in PICTURES:
        raise UsageError(f"{one_line(options.plot)}: a picture ends in {', '.join(PICTURES)}")
    from course.cli.comparing.table import lines, view
    from course.content.files.comparison import load_comparison_file
    from engine.comparison.compare import compare

    comparison = load_comparison_file(Path(options.workload), lambda problem: complain(str(problem)))
    with progress_line("options") as bar:
        compared = compare(comparison, options.seed, bar)
    if options.json:
        print_json(view(compared))
    else:
        print("\n".join(lines(compared, spoken=is_plain())))
    if options.plot:
        _plot(compared, options.plot)
    return 0 if any(not row.ruled_out for row in compared.rows) else 1


def _plot(compared: Compared, path: Path) -> None:
    from course.cli.comparing.plot import draw

    try:
        draw(compared, path)
    except OSError as error:
        raise UsageError(f"{one_line(path)} cannot be written: {error.strerror}") from error
    complain(f"Picture: {one_line(path)}")
