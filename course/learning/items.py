"""What is remembered, item by item: questions, terms of the glossary, and goals of labs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["question", "term", "goal"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be due for review."""

    kind: Kind
    id: str
    """Of the question or the term; `lab/goal` for a goal."""

    @property
    def name(self) -> str:
        """How it is written in events, such as `question:canary-order`."""
        return f"{self.kind}:{self.id}"


def item_named(name: str) -> Item | None:
    """Return the item that an event names; None for what this program does not know."""
    kind, colon, id = name.partition(":")
    match kind:
        case "question" | "term" | "goal" if colon and id:
            return Item(kind, id)
        case _:
            return None
