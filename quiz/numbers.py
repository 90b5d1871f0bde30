"""Numbers as people type them, read exactly.

`4.98`, `4,98`, `1,234.5`, `1.234,5`, `12 000`, `1e-3` are numbers. A single comma before exactly three digits
separates thousands, as in this course's own texts: `1,234` is 1234, but `0,005` is 0.005. They are read as
fractions, so that a tolerance includes its edge: as binary floats, 0.4 is more than 0.1 away from 0.3.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

LONGEST = 60
"""Characters; a longer text is no number that anybody means."""

_WHOLE = r"(?:[1-9][0-9]{0,2}([SEPARATORS])[0-9]{3}(?:\1[0-9]{3})*|[0-9]+)?"
_DECIMAL_POINT = re.compile(_WHOLE.replace("SEPARATORS", " ,_'") + r"(?:\.[0-9]*)?")
_DECIMAL_COMMA = re.compile(_WHOLE.replace("SEPARATORS", " ._'") + r",[0-9]+")
_POINTS_ONLY = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
_SIGN_MANTISSA_EXPONENT = re.compile(r"([+-]?)\s?(.*?)(e[+-]?[0-9]{1,3})?")
_SPACES_AND_MINUS = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-", "\u2019": "'"})
_CURRENCIES = ("$", "€", "£")


def read_number(text: str, unit: str = "") -> Fraction | None:
    """Return the number that `text` states in `unit`, or None if it states none.

    The unit may follow the number or be left out. A per cent sign divides by 100 where no unit is asked for.
    Infinity, NaN and hexadecimal are no numbers here.
    """
    if len(text) > LONGEST:
        return None
    text = " ".join(text.translate(_SPACES_AND_MINUS).casefold().split())
    unit = " ".join(unit.casefold().split())
    if not unit and text.endswith("%"):
        hundredths = _bare(text.removesuffix("%").rstrip())
        return None if hundredths is None else hundredths / 100
    return _bare(_without(unit, text))


def number_text(number: float | Fraction) -> str:
    """Return a number as `read_number` would read it, without a trailing `.0`."""
    return repr(float(number)).removesuffix(".0")


def _without(unit: str, text: str) -> str:
    if unit in _CURRENCIES:
        text = text.removeprefix(unit)
    spellings = (unit, "percent", "per cent") if unit == "%" else (unit,)
    for spelling in spellings:
        text = text.removesuffix(spelling)
    return text.strip()


def _bare(text: str) -> Fraction | None:
    found = _SIGN_MANTISSA_EXPONENT.fullmatch(text)
    assert found, "every part of the pattern may be empty"
    mantissa = _with_point(found[2])
    if mantissa is None or math.isinf(float(mantissa + (found[3] or ""))):
        return None
    return Fraction(found[1] + mantissa + (found[3] or ""))


def _with_point(mantissa: str) -> str | None:
    """Return the digits with a decimal point and no separators, or None if they are no number."""
    if not any(digit in mantissa for digit in "0123456789"):
        return None
    if _DECIMAL_POINT.fullmatch(mantissa):
        plain = re.sub(r"[ ,_']", "", mantissa)
    elif _DECIMAL_COMMA.fullmatch(mantissa):
        plain = re.sub(r"[ ._']", "", mantissa).replace(",", ".")
    elif _POINTS_ONLY.fullmatch(mantissa):
        plain = mantissa.replace(".", "")
    else:
        return None
    return f"0{plain}0" if "." in plain else plain
