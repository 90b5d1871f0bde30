"""The report that a learner keeps: one page, drawn by matplotlib, readable in print.

Matplotlib is imported when a report is drawn, and never through pyplot, so nothing global is touched and any thread may
draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labs.film.film import Film, without_id
from labs.film.fleets import Fleet, Minutes
from labs.grade import Grade, ReleaseResult
from labs.measures.registry import MEASURES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, OLD, NEW, BAD, QUIET = "#222222", "#3b6ea8", "#3d8b4f", "#b3402e", "#999999"
FLEETS = {"blue": OLD, "green": NEW, "later": INK}
MARKS = {"blue": "o", "green": "D", "later": "^"}
"""Fleets can be told apart without colours, too."""
MARKED = 24
"""Marks on a line, at most about so many."""
STATES = {"OK": (NEW, "✓"), "ALARM": (BAD, "✗"), "INSUFFICIENT_DATA": (QUIET, "?")}
NAMES = (("yours", "yours"), ("reference", "reference"), ("unguarded", "no guard"))
NAMES_OF_SERVING = (*NAMES[:2], ("unguarded", "nothing sent"))


TITLE, NAME = 60, 28
"""Characters of a lab's title and of an alarm's name for which there is room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is drawn: a grade, and one run that shows what decided it."""

    title: str
    release: str
    film: Film
    grade: Grade

    @property
    def serves(self) -> bool:
        """Is it about serving what comes, without an update?"""
        return any(result.measured for result in self.grade.releases.values())


def draw(report: Report, path: Path) -> None:
    """Draw the report into `path`; the ending chooses the format (png, pdf, svg)."""
    figure_of(report).savefig(path)


def figure_of(report: Report) -> Figure:
    """Return the page: what happened to whom in one run, then how the plan did in all of them."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.27, 11.69), dpi=120, layout="constrained")
    figure.suptitle(_headline(report), x=0.02, ha="left", fontsize=13, color=INK)
    rows = figure.subplots(8, 1, height_ratios=(1.1, 1.1, 1.1, 0.8, 0.9, 0.9, 1.4, 1.6))
    _traffic(rows[0], report.film)
    _errors(rows[1], report.film)
    _latency(rows[2], report.film)
    _alarms(rows[3], report.film)
    _requests(rows[4], report.film)
    _instances(rows[5], report.film, "with nothing sent" if report.serves else "without an update")
    if report.serves:
        _served(rows[6:], report.grade)
    else:
        _comparison(rows[6], report.grade)
        _seeds(rows[7], report.grade)
    for axes in rows[:6]:
        axes.set_xlim(0, report.film.run.ended_s / 60)
    rows[5].set_xlabel("minutes from the start of the run")
    return figure


def _headline(report: Report) -> str:
    met = sum(goal.passed for goal in report.grade.goals)
    verdict = "passed" if report.grade.passed else "not yet"
    goals = f"{met} of {len(report.grade.goals)} goals"
    ended = "" if report.serves else f": {report.film.run.outcome}"
    return (
        f"{_words(report.title, TITLE)}: {verdict}, {goals}, score {report.grade.score:g}\n"
        f"the run of release {report.release}, seed {report.film.run.seed}{ended}"
    )


def _words(text: str, most: int) -> str:
    """Return a text on one line and within its room; matplotlib would read what stands between dollars as a formula."""
    line = " ".join(text.split())
    return (line if len(line) <= most else f"{line[: most - 1]}…").replace("$", r"\$")


def _traffic(axes: Axes, film: Film) -> None:
    run = film.run
    times = [change.t / 60 for change in run.traffic] + [run.ended_s / 60]
    for fleet in film.fleets:
        shares = [100 * change.shares.get(fleet.config, 0.0) for change in run.traffic]
        colour = FLEETS[fleet.name]
        line = {"color": colour, "label": fleet.config, "linewidth": 1.6, **_marks(fleet, len(times))}
        axes.step(times, [*shares, shares[-1]], where="post", **line)
    for phase in run.phases:
        if phase.status == "Baking":
            axes.axvspan(phase.start / 60, phase.end / 60, color="#f2e6c2", alpha=0.6, linewidth=0)
    _label(axes, "traffic", "% of requests")
    axes.set_ylim(-5, 105)
    axes.legend(loc="center right", fontsize=7, frameon=False)


def _errors(axes: Axes, film: Film) -> None:
    for fleet in film.fleets:
        for kind, minutes, style in (("5XX", fleet.errors_5xx, "-"), ("4XX", fleet.errors_4xx, ":")):
            if any(minutes):
                _plot(axes, fleet, kind, minutes, style)
    _label(axes, "errors", "per minute")
    if axes.get_lines():
        axes.legend(loc="upper right", fontsize=7, frameon=False)


def _latency(axes: Axes, film: Film) -> None:
    for fleet in film.fleets:
        for stat, minutes, style in (("p50", fleet.p50_ms, ":"), ("p99", fleet.p99_ms, "-")):
            if minutes:
                _plot(axes, fleet, stat, minutes, style)
    _label(axes, "ModelLatency", "ms")
    axes.legend(loc="upper right", fontsize=7, frameon=False, ncols=2)


def _plot(axes: Axes, fleet: Fleet, what: str, minutes: Minutes, style: str) -> None:
    """Draw a line through the values that there are, each in the middle of its minute."""
    known = [(minute + 0.5, value) for minute, value in enumerate(minutes) if value is not None]
    x, y = [minute for minute, _ in known], [value for _, value in known]
    line = {"color": FLEETS[fleet.name], "label": f"{fleet.config} {what}", "linewidth": 1.2, **_marks(fleet, len(x))}
    axes.plot(x, y, style, **line)


