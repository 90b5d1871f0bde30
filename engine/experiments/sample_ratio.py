"""Did each arm get the share of the traffic that it was to have? If not, routing or logging is broken and the result
is not read (spec inference 8.1; Fabijan and others, *Diagnosing Sample Ratio Mismatch*, KDD 2019).
"""

from __future__ import annotations

import math


def sample_ratio_p_value(first: int, second: int, share_of_first: float = 0.5) -> float:
    """Return how likely a split at least as uneven is by chance, by the chi-square test with one degree of freedom.

    ValueError without any observation or for a share outside (0, 1).
    """
    total = first + second
    if total <= 0 or not 0 < share_of_first < 1:
        raise ValueError(f"observations and a share between 0 and 1 are needed, got {total} and {share_of_first}")
    expected = total * share_of_first
    chi_square = (first - expected) ** 2 / expected + (second - (total - expected)) ** 2 / (total - expected)
    return math.erfc(math.sqrt(chi_square / 2))
