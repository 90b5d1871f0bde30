"""What a question file says of figures: which function works them out, and what it may be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Figure = float | str
"""A number or a text that is put into a question."""
Figures = Mapping[str, Figure]
"""By name: what `{name}` becomes in the texts of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Whole numbers from one to another, both included."""

    from_: int
    """The first one."""
    to: int
    """The last one."""
    step: int = 1
    """From one to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """Where the figures of a question come from."""

    from_: str
    """The name of a function in `quiz.computed.families`."""
    over: Mapping[str, Span | tuple[object, ...]]
    """What each of its parameters may be."""

    @property
    def choices(self) -> Mapping[str, Sequence[object]]:
        """The values of each parameter."""
        return {name: _values(each) for name, each in self.over.items()}


def _values(given: Span | tuple[object, ...]) -> Sequence[object]:
    return range(given.from_, given.to + 1, max(1, given.step)) if isinstance(given, Span) else given
