"""What an instance has to work with: by the catalogue, and by a world that adds types or knows them better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.bounds import Bounded, bounded
from engine.catalogue.instances import instance_type

GPU_TYPES = ("ml.g", "ml.p")
"""How the names of instance types with a GPU begin; an Inferentia is none, and publishes no GPU metrics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware(Bounded):
    """What one instance of a type has; None for what is not known, or not said otherwise than in the catalogue."""

    vcpus: int | None = bounded(None, low=1, high=4096)
    """How many it has."""
    gpus: int | None = bounded(None, low=0, high=64)
    """How many it has."""
    memory_gib: float | None = bounded(None, above=0, high=1_000_000)
    """Of RAM."""


def hardware(name: str, own: Mapping[str, Hardware] | None = None) -> Hardware:
    """Return what an instance of the type has, `own` figures before those of the catalogue.

    A type that is called like those with a GPU has one at least.
    """
    said, known = (own or {}).get(name, Hardware()), instance_type(name)
    gpus = (known.accelerators if known else None) or 1 if name.startswith(GPU_TYPES) else 0
    return Hardware(
        vcpus=said.vcpus if said.vcpus is not None else known.vcpus if known else None,
        gpus=said.gpus if said.gpus is not None else gpus,
        memory_gib=said.memory_gib if said.memory_gib is not None else known.memory_gib if known else None,
    )
