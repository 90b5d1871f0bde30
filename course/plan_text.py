"""A plan as it is worked on, as values: its text, what there is to say of it, and its fields in a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # a text can be shown without the simulator
    from engine.plan import Plan

Severity = Literal["client", "service", "not-simulated", "advice"]
"""Refused by AWS's client; refused by the service; AWS acts on it and the simulation does not; accepted although it
cannot work as meant."""


Form = Literal["cli", "boto3", "cloudformation", "terraform", "cdk"]
"""In what form a plan can be taken to real AWS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about a plan, where it stands in the text."""

    line: int
    """From 1."""
    column: int
    """From 1."""
    path: str
    """The place in the request, such as `UpdateEndpoint.DeploymentConfig.BlueGreenUpdatePolicy`."""
    severity: Severity
    say: str
    """What is wrong and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAs:
    """What stands in place of a plan, such as a template, read as one."""

    what: str
    """Such as `a CloudFormation template`."""
    text: str
    """The plan's; empty where what was given tells no request."""
    say: tuple[str, ...]
    """What it was, and then what of it is left out: sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPlan:
    """A plan's text, what there is to say of it, and its value if it can be run."""

    text: str
    findings: tuple[Finding, ...]
    plan: Plan | None
    read_as: ReadAs | None = None
    """How what is no plan is read as one, for whoever asks for that."""

    @property
    def ok(self) -> bool:
        """Can it be run? Not if AWS would refuse it, or if the simulation lacks what it cannot do without."""
        return self.plan is not None


Trail = tuple[str | int, ...]
"""The keys and indexes that lead to a value of a plan, from its top."""
FieldValue = str | int | float | bool
FieldKind = Literal["text", "whole number", "number", "true or false", "list"]
"""A list has no value of its own: entries can be added to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One value of a plan, as a form shows it."""

    trail: Trail
    group: str
    """The request that it belongs to, such as `Alarm v2-errors`."""
    name: str
    value: FieldValue | None
    """None if it is not there; writing it inserts it."""
    kind: FieldKind
    choices: tuple[str, ...] = ()
    """All that is possible; empty where any value is."""
    suggestions: tuple[str, ...] = ()
    allowed: str = ""
    """What may stand here, in words: `a whole number, 0 to 3600`."""
    about: str = ""
    """What it means and what fits, in one line."""
    entries: int = 0
    """Of a list: how many it has."""
    is_strategy: bool = False
    """Does it stand for an update's policy and Type together? Other fields come and go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What could be written at a place."""

    word: str
    insert: str
    """What to put into the text for it, such as `Period: `; it may have several lines."""
    about: str = ""
    """What it means, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completions:
    """All that could be written where the cursor stands."""

    line: int
    """From 1."""
    start: int
    """The column, from 1, in which the word begins that they take the place of."""
    end: int
    """The column behind it."""
    options: tuple[Completion, ...]
    standing: int = 0
    """Which of them stands there; the first if none does."""