def _marks(fleet: Fleet, points: int) -> dict[str, Any]:
    return {"marker": MARKS[fleet.name], "markersize": 3, "markevery": max(1, points // MARKED)}


def _alarms(axes: Axes, film: Film) -> None:
    end = film.run.ended_s
    names = film.alarms(end)
    for row, name in enumerate(names):
        for span in film.alarm_spans(name, end):
            colour, sign = STATES[span.state]
            lasted, middle = (span.end - span.start) / 60, (span.start + span.end) / 120
            axes.barh(row, lasted, left=span.start / 60, height=0.6, color=colour, alpha=0.75)
            if lasted > end / 60 / 40:
                axes.text(middle, row, sign, ha="center", va="center", fontsize=8, color="white")
    axes.set_yticks(range(len(names)), [_of_alarm(name) for name in names], fontsize=7)
    _label(axes, "alarms (✓ OK, ✗ ALARM, ? INSUFFICIENT_DATA)", "")


def _of_alarm(name: str) -> str:
    """Return an alarm's name within its room; those of target tracking differ before the id at their end."""
    bare = without_id(name)
    return _words(name, NAME) if bare == name or len(bare) <= NAME else _words(f"…{bare[1 - NAME :]}", NAME)


def _requests(axes: Axes, film: Film) -> None:
    for fleet in film.fleets:
        if any(fleet.requests):
            _plot(axes, fleet, "requests", fleet.requests, "-")
    _label(axes, "requests", "per minute")
    _from_zero(axes)


def _instances(axes: Axes, film: Film, otherwise: str) -> None:
    """Draw the instances, which are what is paid for, and say what all of them cost in the end."""
    for fleet in film.fleets:
        if any(fleet.instances):
            _plot(axes, fleet, "instances", fleet.instances, "-")
    spent, without = (_in_the_end(bill) for bill in (film.cost_usd, film.cost_without_usd))
    whole = "with other endpoints apart" if film.run.others else "in all"
    _label(axes, f"instances: {spent} USD {whole}, {without} {otherwise}", "most in a minute")
    _from_zero(axes)


def _in_the_end(bill: Minutes) -> str:
    """Return the last figure of a bill in words; a price that is not known has none."""
    last = bill[-1] if bill else 0.0
    return "?" if last is None else f"{last:.2f}"


def _from_zero(axes: Axes) -> None:
    axes.margins(y=0.15)
    axes.set_ylim(bottom=0)
    axes.legend(loc="center right", fontsize=7, frameon=False)


def _comparison(axes: Axes, grade: Grade) -> None:
    releases = list(grade.releases)
    for place, (key, name) in enumerate(NAMES):
        results = _of(grade, key, releases)
        where = [index + (place - 1) * 0.27 for index in range(len(releases))]
        bars = axes.bar(where, [r.harmed.mean for r in results], width=0.25, label=name, color=(NEW, OLD, BAD)[place])
        axes.bar_label(bars, [f"{r.harmed.mean:,.0f}" for r in results], fontsize=7)
    axes.set_xticks(range(len(releases)), releases, fontsize=8)
    axes.set_yscale("symlog", linthresh=10)
    axes.margins(y=0.15)
    _label(axes, "requests harmed, mean over seeds", "requests")
    axes.legend(fontsize=7, frameon=False)


def _served(rows: Sequence[Axes], grade: Grade) -> None:
    """Draw the first two measures that the goals ask for; what never happened has no bar."""
    releases = list(grade.releases)
    names = list(next(iter(grade.releases.values())).measured)
    for axes, measure in zip_longest(rows, names[: len(rows)]):
        if measure is None:
            axes.set_axis_off()
            continue
        for place, (key, plan) in enumerate(NAMES_OF_SERVING):
            values = [result.measured.get(measure) for result in _of(grade, key, releases)]
            where = [index + (place - 1) * 0.27 for index in range(len(releases))]
            bars = axes.bar(
                where, [value or 0.0 for value in values], width=0.25, label=plan, color=(NEW, OLD, BAD)[place]
            )
            axes.bar_label(bars, ["never" if value is None else f"{value:,.4g}" for value in values], fontsize=7)
        axes.set_xticks(range(len(releases)), releases, fontsize=8)
        axes.margins(y=0.15)
        _label(axes, f"{measure}, mean over seeds", MEASURES[measure].unit)
        axes.legend(fontsize=7, frameon=False)


def _seeds(axes: Axes, grade: Grade) -> None:
    labels: list[str] = []
    for release in grade.releases:
        for place, (key, name) in enumerate(NAMES):
            values = _of(grade, key, [release])[0].harmed_by_seed
            axes.plot(values, [len(labels)] * len(values), "o", markersize=3.5, alpha=0.5, color=(NEW, OLD, BAD)[place])
            labels.append(f"{release}: {name}")
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.invert_yaxis()
    axes.set_xscale("symlog", linthresh=10)
    axes.set_xlim(left=-1)
    _label(axes, f"requests harmed, one dot for each of {len(grade.seeds)} seeds", "")


def _of(grade: Grade, key: str, releases: Sequence[str]) -> list[ReleaseResult]:
    results = grade.releases if key == "yours" else grade.compared[key]
    return [results[release] for release in releases]


def _label(axes: Axes, title: str, unit: str) -> None:
    axes.set_title(title, loc="left", fontsize=9, color=INK)
    axes.set_ylabel(unit, fontsize=8)
    axes.tick_params(labelsize=7)
    axes.spines[["top", "right"]].set_visible(False)
