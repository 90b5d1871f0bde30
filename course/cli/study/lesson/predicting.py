"""A run predicted line by line: the situation and the plan, what is asked, and afterwards what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from course.cli.study.lesson import prose
from labs.prediction import ASKED, Unreadable, Value, Values, in_words, judge, read

if TYPE_CHECKING:
    from course.cli.study.typed import Read
    from course.foretelling import Played
    from course.progress import PredictionProgress
    from course.syllabus import Prediction
    from labs.prediction import Part


def situation(prediction: Prediction, *, plain: bool) -> Iterator[str]:
    """Yield the situation and the plan."""
    yield from prose.lines(prediction.stem, plain=plain)
    yield ""
    text = prediction.plan_text.rstrip("\n").split("\n")
    yield f"The plan, {len(text)} lines of YAML:"
    yield from text
    yield "End of the plan."


def question(part: Part) -> str:
    """Return how a part is asked for, and what counts."""
    asked = ASKED[part]
    choice = " Promoted, rolled back, or neither?" if part == "ending" else ""
    return f"{asked.question}{choice} ({asked.counts[0].upper()}{asked.counts[1:]}.)"


def told_after(prediction: Prediction, said: Values, happened: Values, *, plain: bool) -> Iterator[str]:
    """Yield what was said beside what happened, and why it did."""
    for part, held in judge(prediction.asks, said, happened).items():
        verdict = "This held" if held else "This did not hold"
        yield (
            f"{ASKED[part].name}: you said {in_words(part, said[part])}, "
            f"and it was {in_words(part, happened[part])}. {verdict}."
        )
    yield ""
    yield from prose.lines(prediction.explain, plain=plain)


def ask(prediction: Prediction, reads: Read, so_far: PredictionProgress | None) -> Values | None:
    """Return what somebody types for each part; None if they leave."""
    if so_far is not None and so_far.attempts:
        held = sum(each is True for each in so_far.held.values())
        print(f"You have predicted this before: {held} of {len(so_far.held)} parts held.")
    said: dict[Part, Value] = {}
    for part in prediction.asks:
        print(f"\n{question(part)}")
        value = _typed(part, reads)
        if isinstance(value, Unreadable):
            return None
        said[part] = value
    return said


def _typed(part: Part, reads: Read) -> Value | Unreadable:
    """Return the first answer that can be read; what is unreadable only where they leave."""
    while (line := reads()) is not None and line.casefold() not in ("quit", "q"):
        value = read(part, line)
        if not isinstance(value, Unreadable):
            return value
        print(value.say)
    return Unreadable("")


def events(played: Played) -> Iterator[str]:
    """Yield what happened in the run, each thing with its minute."""
    sent = played.lab.world.update_at_s
    for event in played.run.events:
        if event.t >= sent:
            yield f"minute {(event.t - sent) / 60:.1f}: {event.say}"
