"""A grade as other programs may rely on it, and as the history keeps it, so that it can be replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from labs.exercise import record

if TYPE_CHECKING:
    from engine.run import Outcome
    from labs.grade import Grade


def view(grade: Grade) -> dict[str, Any]:
    """Return a grade as plain JSON values."""
    moments = [moment.told for moment in grade.moments]
    written = asdict(grade) | {"goals": record.goal_views(grade), "moments": moments}
    for results in (written["releases"], *written["compared"].values()):
        for result in results.values():
            result["outcomes"] = dict.fromkeys(COUNTED, 0) | result["outcomes"]
            if not result["measured"]:
                del result["measured"]  # what was kept before there was such a thing is still the same
    plain: dict[str, Any] = json.loads(json.dumps(written, allow_nan=False))
    return plain


COUNTED: tuple[Outcome, ...] = ("promoted", "rolled-back", "timed-out")
"""Outcomes that are counted even where there were none; programs need not ask whether the count is there."""


def kept(grade: Grade, text: str, *, revision: int, version: str, script: str = "") -> dict[str, Any]:
    """Return what the history keeps; with the plan's text and the seeds it can be graded again.

    A `script` has sent another plan in each run, of which the text is the first.
    """
    own = {"score": grade.score, "text": text, "seeds": list(grade.seeds)} | ({"script": script} if script else {})
    return record.kept(grade, view(grade), revision=revision, version=version, **own)


def same(before: object, now: Mapping[str, Any]) -> bool:
    """Is it the same verdict? The best earlier plan that once stood beside it does not count."""
    return isinstance(before, Mapping) and _without_best(before) == _without_best(now)


def _without_best(grade: Mapping[str, Any]) -> dict[str, Any]:
    compared = grade.get("compared", {})
    return {**grade, "compared": {name: results for name, results in compared.items() if name != "best"}}
