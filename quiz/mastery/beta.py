"""The Beta distribution, exact to about nine digits and without numpy: a quiz is there before that is loaded.

Its distribution function is the regularized incomplete beta function I_x(a, b), by its continued fraction (NIST Digital
Library of Mathematical Functions 8.17.22), evaluated by Lentz's method (Numerical Recipes, 3rd edition, 5.2 and 6.4).
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_TINY = 1e-300
"""In the place of a zero that would be divided by."""
_TERMS = 10_000
"""Never reached: about the root of max(a, b) are needed."""
_STEPS = 100
"""Halving alone would take 50; Newton takes about 6."""


def below(x: float, a: float, b: float) -> float:
    """Return the probability that a Beta(a, b) variable is at most x: I_x(a, b). ValueError unless a, b > 0."""
    if a <= 0.0 or b <= 0.0:
        raise ValueError(f"a Beta distribution needs two positive numbers, got {a!r} and {b!r}")
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = _front(x, a, b)
    if x < (a + 1.0) / (a + b + 2.0):  # where the fraction converges fast
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1.0 - x, b, a) / b


def quantile(p: float, a: float, b: float) -> float:
    """Return the x of which I_x(a, b) is p: Newton's method, and where that leads astray halves of what is left."""
    if not 0.0 < p < 1.0:
        raise ValueError(f"a probability between 0 and 1 is needed, got {p!r}")
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(_STEPS):
        error = below(x, a, b) - p
        if error < 0.0:
            low = x
        else:
            high = x
        density = _front(x, a, b) / (x * (1.0 - x))
        then = x - error / density if density > _TINY else low
        if not low < then < high:
            then = (low + high) / 2.0
        if abs(then - x) <= 1e-15 or then in (low, high):
            break
        x = then
    return x


def _front(x: float, a: float, b: float) -> float:
    """Return x^a (1 - x)^b / B(a, b)."""
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))


def _fraction(x: float, a: float, b: float) -> float:
    """Return 1/(1+ d1/(1+ d2/(1+ ...))), the terms d as in DLMF 8.17.23."""
    c, d = 1.0, 1.0 / _apart(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        for term in (even, odd):
            d = 1.0 / _apart(1.0 + term * d)
            c = _apart(1.0 + term / c)
            value *= c * d
        if abs(c * d - 1.0) < 1e-14:
            break
    return value


def _apart(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
