"""A comparison in 80 columns: a line for each option, and below it what rules it out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from course.cli.present import counted
from course.errors import one_line
from engine.comparison.compare import PERCENTILES, Compared, Row
from engine.comparison.options import Batch

WIDTH = 80
NAMES = {"asynchronous": "async"}
"""Where a kind's name takes too much room."""
HEAD = f"{'':10} {'':19} {'p50':>6} {'p90':>6} {'p99':>6} {'failed':>6} {'late':>5} {'cost':>7} {'/1000':>7}"
UNKNOWN, NOTHING = "unknown", "-"


def lines(compared: Compared, *, spoken: bool = False) -> Iterator[str]:
    """Yield the lines of a comparison; to be read out, each figure stands behind its name."""
    minutes = compared.duration_s / 60
    yield f"{counted(compared.requests, 'request')} in {minutes:g} minutes, seed {compared.seed}. Costs in USD."
    yield ""
    if not spoken:
        yield HEAD
    for row in compared.rows:
        yield _sentence(row) if spoken else _line(row)
        for reason in row.ruled_out:
            yield from textwrap.wrap(
                f"no: {one_line(reason)}", WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 8
            )
    yield ""
    yield from textwrap.wrap(_verdict(compared), WIDTH)


def name_of(row: Row) -> str:
    """Return what an option is called."""
    return NAMES.get(row.option, row.option)


def place_of(row: Row) -> str:
    """Return what an option runs on."""
    if row.instance_type is None:
        return f"{row.memory_mb} MB"
    return f"{row.count} {row.instance_type}" if row.count else row.instance_type


def view(compared: Compared) -> dict[str, Any]:
    """Return a comparison as other programs may rely on it."""
    best = compared.cheapest()
    return {
        "seed": compared.seed,
        "requests": compared.requests,
        "duration_s": compared.duration_s,
        "options": [_view(row) for row in compared.rows],
        "cheapest": None if best is None else compared.rows.index(best),
    }


def _view(row: Row) -> dict[str, Any]:
    latencies = row.latency_ms or (None,) * len(PERCENTILES)
    return {
        "option": row.option,
        "model": row.model,
        "instance_type": row.instance_type,
        "count": row.count,
        "memory_mb": row.memory_mb,
        "latency_ms": {f"p{percent:g}": ms for percent, ms in zip(PERCENTILES, latencies, strict=True)},
        "failed": row.failed,
        "throttled": row.throttled,
        "late": row.late,
        "utilisation": row.utilisation,
        "cost": {"total": row.cost_usd, "per_thousand_answers": row.usd_per_thousand},
        "ruled_out": row.ruled_out,
    }


def _line(row: Row) -> str:
    name, place = f"{name_of(row):10}", _fitted(place_of(row), 19)
    p50, p90, p99 = (_time(ms) for ms in row.latency_ms or (None,) * len(PERCENTILES))
    simulated = row.failed is not None
    cost, each = (_usd(usd, simulated) for usd in (row.cost_usd, row.usd_per_thousand))
    shares = f"{_share(row.failed):>6} {_share(row.late):>5}"
    return f"{name} {place} {p50:>6} {p90:>6} {p99:>6} {shares} {cost:>7} {each:>7}"


def _sentence(row: Row) -> str:
    latencies = row.latency_ms or (None,) * len(PERCENTILES)
    simulated = row.failed is not None
    figures = {f"p{percent:g}": _time(ms) for percent, ms in zip(PERCENTILES, latencies, strict=True)}
    figures |= {"failed": _share(row.failed), "late": _share(row.late)}
    figures |= {"cost": _usd(row.cost_usd, simulated), "per thousand answers": _usd(row.usd_per_thousand, simulated)}
    told = ", ".join(f"{name} {'none' if figure == NOTHING else figure}" for name, figure in figures.items())
    return f"{row.option} on {place_of(row)}, model {one_line(row.model)}: {told}."


def _fitted(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else f"{text[: width - 1]}~"


def _time(ms: float | None) -> str:
    if ms is None:
        return NOTHING
    seconds = ms / 1000
    for size, unit, until in ((1000.0, "ms", 1.0), (1.0, "s", 600.0), (1 / 60, "min", 36_000.0)):
        if seconds < until:
            return f"{_three(seconds * size)}{unit}" if unit != "min" else f"{seconds * size:.0f}{unit}"
    return f"{_three(seconds / 3600)}h"


def _three(number: float) -> str:
    """Return three digits, never in powers of ten."""
    return f"{number:.0f}" if number >= 99.95 else f"{number:.1f}" if number >= 9.995 else f"{number:.2f}"


def _share(share: float | None) -> str:
    if share is None:
        return NOTHING
    percent = 100 * share
    return f"{percent:.0f}%" if percent in (0, 100) else f"{min(percent, 99.9):.1f}%" if percent >= 0.05 else "<0.1%"


def _usd(usd: float | None, simulated: bool) -> str:
    """Return an amount; one that nobody knows is never 0."""
    if usd is None:
        return UNKNOWN if simulated else NOTHING
    for least, form in ((999_999.5, ".1e"), (9999.5, ",.0f"), (100, ".2f"), (1, ".3f"), (1e-5, ".5f")):
        if usd >= least:
            return format(usd, form)
    return f"{usd:.1e}" if usd else "0"


def _verdict(compared: Compared) -> str:
    best = compared.cheapest()
    if best is None:
        fits = [row for row in compared.rows if not row.ruled_out]
        return "What the options that will do cost is not known." if fits else "None of these options will do."
    unknown = any(row.cost_usd is None and not row.ruled_out for row in compared.rows)
    but = "; of others the price is not known" if unknown else ""
    found, answers = f"The cheapest that will do is {_called(best)}{but}.", compared.cheapest(waits=True)
    if best.option != Batch.kind or answers is None:
        return found
    return f"{found} Of those that answer each request by itself it is {_called(answers)}."


def _called(row: Row) -> str:
    return f"{name_of(row)} on {place_of(row)} with the model {one_line(row.model)}"
