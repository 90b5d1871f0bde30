"""What a serverless variant costs: milliseconds of processing, data, and environments kept warm (spec inference 3.4).

Nothing is paid for while nobody asks, but for provisioned environments.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.requests.sagemaker import MEMORY_MB

ON_DEMAND_USD = {size: 0.00002 * size / 1024 for size in MEMORY_MB}
"""Per second of processing, us-east-1, by memory: AWS's toolkit `sagemaker-serverless-inference-benchmarking` of 2022;
2048 MB also by infracost, from AWS's price list."""
PROVISIONED_USD = {size: 0.0000233 * size / 2048 for size in MEMORY_MB}
"""Per second of processing in a provisioned environment: infracost, for 2048 MB; other sizes in proportion."""
KEPT_WARM_USD = {size: 0.00001 * size / 2048 for size in MEMORY_MB}
"""Per second in which an environment is provisioned, busy or not: infracost, for 2048 MB; others in proportion."""
DATA_USD_PER_GB = 0.016
"""In and out, both sources; here of what comes in only, since answers have no size."""
BYTES_PER_GB = 1e9
MS_PER_S = 1000


class Usage(NamedTuple):
    """What is billed, in whole milliseconds and bytes: sums are the same in whatever order they are made."""

    on_demand_ms: int = 0
    provisioned_ms: int = 0
    payload_bytes: int = 0

    def plus(self, other: Usage) -> Usage:
        """Return both together."""
        return Usage(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def cost(self, memory_mb: int) -> float:
        """Return the USD of it in environments of this size."""
        return (
            self.on_demand_ms * ON_DEMAND_USD[memory_mb] / MS_PER_S
            + self.provisioned_ms * PROVISIONED_USD[memory_mb] / MS_PER_S
            + self.payload_bytes * DATA_USD_PER_GB / BYTES_PER_GB
        )


def cost_kept_warm(memory_mb: int, slot_seconds: float) -> float:
    """Return the USD of environments that are provisioned for so long, all together."""
    return slot_seconds * KEPT_WARM_USD[memory_mb]
