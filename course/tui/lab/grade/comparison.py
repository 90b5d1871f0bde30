"""Yours, the reference and no guard (or nothing sent), release by release, on the very same requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual

from course.tui.drawing.clock import span
from course.tui.drawing.visuals import Hanging, Stack
from course.tui.drawing.words import inline, plain
from course.tui.lab.run.playback_line import OUTCOMES
from labs.measures.over_seeds import measured_say

if TYPE_CHECKING:
    from course.tui.lab.study import LabStudy
    from labs.grade import Grade, ReleaseResult

COLUMNS = (
    ("harmed", 9),
    ("p95", 8),
    ("detected", 10),
    ("back", 8),
    ("duration", 10),
    ("extra i-min", 12),
    ("cost", 7),
)
"""Headings and widths; together with the names they fit a page in 80 columns: its margins and its scrollbar take 6."""
NAME = 10
PLANS = (("yours", "bold"), ("best", "$accent"), ("reference", ""), ("no guard", "$quiet"))
"""`best` is the learner's best earlier plan, where there is another one."""
NOTHING = "nothing sent"
PLANS_OF_SERVING = (*PLANS[:-1], (NOTHING, "$quiet"))
NOTE_OF_SERVING = "Means over the seeds; all plans met the very same requests."
NOTE = (
    "harmed: requests that failed or came too late, and would not have without the update; mean and 95th "
    "percentile over the seeds. detected, back: minutes after the first harm, median. extra i-min: "
    "instance-minutes beyond normal. cost: USD."
)


def comparison(study: LabStudy, grade: Grade) -> Stack:
    """Return a table for each release, and what was the matter with it."""
    parts: list[Visual] = []
    for release in study.releases:
        if release not in grade.releases:
            continue
        parts += [*_release(study, grade, release), Content("")]
    note = NOTE_OF_SERVING if study.lab.serves else NOTE
    return Stack(*parts, Hanging(Content(""), plain(note, "$quiet")))


def _release(study: LabStudy, grade: Grade, release: str) -> Sequence[Visual]:
    yours = grade.releases[release]
    results = (
        yours,
        grade.compared.get("best", {}).get(release),
        grade.compared.get("reference", {}).get(release),
        grade.compared.get("unguarded", {}).get(release),
    )
    name = plain(study.release_name(release), "bold $accent")
    title = Hanging(Content(""), Content.assemble(name, "  ", inline(study.lab.release(release).say)))
    if yours.measured:
        plans = zip(PLANS_OF_SERVING, results, strict=True)
        return [title, *(_served(name, style, result) for (name, style), result in plans if result)]
    rows = [_row(name, style, result) for (name, style), result in zip(PLANS, results, strict=True) if result]
    head = Content.styled(" " * NAME + "".join(f"{name:>{width}}" for name, width in COLUMNS), "$quiet")
    ended = plain(f"Yours: {endings(yours)}{detections(yours)}")
    return [title, Hanging(Content(""), ended), head, *rows]


def _served(name: str, style: str, result: ReleaseResult) -> Hanging:
    """Return what was measured of a plan that is about serving what comes, in words."""
    return Hanging(Content.styled(f"{name:<{len(NOTHING) + 2}}", style), Content.styled(measured_say(result), style))


def _row(name: str, style: str, result: ReleaseResult) -> Content:
    figures = (
        f"{result.harmed.mean:,.0f}",
        f"{result.harmed.p95:,.0f}",
        span(result.time_to_detect_s),
        span(result.time_to_recover_s),
        span(result.duration_s),
        f"{round(result.extra_instance_minutes):,}",
        "?" if result.cost_usd is None else f"{result.cost_usd:.2f}",
    )
    cells = "".join(f"{figure:>{width}}" for figure, (_, width) in zip(figures, COLUMNS, strict=True))
    return Content.styled(f"{name:<{NAME}}{cells}", style)


def endings(result: ReleaseResult) -> str:
    """Return how often the update ended how, such as `20 of 20 rolled back`."""
    runs = sum(result.outcomes.values())
    return ", ".join(f"{count} of {runs} {OUTCOMES[outcome]}" for outcome, count in result.outcomes.items())


def detections(result: ReleaseResult) -> str:
    """Return in how many of the seeds with harm an alarm decided, which is what `detected` is the median of."""
    harmed = sum(count > 0 for count in result.harmed_by_seed)
    if result.time_to_detect_s is None or not harmed:
        return ""
    return f"; detected after {span(result.time_to_detect_s)} in {result.detected_in} of {harmed}"
