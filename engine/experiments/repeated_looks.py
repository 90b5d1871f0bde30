"""What looking several times does to the rate of false alarms, and the bounds that keep it (spec inference 8.1).

Equally spaced looks at a sum of normal variables: the recursion of Armitage, McPherson and Rowe, *Journal of the Royal
Statistical Society A* 132, 1969; bounds of Pocock, *Biometrika* 64, 1977, and of O'Brien and Fleming, *Biometrics* 35,
1979.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
NODES = 128
"""Of the integral at each look: with twice as many the eighth digit stays the same."""
PRECISION = 1e-7
"""Of a bound that is searched for."""
FARTHEST = 9.0
"""Standard deviations beyond which nothing is integrated: less than 1e-18 lies there."""


def false_alarm_rate(bounds: Sequence[float]) -> float:
    """Return how often |z| passes its bound at one look at least although there is no difference.

    `bounds` are those of the looks in their order; all of them 1.96 is what peeking at p < .05 means.
    """
    kept = 1.0
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    points: Floats = np.zeros(1)
    mass: Floats = np.ones(1)
    for look, bound in enumerate(bounds, 1):
        reach = min(bound, FARTHEST) * math.sqrt(look)
        new = nodes * reach
        density = np.exp(-((new[:, None] - points[None, :]) ** 2) / 2) @ mass / math.sqrt(2 * math.pi)
        points, mass = new, density * weights * reach
        kept = float(mass.sum())
    return 1 - kept


def false_alarm_rate_of_peeking(looks: int, alpha: float = 0.05) -> float:
    """Return how often an experiment that is looked at so many times shows p < alpha at least once, by chance."""
    return false_alarm_rate([NormalDist().inv_cdf(1 - alpha / 2)] * looks)


def pocock_bounds(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """Return the bound of |z|, the same at each look."""
    return _calibrated(lambda height: [height] * looks, alpha)


def obrien_fleming_bounds(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """Return the bounds of |z|: high at first, and at the last look nearly that of a single one."""
    return _calibrated(lambda height: [height * math.sqrt(looks / look) for look in range(1, looks + 1)], alpha)


def _calibrated(shape: Callable[[float], list[float]], alpha: float) -> tuple[float, ...]:
    """Return the bounds of that shape whose rate of false alarms is alpha."""
    low, high = 0.0, FARTHEST
    while high - low > PRECISION:
        middle = (low + high) / 2
        low, high = (middle, high) if false_alarm_rate(shape(middle)) > alpha else (low, middle)
    return tuple(shape(high))
