"""What can go wrong in the engine.

EngineError
├── WrongValues      a value object was given numbers or words that it cannot hold
└── RefusedRequest   the simulated service refuses a request, as AWS would
"""

from __future__ import annotations

from dataclasses import dataclass


class EngineError(Exception):
    """The root; never raised itself."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One field that cannot hold what it was given."""

    field: str
    """The field's name, as in YAML."""
    say: str
    """What is wrong and what would be right."""


class WrongValues(EngineError, ValueError):
    """All fields of one value object that are out of bounds, at once."""

    def __init__(self, owner: str, wrongs: tuple[Wrong, ...]) -> None:
        super().__init__(f"{owner}: " + "; ".join(f"{wrong.field} {wrong.say}" for wrong in wrongs))
        self.wrongs = wrongs


class RefusedRequest(EngineError):
    """The service's answer to a request that it does not carry out."""

    def __init__(self, code: str, message: str, *, status: int = 400, say: str | None = None) -> None:
        """`message` is AWS's own, which may be empty; `say` tells people more where it says too little."""
        self.code = code
        self.message = message
        self.status = status
        self.say = message if say is None else say
        super().__init__(f"{code}: {self.say}")
