"""A table to play with: a row of points, and what several controllers make of it. A block of pages, as in `exhibit`."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bounds import Bounded, bounded
from engine.cloudwatch.decision import parse_row
from engine.deciders.argo_rollouts import ArgoRollouts
from engine.deciders.cloudwatch import CloudWatch
from engine.deciders.flagger import Flagger
from engine.deciders.kayenta import Kayenta
from engine.deciders.table import Settings
from engine.deciders.verdict import Row

MOST_POINTS = 10
"""Of a row: more do not stand beside their names and verdicts on 80 columns."""


def _row_problem(row: str) -> str | None:
    """Return what is wrong with a row of points as it is written, or None."""
    try:
        points = parse_row(row)
    except ValueError as error:
        return str(error)
    return None if len(points) <= MOST_POINTS else f"has {len(points)} points, and {MOST_POINTS} are the most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciders(Bounded):
    """A row of points that the learner changes, and what several controllers make of it."""

    title: str
    row: str = bounded(rule=_row_problem)
    """To begin with, such as `0 X X - X 0`: 0 is good, X is bad, - did not come."""
    argo_rollouts: ArgoRollouts
    flagger: Flagger
    cloudwatch: CloudWatch
    kayenta: Kayenta = Kayenta()

    @property
    def points(self) -> Row:
        """The row to begin with."""
        return parse_row(self.row)

    @property
    def settings(self) -> Settings:
        """How each controller is set."""
        return Settings(
            argo_rollouts=self.argo_rollouts, flagger=self.flagger, cloudwatch=self.cloudwatch, kayenta=self.kayenta
        )
