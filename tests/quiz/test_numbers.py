"""How numbers are read from what people type."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.numbers import LONGEST, number_text, read_number


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        pytest.param("5", "", "5", id="whole"),
        pytest.param("5.0", "", "5", id="trailing zero"),
        pytest.param("  5  ", "", "5", id="spaces around"),
        pytest.param("+5", "", "5", id="plus"),
        pytest.param("-5", "", "-5", id="minus"),
        pytest.param("\u22125", "", "-5", id="typographic minus"),
        pytest.param(".5", "", "0.5", id="bare decimal point"),
        pytest.param("5.", "", "5", id="nothing after the point"),
        pytest.param("007", "", "7", id="leading zeros"),
        pytest.param("1e-3", "", "0.001", id="exponent"),
        pytest.param("1E3", "", "1000", id="capital exponent"),
        pytest.param("4,98", "", "4.98", id="decimal comma"),
        pytest.param(",5", "", "0.5", id="bare decimal comma"),
        pytest.param("0,005", "", "0.005", id="a leading zero starts no group of thousands"),
        pytest.param("1234,567", "", "1234.567", id="four digits are no group"),
        pytest.param("1,234", "", "1234", id="one comma, three digits: thousands, as the course writes"),
        pytest.param("1.234", "", "1.234", id="one point is always decimal"),
        pytest.param("1,234.5", "", "1234.5", id="thousands and a point"),
        pytest.param("1.234,5", "", "1234.5", id="thousands and a comma"),
        pytest.param("1,234,567", "", "1234567", id="two commas"),
        pytest.param("1.234.567", "", "1234567", id="two points"),
        pytest.param("12 000", "", "12000", id="space as separator"),
        pytest.param("12\u202f000", "", "12000", id="narrow space as separator"),
        pytest.param("12'000", "", "12000", id="apostrophe as separator"),
        pytest.param("12_000", "", "12000", id="underscore as in Python"),
        pytest.param("80 ms", "ms", "80", id="with its unit"),
        pytest.param("80ms", "ms", "80", id="unit without a space"),
        pytest.param("80 MS", "ms", "80", id="unit in capitals"),
        pytest.param("80", "ms", "80", id="unit left out"),
        pytest.param("3 requests / s", "requests  /  s", "3", id="a unit of several words"),
        pytest.param("5 %", "%", "5", id="per cent asked for"),
        pytest.param("5 percent", "%", "5", id="per cent in words"),
        pytest.param("5 %", "", "0.05", id="per cent of a plain share"),
        pytest.param("$12.50", "$", "12.5", id="currency before"),
        pytest.param("12.50 $", "$", "12.5", id="currency behind"),
    ],
)
def test_reads(text, unit, number):
    """Every usual way to write a number is read exactly."""
    assert read_number(text, unit) == Fraction(number)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("ms", "ms", id="only the unit"),
        pytest.param("%", "", id="only a per cent sign"),
        pytest.param("five", "", id="a word"),
        pytest.param("nan", "", id="NaN"),
        pytest.param("inf", "", id="infinity"),
        pytest.param("-Infinity", "", id="minus infinity"),
        pytest.param("1e999", "", id="more than a float holds"),
        pytest.param("0x10", "", id="hexadecimal"),
        pytest.param("1/2", "", id="a division"),
        pytest.param("--5", "", id="two signs"),
        pytest.param(".", "", id="only a point"),
        pytest.param("e3", "", id="only an exponent"),
        pytest.param("1,23,4", "", id="groups that are none"),
        pytest.param("1,234 567", "", id="mixed separators"),
        pytest.param("1.2.3", "", id="a version"),
        pytest.param("5 s", "ms", id="another unit"),
        pytest.param("5 %", "ms", id="per cent where a unit is asked for"),
        pytest.param("5 ms", "", id="a unit where none is asked for"),
        pytest.param("5 6", "", id="two numbers"),
        pytest.param("\u0665", "", id="a digit that is not ASCII"),
        pytest.param("9" * (LONGEST + 1), "", id="too long"),
    ],
)
def test_refuses(text, unit):
    """What is not plainly one number in the unit asked for is not read as one."""
    assert read_number(text, unit) is None


@given(
    st.text(alphabet="0123456789.,eE+-_ '%msinfaxKelvin\u212a\u0130\n\t"),
    st.sampled_from(["", "%", "ms", "$"]),
)
def test_never_raises(text, unit):
    """Any text is a number or none."""
    number = read_number(text, unit)

    assert number is None or isinstance(float(number), float)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_is_read(number):
    """Writing a number and reading it gives the same number."""
    assert read_number(number_text(number)) == Fraction(str(number))


@given(st.integers(0, 10**15), st.sampled_from([",", " ", "'", "_"]))
def test_separators_change_nothing(number, separator):
    """A whole number may be grouped in thousands."""
    assert read_number(f"{number:,}".replace(",", separator)) == number
