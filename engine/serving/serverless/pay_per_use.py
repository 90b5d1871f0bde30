"""What a serverless variant costs: milliseconds of processing, data, and environments kept warm (spec inference 3.4).

Nothing is paid for while nobody asks, but for provisioned environments.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.catalogue.money import rates

PRICED_MB = 2048
"""Of provisioned environments only this size has a price; others are taken in proportion (spec inference 3.4)."""
BYTES_PER_GB = 1e9
MS_PER_S = 1000


class Usage(NamedTuple):
    """What is billed, in whole milliseconds and bytes: sums are the same in whatever order they are made.

    Data is paid for in and out; here what comes in alone, since answers have no size.
    """

    on_demand_ms: int = 0
    provisioned_ms: int = 0
    payload_bytes: int = 0

    def plus(self, other: Usage) -> Usage:
        """Return both together."""
        return Usage(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def cost(self, memory_mb: int) -> float:
        """Return the USD of it in environments of this size."""
        usd = rates()
        return (
            self.on_demand_ms * usd[f"serverless-second-{memory_mb}"] / MS_PER_S
            + self.provisioned_ms * _in_proportion("provisioned-inference-second", memory_mb) / MS_PER_S
            + self.payload_bytes * usd["serverless-gb"] / BYTES_PER_GB
        )


def cost_kept_warm(memory_mb: int, slot_seconds: float) -> float:
    """Return the USD of environments that are provisioned for so long, all together."""
    return slot_seconds * _in_proportion("provisioned-second", memory_mb)


def _in_proportion(name: str, memory_mb: int) -> float:
    return rates()[f"{name}-{PRICED_MB}"] * memory_mb / PRICED_MB
