"""Where a request fails, if it does: refused by AWS's client, by its service, accepted and useless, or sound.

Each question is about lines of one sound plan, changed one at a time; `changes` holds them, and what becomes of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from quiz.computed.changes import CHANGES, NEEDED, OPTIONAL, RANGES, WORDS, Change, Verdict, judged, of_change
from quiz.computed.computed import Figures


def where(change: int) -> Figures | None:
    """Return where a request with one changed line fails.

    `line` is the line and `operation` its request, `right` the verdict, `wrong_1` to `wrong_3` the other three, and
    `because` the reason.
    """
    place = change % len(CHANGES)
    changed, (verdict, because) = CHANGES[place], of_change(place)
    others = [text for name, text in WORDS.items() if name != verdict]
    wrong = {f"wrong_{k}": text for k, text in enumerate(others, 1)}
    return {"line": changed.line, "operation": changed.operation, "right": WORDS[verdict], "because": because, **wrong}


def in_range(field: str, draw: int) -> Figures | None:
    """Return four values of one field: `right` is accepted, `client_1` is refused by the client, `service_1` and
    `service_2` by the service, each with its reason (`right_says` and so on)."""
    path, values = RANGES[field]
    found: dict[str, list[tuple[object, str]]] = {}
    for value in Random(draw).sample(values, len(values)):
        verdict, because = judged(Change("UpdateEndpoint", path, value))
        found.setdefault(verdict, []).append((value, because))
    chosen = {
        "right": found["sound"][0],
        "client_1": found["client"][0],
        "service_1": found["service"][0],
        "service_2": found["service"][1],
    }
    return {"name": field, **{name: f"{value}" for name, (value, _) in chosen.items()}} | {
        f"{name}_says": because for name, (_, because) in chosen.items()
    }


def some(draw: int, verdict: str, count: int) -> Figures | None:
    """Return five changed lines, of which `count` have this verdict: `hit_1` and so on, and `miss_1` and so on for
    the others, of other fields each, with reasons (`hit_1_says`)."""
    hits: list[tuple[str, str]] = []
    misses: list[tuple[str, str]] = []
    for change, found, because in _of_different_fields(draw):
        if found == verdict and len(hits) < count:
            hits.append((change.line, f"{because}"))
        elif found != verdict and len(misses) < 5 - count:
            misses.append((change.line, f"{WORDS[found]}. {because}"))
    if len(hits) < count or len(misses) < 5 - count:
        return None
    figures = {f"{name}_{k}": line for name, rows in _named(hits, misses) for k, (line, _) in enumerate(rows, 1)}
    return figures | {
        f"{name}_{k}_says": why for name, rows in _named(hits, misses) for k, (_, why) in enumerate(rows, 1)
    }


def _named(hits: list[tuple[str, str]], misses: list[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "hit", hits
    yield "miss", misses


def one_of_each(draw: int) -> Figures | None:
    """Return a line for each verdict, `client_line` to `sound_line`, with reasons (`client_says`), and the verdicts'
    names `client` to `sound`."""
    found: dict[str, tuple[str, str]] = {}
    for change, verdict, because in _of_different_fields(draw):
        found.setdefault(verdict, (f"{change.operation}, {change.line}", because))
    if len(found) < len(WORDS):
        return None
    lines = {f"{verdict}_line": line for verdict, (line, _) in found.items()}
    return {**lines, **{f"{verdict}_says": say for verdict, (_, say) in found.items()}, **dict(WORDS.items())}


def _of_different_fields(draw: int) -> Iterator[tuple[Change, Verdict, str]]:
    """Yield changes in an order by chance, one of each field."""
    seen: set[str | int] = set()
    for place in Random(draw).sample(range(len(CHANGES)), len(CHANGES)):
        change = CHANGES[place]
        if change.path[-1] not in seen:
            seen.add(change.path[-1])
            yield (change, *of_change(place))


def left_out(draw: int) -> Figures | None:
    """Return four fields: the client sends the request without `free`, and not without `needed_1` to `needed_3`. Each
    has the reason (`free_says`), and `free` says what becomes of the request then."""
    chance = Random(draw)
    fields = [*chance.sample(OPTIONAL, 1), *chance.sample(NEEDED, 3)]
    found = [(f"{each.path[-1]} of {each.operation}", *judged(each)) for each in fields]
    free = [(name, f"{WORDS[verdict]}. {why}") for name, verdict, why in found if verdict != "client"]
    needed = [(name, why) for name, verdict, why in found if verdict == "client"]
    if len(free) != 1:
        return None
    figures = {"free": free[0][0], "free_says": free[0][1]}
    for k, (name, why) in enumerate(needed, 1):
        figures |= {f"needed_{k}": name, f"needed_{k}_says": why}
    return dict(figures)


MESSAGES: Mapping[str, str] = {
    "Missing required parameter": "Missing required parameter ...",
    "Unknown parameter": "Unknown parameter ..., must be one of ...",
    "Invalid type": "Invalid type for parameter ...",
    "valid min value": "Invalid value for parameter ..., valid min value ...",
    "satisfy enum value set": "... Member must satisfy enum value set ...",
    "less than or equal to": "... Member must have value less than or equal to ...",
    "regular expression": "... Member must satisfy regular expression pattern ...",
}
"""How messages of client and service are told apart, and how they are shown."""


def messages(draw: int) -> Figures | None:
    """Return four lines, `line_1` to `line_4`, the message that each one gets (`message_1`), who says so (`by_1`), and
    a message that belongs to none of them, `other`."""
    found: dict[str, tuple[str, Verdict]] = {}
    for change, verdict, because in _of_different_fields(draw):
        shown = [text for mark, text in MESSAGES.items() if mark in because]
        if verdict in ("client", "service") and shown:
            found.setdefault(shown[0], (f"{change.operation}, {change.line}", verdict))
    left = [text for text in MESSAGES.values() if text not in found]
    if len(found) < 4:
        return None
    figures = {"other": (left + list(found)[4:])[0]}
    for k, (message, (line, verdict)) in enumerate(list(found.items())[:4], 1):
        figures |= {f"line_{k}": line, f"message_{k}": message, f"by_{k}": verdict}
    return dict(figures)
