"""What the learner has marked, and what they have written down, by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from course.folds.fold import Fold
from course.history import Event


@dataclass(frozen=True, slots=True)
class Marks:
    """Bookmarks and notes, by the names of their places."""

    on: Mapping[str, datetime] = field(default_factory=dict)
    """What is marked, and since when; in the order in which it was marked."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """The last text that was written at each place; an empty one is no note."""

    def sign(self, place: str) -> str:
        """Return what is said of a place in one or two words; empty for nothing."""
        said = ("★" if place in self.on else "", "note" if place in self.notes else "")
        return " ".join(part for part in said if part)


def page(lesson: str, step: int) -> str:
    """Return the name of a step of a lesson, counted from 0."""
    return f"lesson:{lesson}#{step}"


def run(lab: str, release: str, seed: int) -> str:
    """Return the name of a run of a lab."""
    return f"run:{lab}/{release}/{seed}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is marked, as its name tells."""

    kind: str
    """`lesson`, `question`, `term`, `lab`, `incident` or `run`."""
    id: str
    """Of the lesson, the question, the term, the lab or the incident."""
    step: int = 0
    """Of the lesson."""
    release: str = ""
    seed: str = ""


def spot_named(name: str) -> Spot | None:
    """Return the place of this name; None for what this program does not know."""
    kind, _, id = name.partition(":")
    if kind == "lesson":
        lesson, _, step = id.partition("#")
        return Spot(kind, lesson, int(step) if step.isdecimal() and len(step) < 5 else 0) if lesson else None
    if kind == "run":
        lab, _, rest = id.partition("/")
        release, _, seed = rest.partition("/")
        return Spot(kind, lab, release=release, seed=seed) if lab and release else None
    return Spot(kind, id) if kind in ("question", "term", "lab", "incident") and id else None


def continued(before: Marks, events: Iterable[Event]) -> Marks:
    """Return the marks after more events. They were not learned: of all resets, only that of `all` takes them away."""
    on, notes = dict(before.on), dict(before.notes)
    for event in events:
        place = event.subject
        if event.kind == "reset" and place == "all":
            on, notes = {}, {}
        elif event.kind == "marked" and isinstance(event.data.get("on"), bool):
            on.pop(place, None)
            if event.data["on"]:
                on[place] = event.at
        elif event.kind == "noted" and isinstance(event.data.get("text"), str):
            notes.pop(place, None)
            if event.text("text").strip():
                notes[place] = event.text("text")
    return Marks(on, notes)


def _written(marks: Marks) -> dict[str, Any]:
    return {"on": {place: at.isoformat() for place, at in marks.on.items()}, "notes": dict(marks.notes)}


def _read(data: dict[str, Any]) -> Marks:
    on = {place: datetime.fromisoformat(at) for place, at in data["on"].items()}
    return Marks(on, dict(data["notes"]))


MARKS: Fold[Marks] = Fold("marks", 1, Marks(), continued, _written, _read)
