"""What can be done in a pack, each with its revision: what is told of one that replaces another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from course.content.files.revisions import revisions_of
from course.content.pack import Pack

Revisions = Mapping[str, int]
"""By name, such as `question:canary-order`; 1 where the file says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What another version of a pack changes, by names as of `Revisions`, in the order of the packs."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    raised: tuple[str, ...]
    """Whose revision went up: they count anew."""
    lowered: tuple[str, ...]
    """Whose revision went down."""

    def touching(self, done: frozenset[str]) -> tuple[str, ...]:
        """Return those of what was done that are gone or count anew."""
        return tuple(name for name in (*self.gone, *self.raised) if name in done)


def changes(before: Revisions, after: Revisions) -> Changes:
    """Compare two versions."""
    both = [name for name in before if name in after]
    return Changes(
        gone=tuple(name for name in before if name not in after),
        new=tuple(name for name in after if name not in before),
        raised=tuple(name for name in both if before[name] < after[name]),
        lowered=tuple(name for name in both if before[name] > after[name]),
    )


def revisions(pack: Pack) -> Revisions:
    """Return those of everything that a learner does, practice included; ContentError if the outline is wrong."""
    entries = pack.course.lessons.values()
    return dict(each for entry in entries for each in revisions_of(pack.folder, entry, practice=True))
