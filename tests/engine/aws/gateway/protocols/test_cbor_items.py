"""CBOR as RFC 8949 has it, both directions, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.aws.gateway.protocols.cbor_items import DEEPEST, NotCbor, read_item, write_item

ITEMS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 64), (1 << 64) - 1)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.integers(0, 1 << 33).map(lambda second: datetime.fromtimestamp(second, UTC)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(ITEMS)
def test_what_is_written_is_read_back(value):
    """Whatever an output may hold."""
    assert read_item(write_item(value)) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    """And what is read is the same after it has been written again."""
    try:
        value = read_item(data)
    except NotCbor as wrong:
        assert str(wrong)
        return
    assert repr(read_item(write_item(value))) == repr(value)


@pytest.mark.parametrize(
    "data, value",
    [
        ("00", 0),
        ("1818", 24),
        ("1b000000e8d4a51000", 1000000000000),
        ("3bffffffffffffffff", -18446744073709551616),
        ("f93c00", 1.0),
        ("f97c00", float("inf")),
        ("fa47c35000", 100000.0),
        ("fbc010666666666666", -4.1),
        ("f6", None),
        ("f7", None),
        ("c11a514b67b0", datetime(2013, 3, 21, 20, 4, tzinfo=UTC)),
        ("c1fb41d452d9ec200000", datetime(2013, 3, 21, 20, 4, 0, 500000, tzinfo=UTC)),
        ("62c3bc", "\u00fc"),
        ("5f42010243030405ff", b"\x01\x02\x03\x04\x05"),
        ("7f657374726561646d696e67ff", "streaming"),
        ("9f018202039f0405ffff", [1, [2, 3], [4, 5]]),
        ("bf61610161629f0203ffff", {"a": 1, "b": [2, 3]}),
    ],
)
def test_examples_of_the_rfc(data, value):
    """Those of its appendix A that AWS may send."""
    assert read_item(bytes.fromhex(data)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x00",  # something after the end
        b"\x9b" + b"\xff" * 8,  # an array of more entries than memory holds
        b"\xbb" + b"\x7f" * 8,
        b"\x7b" + b"\x7f" * 8 + b"a",
        b"\x61\xff",  # a text that is no UTF-8
        b"\xa1\x01\x02",  # a key that is no text
        b"\xa2\x61a\x01\x61a\x02",  # a key twice
        b"\x7f\x41a\xff",  # bytes within a text
        b"\x7f\x7f\xff\xff",
        b"\xff",
        b"\x1c",
        b"\xc0\x60",  # another tag
        b"\xc1\x60",  # a time that is a text
        b"\xc1\xfb\x7f\xe0" + b"\x00" * 6,  # beyond the calendar
        b"\xc1\xf9\x7e\x00",  # not a number
        b"\xf8\xff",  # a simple value
        b"\x9f" * 100_000,
        b"\x81" * (DEEPEST + 2) + b"\x00",
        b"\xc1" * 100_000,
        b"\xa1\x60" * 100_000,
    ],
)
def test_what_is_refused(data):
    """In words, never with an error of another kind."""
    with pytest.raises(NotCbor):
        read_item(data)
