"""The statistics of questions in plain lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from course.characters import in_one_line
from course.cli.present import counted
from course.cli.study.asking import gist

if TYPE_CHECKING:
    from quiz.items.drawn import Drawn
    from quiz.items.found import Found
    from quiz.items.item import ItemStatistics, Times
    from quiz.questions import Question

WIDTH = 80
SHOWN = 20
"""How many questions are told of that no pack has."""
LEVELS = {3: "probably wrong", 2: "look at it", 1: "worth a thought", 0: "nothing to say against them"}


def lines(
    learners: int,
    found: Sequence[ItemStatistics],
    questions: Mapping[str, Question],
    whole: Found,
    others: Sequence[tuple[str, int]],
) -> Iterator[str]:
    """Yield what is printed, in 80 columns: no column depends on another, so it can be read out."""
    yield f"{counted(learners, 'learner')}, {counted(len(found), 'question')} answered."
    yield from _wrapped(
        f"Reliability (KR-20): {whole.value:.2f}."
        if whole.value is not None
        else f"Reliability (KR-20): none, {whole.why}."
    )
    level = None
    for each in found:
        if each.severity != level:
            level = each.severity
            those = [item for item in found if item.severity == level]
            yield ""
            yield f"{LEVELS[level].capitalize()}: {len(those)}"
        yield ""
        yield from _item(each, questions[each.item])
    if others:
        yield ""
        yield from _wrapped(f"In no pack, so removed or of a pack that is not here: {counted(len(others), 'question')}")
        for id, learners in others[:SHOWN]:
            yield f"  {in_one_line(id)[:60]}: {counted(learners, 'learner')}"
        if len(others) > SHOWN:
            yield f"  and {len(others) - SHOWN} more"


def _item(each: ItemStatistics, question: Question) -> Iterator[str]:
    yield from _wrapped(f"{each.item}: {gist(question.stem)}", "", "    ")
    for reason in each.reasons:
        yield from _wrapped(f"! {reason.say}", "  ", "    ")
    low, high = each.first.interval
    yield from _wrapped(
        f"right at first: {each.first.right} of {each.first.of}, {100 * each.first.share:.0f} % "
        f"(95 %: {100 * low:.0f} to {100 * high:.0f} %); revision {each.revision}"
    )
    yield from _wrapped(
        f"discrimination: {_told(each.discrimination)}; upper less lower 27 %: {_told(each.upper_lower)}"
    )
    time = each.times
    took = (
        f"time: {time.median:.0f} s ({time.first_quartile:.0f} to {time.third_quartile:.0f} s)" if time else "time: -"
    )
    yield from _wrapped(f"{took}; hints per answer: {each.hints:.1f}")
    if each.changed:
        yield from _wrapped(each.changed)
    for part in each.seeds:
        yield from _wrapped(f"seeds {part.low} to {part.high}: {part.first.right} of {part.first.of} right")
    for option in each.drawn:
        yield from _wrapped(_drawn(option), "    ", "      ")


def _took(times: Times | None) -> str:
    if times is None:
        return "not written down"
    return f"{times.median:.0f} s ({times.first_quartile:.0f} to {times.third_quartile:.0f} s)"


def _drawn(option: Drawn) -> str:
    name = option.text if option.id == option.text else f"{option.id}, {' '.join(option.text.split())}"
    who = ""
    if option.upper is not None and option.lower is not None:
        who = f" (stronger third {100 * option.upper:.0f} %, weaker {100 * option.lower:.0f} %)"
    shown = name if len(name) <= 2 * WIDTH else f"{name[: 2 * WIDTH]}…"
    return f"{'key' if option.key else 'not'}: {option.count}{who}: {shown}"


def _told(figure: Found) -> str:
    return f"{figure.value:.2f}" if figure.value is not None else f"none, {figure.why}"


def _wrapped(text: str, first: str = "  ", later: str = "    ") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
