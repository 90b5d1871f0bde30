"""Sections as they are drawn: each bar and each state can be told without colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from textual.content import Content
from textual.visual import Visual

from course.learning.exercises import Exercise
from course.learning.sections import DAYS_SHOWN, Section, best_and_par, chance, day_named, state_of
from course.learning.standing import Standing
from course.tui.drawing.signs import BAR_DONE, DONE, OPEN, PARTLY, Sign
from course.tui.drawing.visuals import Hanging, Spread, Stack
from course.tui.drawing.words import plain

WIDTH = 20
"""Cells of a scale from 0 to 100 %, and of the longest bar."""
INSIDE, OUTSIDE, MIDDLE = "━", "·", "◆"


def drawn(standing: Standing, section: Section) -> Visual:
    """Return what stands under the section's title."""
    say = [plain(sentence, "$hushed") for sentence in section.say]
    match section.id:
        case "readiness":
            return Stack(*say, *_readiness(standing))
        case "objectives":
            return Stack(*say, *_objectives(standing))
        case "due":
            return Stack(*say, *_bars(standing.due.days, standing.at.date()))
        case "time":
            today = standing.at.date()
            days = [today - timedelta(days=back) for back in range(DAYS_SHOWN)]
            return Stack(*say, *_bars({day: round(standing.learned.minutes.get(day, 0.0)) for day in days}, today))
        case "lessons":
            return Stack(*say, *_lessons(standing))
        case "exercises":
            return Stack(*say, *(_exercise(each) for each in standing.exercises))
        case "predictions" | "calibration" | "exams":
            return Stack(*say, *_table(section))


def interval(low: float, middle: float, high: float, width: int = WIDTH) -> str:
    """Return a scale from 0 to 1 with an interval on it and its middle: `··━━━◆━━····`."""

    def cell(share: float) -> int:
        return min(max(int(share * width), 0), width - 1)

    first, at, last = cell(low), cell(middle), cell(high)
    return "".join(MIDDLE if n == at else INSIDE if first <= n <= last else OUTSIDE for n in range(width))


def _readiness(standing: Standing) -> Iterator[Visual]:
    for each in standing.ready:
        sign = (
            DONE if each.readiness.enough and each.readiness.low >= 0.5 else PARTLY if each.readiness.enough else OPEN
        )
        told = Content.assemble(plain(f"{chance(each)}. ", "bold"), plain(each.readiness.why, "$hushed"))
        yield Hanging(_lead(sign), Stack(plain(each.title), told))


def _objectives(standing: Standing) -> Iterator[Visual]:
    names = [f"{each.exam.upper()} {each.objective}" for each in standing.objectives]
    width = max(map(len, names), default=0)
    for name, each in zip(names, standing.objectives, strict=True):
        if each.of:
            scale = interval(each.low, each.estimate, each.high)
            words = f" {each.estimate:4.0%}, {each.low:.0%} to {each.high:.0%}"
        else:
            scale, words = OUTSIDE * WIDTH, "  not yet known"
        line = Content.assemble(plain(f"{name:{width}} "), plain(scale, "$accent"), plain(words))
        yield Spread(line, plain(f"{each.right} of {each.of}", "$hushed"))


def _bars(numbers: Mapping[date, int], today: date) -> Iterator[Visual]:
    most = max(numbers.values(), default=0)
    for day, number in numbers.items():
        filled = max(round(WIDTH * number / most), 1) if number else 0
        bar = plain(BAR_DONE * filled, "$accent")
        yield Content.assemble(plain(f"{day_named(day, today):<10} "), bar, plain(f"{' ' * bool(filled)}{number}"))


def _lessons(standing: Standing) -> Iterator[Visual]:
    for id, each in standing.lessons.items():
        sign, state = (DONE, "done") if each.done else (PARTLY, each.note) if each.begun else (OPEN, "not begun")
        yield Spread(_lead(sign) + plain(standing.titles[id]), plain(state, "$hushed"))


def _exercise(exercise: Exercise) -> Visual:
    sign = DONE if exercise.passed else PARTLY if exercise.attempts else OPEN
    head = Spread(_lead(sign) + plain(exercise.title), plain(state_of(exercise), "$hushed"))
    best, par = best_and_par(exercise)
    return Stack(head, Hanging(Content("  "), plain(f"best {best}; par {par}", "$hushed"))) if best != "-" else head


def _table(section: Section) -> Iterator[Visual]:
    """Yield the rows under their heads, in columns that stand under each other."""
    if section.rows:
        rows: Sequence[Sequence[str]] = (section.head, *section.rows)
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for number, row in enumerate(rows):
            line = "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
            yield plain(line.rstrip(), "$hushed" if number == 0 else "")


def _lead(sign: Sign) -> Content:
    return Content.assemble(sign.content, " ")
