"""Whether a resource that is an endpoint means one that is there, or one that is to come: files do not say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """What there is for whoever reads resources."""

    updates: bool
    """Is there an endpoint already, so that one of a name that nobody knows was probably meant for that one?"""
    there: tuple[str, ...] = ()
    """The names of those that are there."""
    expected: tuple[str, ...] = ()
    """The names of those that may come."""

    def operation(self, name: object, beside: Collection[object] = ()) -> str:
        """Return the operation that a resource of this name stands for, `beside` resources of these names: who names
        one that is known means another one by another name."""
        known = (*self.there, *self.expected)
        if name in self.there or not (name in known or any(each in known for each in beside) or not self.updates):
            return "UpdateEndpoint"
        return "CreateEndpoint"
