"""`mlcourse progress report`: one page to keep or to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.cli.new_files import must_be_new, write_new
from course.cli.present import print_json
from course.cli.surroundings import catalog, journal
from course.errors import one_line
from course.learning.standing import standing
from course.wiring import now

if TYPE_CHECKING:
    import argparse


def report(options: argparse.Namespace) -> int:
    """Write the page."""
    from course.report.page import page  # matplotlib takes a while

    must_be_new(options.file)
    packs = catalog(options)
    with journal(options) as history:
        found = standing(packs, history, now())
    write_new(options.file, page(found))
    if options.json:
        print_json({"file": options.file})
    else:
        print(f"Your progress is in {one_line(options.file)}.")
    return 0
