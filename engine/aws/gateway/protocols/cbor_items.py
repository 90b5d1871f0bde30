"""CBOR as AWS uses it (RFC 8949): both directions, strict, and bounded in depth.

Read are integers, bytes, text, arrays, maps with text keys, floats of every length, true, false, null and undefined,
each of definite or indefinite length, and times (tag 1). Whatever else CBOR has, no service of AWS sends or takes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

UINT, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
"""The major types."""
INDEFINITE, BREAK = 31, 0xFF
EPOCH = 1
"""The tag of seconds since 1970."""
DEEPEST = 64
LONGER = {24: 1, 25: 2, 26: 4, 27: 8}
"""Bytes that follow for a number which does not fit into the first."""
FLOATS = {25: ">e", 26: ">f", 27: ">d"}
SIMPLES = {20: False, 21: True, 22: None, 23: None}
START = datetime(1970, 1, 1, tzinfo=UTC)


class NotCbor(ValueError):
    """These bytes are not one item of the CBOR that is read here."""


def read_item(data: bytes) -> Any:  # noqa: ANN401 - JSON-like data
    """Return the one item that the bytes are; times are datetimes in UTC. NotCbor says what is wrong."""
    reader = _Reader(data)
    value = reader.item(0)
    if reader.at != len(data):
        raise NotCbor(f"{len(data) - reader.at} bytes follow after its end")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def item(self, depth: int) -> Any:  # noqa: ANN401 - JSON-like data
        if depth > DEEPEST:
            raise NotCbor(f"it is deeper than {DEEPEST} levels")
        kind, info = self._head()
        match kind:
            case _ if kind == UINT:
                return self._number(info)
            case _ if kind == NEGATIVE:
                return -1 - self._number(info)
            case _ if kind in (BYTES, TEXT):
                return self._string(kind, info)
            case _ if kind == ARRAY:
                return [self.item(depth + 1) for _ in self._each(info)]
            case _ if kind == MAP:
                return self._map(info, depth)
            case _ if kind == TAG:
                return self._moment(info, depth)
            case _:
                return self._simple(info)

    def _take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise NotCbor("it ends too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def _head(self) -> tuple[int, int]:
        first = self._take(1)[0]
        return first >> 5, first & 0b11111

    def _number(self, info: int) -> int:
        if info < min(LONGER):
            return info
        if info not in LONGER:
            raise NotCbor(f"a length of kind {info} is not defined")
        return int.from_bytes(self._take(LONGER[info]), "big")

    def _each(self, info: int) -> Iterator[None]:
        """Yield once for each entry of an array or a map; every one takes a byte, so the data bounds them."""
        if info != INDEFINITE:
            count = self._number(info)
            if count > len(self.data) - self.at:
                raise NotCbor("it ends too early")
            yield from (None for _ in range(count))
            return
        while not self._broken_off():
            yield None

    def _broken_off(self) -> bool:
        if self._take(1)[0] == BREAK:
            return True
        self.at -= 1
        return False

    def _string(self, kind: int, info: int) -> bytes | str:
        if info != INDEFINITE:
            return self._whole(kind, info)
        pieces = []
        while not self._broken_off():
            inner, length = self._head()
            if inner != kind or length == INDEFINITE:
                raise NotCbor("a piece of a text or of bytes is of another kind")
            pieces.append(self._whole(kind, length))
        return "".join(map(str, pieces)) if kind == TEXT else b"".join(p for p in pieces if isinstance(p, bytes))

    def _whole(self, kind: int, info: int) -> bytes | str:
        found = self._take(self._number(info))
        if kind == BYTES:
            return found
        try:
            return found.decode()
        except UnicodeDecodeError:
            raise NotCbor("a text is not UTF-8") from None

    def _map(self, info: int, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _ in self._each(info):
            kind, length = self._head()
            if kind != TEXT:
                raise NotCbor("the key of a map is no text")
            key = str(self._string(kind, length))
            if key in found:
                raise NotCbor("a map holds a key twice")
            found[key] = self.item(depth + 1)
        return found

    def _moment(self, info: int, depth: int) -> datetime:
        tag = self._number(info)
        value = self.item(depth + 1)
        if tag != EPOCH or isinstance(value, bool) or not isinstance(value, int | float):
            raise NotCbor(f"tag {tag} is not read here, or stands before the wrong thing")
        try:
            return START + timedelta(seconds=value)
        except (OverflowError, ValueError):
            raise NotCbor("a time lies beyond the calendar") from None

    def _simple(self, info: int) -> bool | float | None:
        if info in SIMPLES:
            return SIMPLES[info]
        if info not in FLOATS:
            raise NotCbor(f"simple value {info} is not read here")
        found: float = struct.unpack(FLOATS[info], self._take(LONGER[info]))[0]
        return found


def write_item(value: object) -> bytes:
    """Return a value as CBOR: nothing, booleans, numbers, text, bytes, times, sequences, mappings with text keys."""
    out = bytearray()
    _write(value, out)
    return bytes(out)


def _write(value: object, out: bytearray) -> None:
    match value:
        case None | bool():
            out.append(SIMPLE << 5 | {False: 20, True: 21, None: 22}[value])
        case int():
            out += _headed(UINT, value) if value >= 0 else _headed(NEGATIVE, -1 - value)
        case float():
            out += bytes([SIMPLE << 5 | 27]) + struct.pack(">d", value)
        case str():
            text = value.encode()
            out += _headed(TEXT, len(text)) + text
        case bytes():
            out += _headed(BYTES, len(value)) + value
        case datetime():
            seconds = (value - START) / timedelta(seconds=1)
            out += _headed(TAG, EPOCH)
            _write(int(seconds) if seconds.is_integer() else seconds, out)
        case Mapping():
            out += _headed(MAP, len(value))
            for key, each in value.items():
                _write(str(key), out)
                _write(each, out)
        case Sequence():
            out += _headed(ARRAY, len(value))
            for each in value:
                _write(each, out)
        case _:
            raise TypeError(f"{type(value).__name__} is nothing that CBOR holds")


def _headed(kind: int, number: int) -> bytes:
    if number < min(LONGER):
        return bytes([kind << 5 | number])
    info, count = next((info, count) for info, count in LONGER.items() if number < 1 << 8 * count)
    return bytes([kind << 5 | info]) + number.to_bytes(count, "big")
