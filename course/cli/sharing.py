"""Writing what a learner shows to others, and `mlcourse progress share`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.present import complain, print_json
from course.cli.surroundings import catalog, journal, places
from course.counting import current
from course.desk import LabDesk
from course.errors import one_line
from course.folds.progress import PROGRESS

if TYPE_CHECKING:
    from labs.report.summary import Summary


def written(summary: Summary, folder: Path, *, as_json: bool) -> int:
    """Write a summary, print it, and say where it is; ReportError if it cannot be written."""
    from labs.report.summary import as_text

    text, picture = LabDesk(folder).share(summary)
    if as_json:
        print_json({"headline": summary.headline, "text": text, "picture": picture})
    else:
        print(as_text(summary), end="")
        complain(f"Written: {one_line(picture)} and {one_line(text)}")
    return 0


def share_progress(options: argparse.Namespace) -> int:
    """Write how much of the course is mastered."""
    from course.sharing.whole import course_summary

    with journal(options) as history:
        progress = history.folded(PROGRESS)
    outline = catalog(options).outline
    return written(course_summary(outline, current(progress, outline)), places(options).reports, as_json=options.json)
