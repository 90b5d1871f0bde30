"""What a learner shows to others: a headline, a few bars under one another, and what belongs to it; as text and as a
picture. Nothing stands there that is not in the value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 40
"""Cells of the longest bar."""
EIGHTHS = " ▏▎▍▌▋▊▉"
INK, BAD, GOOD, QUIET = "#222222", "#b3402e", "#3d8b4f", "#777777"
LINE, HEAD = 80, 60
"""Characters of a line and of a headline for which there is room in the picture."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number as a length."""

    label: str
    value: float
    """At least 0."""
    say: str
    """The number as it is written beside the bar."""
    good: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is shown."""

    name: str
    """Of the files, without their endings."""
    title: str
    """What it is about, such as the lab's title."""
    headline: str
    """The one thing to know, such as `218 instead of 12,361 requests harmed`."""
    bars: tuple[Bar, ...] = ()
    """All on one scale."""
    top: float = 0.0
    """The value of the longest possible bar; 0: that of the longest one."""
    lines: tuple[str, ...] = ()
    """Sentences under the bars."""


def bar(value: float, top: float, width: int = WIDTH) -> str:
    """Return a bar in eighths of a cell; what is more than nothing is seen, and nothing reaches beyond the top."""
    if value <= 0 or top <= 0:
        return ""
    eighths = max(1, min(width * 8, round(value / top * width * 8)))
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def rows(summary: Summary, width: int = WIDTH) -> tuple[tuple[Bar, str], ...]:
    """Return each bar with its label before and its number after it, labels of one width."""
    top = summary.top or max((each.value for each in summary.bars), default=0.0)
    labels = max((len(each.label) for each in summary.bars), default=0)
    drawn = ((each, bar(each.value, top, width)) for each in summary.bars)
    return tuple(
        (each, " ".join(part for part in (f"{each.label:<{labels}}", row, each.say) if part)) for each, row in drawn
    )


def as_text(summary: Summary) -> str:
    """Return it as text for a mail or a chat."""
    parts = [f"{summary.title}\n{summary.headline}"]
    parts += ["\n".join(row for _, row in rows(summary))] if summary.bars else []
    parts += ["\n".join(summary.lines)] if summary.lines else []
    return "\n".join(_seen(line) for line in "\n\n".join(parts).split("\n")) + "\n"


def draw_summary(summary: Summary, path: Path) -> None:
    """Draw it into `path`; the ending chooses the format (png, pdf, svg)."""
    figure_of(summary).savefig(path)


def figure_of(summary: Summary) -> Figure:
    """Return the picture."""
    from matplotlib.figure import Figure

    height = 2.0 + 0.42 * len(summary.bars) + 0.26 * len(summary.lines)
    figure = Figure(figsize=(9, height), dpi=120, layout="constrained")
    head = f"{_words(summary.title, HEAD)}\n{_words(summary.headline, HEAD)}"
    figure.suptitle(head, x=0.03, ha="left", fontsize=15, color=INK)
    axes = figure.subplots()
    for place, each in enumerate(summary.bars):
        axes.barh(place, each.value, color=GOOD if each.good else BAD, height=0.6)
        axes.annotate(_words(each.say, HEAD), (each.value, place), (6, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(summary.bars)), [_words(each.label, HEAD // 2) for each in summary.bars], fontsize=11)
    axes.set_xlim(0, 1.25 * (summary.top or max((each.value for each in summary.bars), default=1.0) or 1.0))
    axes.set_xticks([])
    axes.invert_yaxis()
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.set_xlabel("\n".join(_words(line, LINE) for line in summary.lines), loc="left", fontsize=10, color=QUIET)
    return figure


def _words(text: str, most: int) -> str:
    """Return a text on one line and within its room; matplotlib would read what stands between dollars as a formula."""
    line = _seen(" ".join(text.split()))
    return (line if len(line) <= most else f"{line[: most - 1]}…").replace("$", r"\$")


def _seen(text: str) -> str:
    """Return a text with a sign for what cannot be seen, such as the beginning of an escape code."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
