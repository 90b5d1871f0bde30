"""What clients sent, as a plan: it can be graded, and plays what happened once more.

Reads are no part of it. A request that the service refused stays in, since its refusal is part of what happened, unless
a check would stop the whole plan because of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.characters import inert
from course.errors import one_line

if TYPE_CHECKING:
    from engine.aws.gateway.account import Account, Sent
    from engine.plan import Plan
    from engine.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """What was sent, once for people and once for the simulator."""

    text: str
    """A plan in YAML; comments say what is not in it."""
    plan: Plan
    """All that the run was asked for, refusals included: simulated, it gives the events of the run."""
    warnings: tuple[str, ...]
    """Why the text may not give them: sentences."""


def plan_of(account: Account) -> str:
    """Return what clients sent as the text of a plan."""
    return taken_down(account).text


def taken_down(account: Account) -> TakenDown:
    """Return what clients sent so far."""
    from engine.aws.calls import LATEST_S, MOST_REQUESTS, plain
    from engine.aws.translation.reading import READERS
    from engine.plan import Plan, Step
    from engine.spans import span

    world = account.live.world
    rows: list[_Row] = []
    left_out: list[str] = []
    for sent in account.sent:
        why = _never_came(sent)
        after_s = max(0.0, span(world.update_at_s, sent.t))
        if after_s > LATEST_S:
            why = "a plan does not last so long"
        if why:
            left_out.append(f"Not here: {sent.operation} {_at(sent, world)}: {why}.")
        else:
            rows.append(_Row(sent, after_s, plain(sent.request)))
    steps = tuple(Step(request=READERS[r.sent.operation](r.request), after_s=r.after_s) for r in rows)
    written, dropped = _taken(rows, world)
    left_out += [
        f"Not here: {row.sent.operation} {_at(row.sent, world)}: {REFUSED.format(row.sent.refused)}" for row in dropped
    ]
    early = sum(row.sent.t < world.update_at_s for row in rows)
    left_out += [f"Not here: {many} InvokeEndpoint of {name}: {CALLED}." for name, many in account.counted.items()]
    warnings = [one_line(each) for each in left_out]
    if early:
        warnings.append(EARLY.format(f"{world.update_at_s:g}", early))
    if any(_clean(row.request) != row.request for row in rows):
        warnings.append("Characters that no plan may hold stand here as signs.")
    if len(written) > MOST_REQUESTS:
        warnings.append(f"These are {len(written)} requests; a plan that is read holds at most {MOST_REQUESTS}.")
    head = [f"# {len(written)} of {len(account.sent)} requests that change something, as they were sent."]
    text = "\n".join([*head, *(f"# {each}" for each in warnings), *_lines(written)]) + "\n"
    return TakenDown(text=text, plan=Plan(steps), warnings=tuple(warnings))


CALLED = "a plan calls no endpoint, and this one has no other callers"
EARLY = "A plan begins with second {} of the run, and what came earlier stands at its beginning: {} of them."
REFUSED = "AWS refused it ({}), and a plan with it would be refused as a whole."


@dataclass(frozen=True, slots=True)
class _Row:
    """A request that the run was asked for."""

    sent: Sent
    after_s: float
    request: Mapping[str, Any]


def _never_came(sent: Sent) -> str:
    """Return why a request is nothing for a plan: it never came to the run, or no plan holds such ones."""
    from engine.aws.checking import check_request
    from engine.aws.translation.reading import READERS

    if sent.operation not in READERS:
        return "no plan holds such requests"
    if sent.refused and any(each.stops for each in check_request(sent.operation, sent.request)):
        return f"AWS refused it at once ({sent.refused}), so it changed nothing"
    return ""


def _at(sent: Sent, world: World) -> str:
    return f"at {sent.t - world.update_at_s:+.0f} s"


def _taken(rows: Sequence[_Row], world: World) -> tuple[list[_Row], list[_Row]]:
    """Return the rows that stand in the text, and those for which a check would refuse all of it."""
    from engine.aws.checking import stopped

    kept, dropped = list(rows), list[_Row]()
    while refused := {index for index, row in enumerate(kept) if row.sent.refused}:
        at_once = _at_once(kept)
        found = {_index(each.path, at_once) for each in stopped(_written(kept), world)}
        if not found:
            break
        wrong = refused & found or refused  # what would follow from one that was refused may be refused in a check
        dropped += [kept[index] for index in sorted(wrong)]
        kept = [row for index, row in enumerate(kept) if index not in wrong]
    return kept, dropped


def _index(path: Sequence[str | int], at_once: Sequence[_Row]) -> int:
    """Return which row a place of the written plan belongs to; -1 for none."""
    from engine.aws.calls import LATER

    if path[:1] == (LATER,) and len(path) > 1:
        return len(at_once) + int(path[1])
    same = [index for index, row in enumerate(at_once) if path and row.sent.operation == path[0]]
    number = path[1] if len(path) > 1 and len(same) > 1 else 0
    return same[int(number)] if same and isinstance(number, int) else -1


def _at_once(rows: Sequence[_Row]) -> Sequence[_Row]:
    """Return the first rows that a plan sends at once in just this order."""
    from engine.aws.calls import ORDER

    last = 0
    for count, row in enumerate(rows):
        place = ORDER.index(row.sent.operation)
        if row.after_s or place < last:
            return rows[:count]
        last = place
    return rows


def _written(rows: Sequence[_Row]) -> dict[str, Any]:
    """Return the rows as the data of a plan."""
    from engine.aws.calls import AFTER, LATER

    at_once = _at_once(rows)
    written: dict[str, Any] = {}
    for row in at_once:
        written.setdefault(row.sent.operation, []).append(_clean(row.request))
    written = {name: each[0] if len(each) == 1 else each for name, each in written.items()}
    later = [{AFTER: _short(row.after_s), row.sent.operation: _clean(row.request)} for row in rows[len(at_once) :]]
    return {**written, LATER: later} if later else written


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON-like data
    """Return the value with signs in the place of characters that a file must not hold."""
    if isinstance(value, dict):
        return {inert(key): _clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return inert(value) if isinstance(value, str) else value


def _short(seconds: float) -> float:
    return int(seconds) if seconds.is_integer() else seconds


def _lines(rows: Sequence[_Row]) -> Iterator[str]:
    from engine.aws.takeaway.yaml_lines import lines

    written = _written(rows)
    yield from lines(written) if written else ("{}",)
