"""Instance types and what they cost, in us-east-1 (spec inference 6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from engine.bounds import Spelt
from engine.catalogue.file import Source, source, whole_file


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceType:
    """What one instance of a type has; None for what is not known."""

    name: str
    vcpus: int | None
    memory_gib: float | None
    accelerators: int | None
    """0 for a type without any."""
    accelerator: str | None
    accelerator_gib: float | None
    """Of each of them."""
    network_gbit: str | None
    """As AWS words it, such as `to 10`."""
    hardware_source: Source | None
    usd_per_hour: float | None
    price_source: Source | None
    note: str | None
    """What else is said of the price."""

    @property
    def is_price_verified(self) -> bool:
        """Does somebody vouch for the price who asked AWS?"""
        return self.price_source is not None and self.price_source.verified


def instance_type(name: str) -> InstanceType | None:
    """Return what is known of a type; None for one that is not in the catalogue."""
    return instance_types().get(name)


@cache
def instance_types() -> Mapping[str, InstanceType]:
    """Return all types by name."""
    return {
        row["type"]: InstanceType(
            name=row["type"],
            vcpus=row["vcpus"],
            memory_gib=row["memory_gib"],
            accelerators=row["accelerators"],
            accelerator=row.get("accelerator"),
            accelerator_gib=row.get("accelerator_gib"),
            network_gbit=row["network_gbit"],
            hardware_source=source(row["hardware_source"]),
            usd_per_hour=row["usd_per_hour"],
            price_source=source(row["price_source"]),
            note=row.get("note"),
        )
        for row in whole_file()["instance_types"]
    }


def usd_per_hour(name: str, own: Mapping[str, float] | None = None) -> float | None:
    """Return what an instance costs an hour, `own` prices before those of the catalogue; None if nobody knows."""
    if own is not None and name in own:
        return own[name]
    known = instance_type(name)
    return None if known is None else known.usd_per_hour


no_types = Spelt(r"ml\.[a-z0-9-]{1,30}\.[a-z0-9-]{1,30}", "must be a type such as ml.m5.large")
"""Says what is wrong with the first name that no instance type could have."""
