"""A run foretold: what is asked before it, what may be said, and which parts of the prediction held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Part = Literal["ending", "minute", "harmed", "missed"]
PARTS: tuple[Part, ...] = get_args(Part)
Ending = Literal["promoted", "rolled-back", "neither"]
ENDINGS: tuple[Ending, ...] = get_args(Ending)

Value = str | float | None
"""An ending, a number, or None: never."""
Values = Mapping[Part, Value]
"""What was said before a run, or what came of it; plain data, as a history keeps it."""

MINUTES = 2.0
"""So far a prediction of the minute may be off: launches and metrics take longer on one day than on another."""
FACTOR = 2.0
"""So far a prediction of a count may be off: whoever has the order of magnitude has understood the run."""
LONGEST = 12
"""Characters of a number that somebody types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a part is asked for."""

    question: str
    counts: str
    """What is near enough."""
    name: str
    example: str = ""
    """What may be typed; empty where one of the endings is chosen."""


ASKED: Mapping[Part, Asked] = {
    "ending": Asked(
        name="The ending",
        question="How does it end?",
        counts="neither: it is refused, times out or fails, or nothing is updated",
    ),
    "minute": Asked(
        name="The minute",
        question="How many minutes after the plan is sent is it decided?",
        counts=f"by an alarm, or else at its end; within {MINUTES:g} minutes; it may be never",
        example="such as 12; - is never",
    ),
    "harmed": Asked(
        name="The harm",
        question="How many requests does it harm?",
        counts=f"beyond what goes wrong anyway; within a factor of {FACTOR:g}, and 0 only by 0",
        example="a number such as 250",
    ),
    "missed": Asked(
        name="The misses",
        question="How many requests get no good answer in time?",
        counts=f"in the whole run, those turned away too; within a factor of {FACTOR:g}, and 0 only by 0",
        example="a number such as 250",
    ),
}


def asked_before_runs(expected: Iterable[str]) -> tuple[Part, ...]:
    """Return what is asked before a run in a lab whose releases are `expected` to end so; where they are only served,
    nothing is promoted or rolled back."""
    return ("missed",) if "served" in set(expected) else ("ending", "harmed")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is no answer."""

    say: str


def read(part: Part, text: str) -> Value | Unreadable:
    """Return what somebody typed for a part."""
    typed = text.strip().casefold()
    match part:
        case "ending":
            return _ending(typed)
        case "minute" if typed in ("never", "-"):
            return None
        case "minute":
            number = _number(typed.replace(",", "."))
            return Unreadable("Give minutes, such as 12 or 7.5, or never.") if number is None else number
        case _:
            number = _number(typed.replace(",", "").replace(" ", ""))
            if number is None or number != int(number):
                return Unreadable("Give a whole number, such as 250, or 0.")
            return int(number)


def _ending(typed: str) -> Value | Unreadable:
    meant = [ending for ending in ENDINGS if typed and ending.startswith(typed.replace(" ", "-"))]
    return meant[0] if len(meant) == 1 else Unreadable("Say promoted, rolled back or neither.")


def _number(typed: str) -> float | None:
    """Return a number that is at least 0, written in digits alone; None for anything else."""
    digits = typed.replace(".", "", 1)
    if not (digits.isascii() and digits.isdecimal() and len(typed) <= LONGEST):
        return None
    return float(typed)


def judge(asks: Iterable[Part], said: Values, happened: Values) -> dict[Part, bool]:
    """Return which of the parts held; whoever said nothing of a part did not foretell it."""
    return {part: part in said and _holds(part, said[part], happened[part]) for part in asks}


def _holds(part: Part, said: Value, happened: Value) -> bool:
    match said, happened:
        case int() | float(), int() | float() if part == "minute":
            return abs(said - happened) <= MINUTES
        case int() | float(), int() | float() if said and happened:
            return happened / FACTOR <= said <= happened * FACTOR
        case _:
            return said == happened


def is_dull(asks: Iterable[Part], happened: Values) -> bool:
    """Does nothing happen in any of the parts that are asked for?"""
    return all(happened[part] in (None, 0, "neither") for part in asks)


def in_words(part: Part, value: Value) -> str:
    """Return what was said or what happened, in a few words."""
    match part, value:
        case "ending", _:
            return str(value).replace("-", " ")
        case _, None:
            return "never"
        case "minute", int() | float():
            return f"minute {value:.1f}".removesuffix(".0")
        case _, int() | float():
            return f"{value:,.0f} request{'' if value == 1 else 's'}"
        case _:
            return str(value)
