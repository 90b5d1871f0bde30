"""The grammar of metric math: from text to a tree (spec cloudwatch 7).

AWS prints no table of precedence. Here the usual one holds, loosest first: OR, AND, comparisons, + and -,
* and /, unary minus, ^; all group to the left, ^ to the right.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.errors import EngineError

PRECEDENCE = {
    "OR": 1,
    "AND": 2,
    **dict.fromkeys(("==", "!=", "<=", ">=", "<", ">"), 3),
    **dict.fromkeys("+-", 4),
    **dict.fromkeys("*/", 5),
    "^": 7,
}
_UNARY = 6
MAX_DEPTH = 50
"""Parentheses within parentheses; more than anybody writes, and safe from Python's own limit."""
MAX_OPERATORS = 200
"""In one expression; for the same reason."""


class MathError(EngineError, ValueError):
    """An expression that cannot be read or computed; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """The id of another query; ids begin with a lower-case letter."""

    id: str


@dataclass(frozen=True, slots=True)
class Word:
    """A constant such as REPEAT, or a text in quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Minus:
    """Unary minus."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; `&&` and `||` have become AND and OR."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function; functions are written in capitals."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Array:
    """Several series side by side: `[m1, m2]`."""

    items: tuple[Node, ...]


Node = Number | Name | Word | Minus | Binary | Call | Array

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
          |(?P<name>[a-z][A-Za-z0-9_]*)
          |(?P<word>[A-Z][A-Z0-9_]*)
          |(?P<text>"[^"]*"|'[^']*')
          |(?P<sign><=|>=|==|!=|&&|\|\||[-+*/^<>(),\[\]])
          |(?P<end>$))""",
    re.VERBOSE,
)
_SPELLINGS = {"&&": "AND", "||": "OR"}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int
    """Counted from 1."""


@lru_cache(maxsize=1024)
def parse_expression(text: str) -> Node:
    """Return the tree of an expression; MathError says at which character it goes wrong."""
    parser = _Parser(text)
    node = parser.expression(0)
    parser.take("end", "")
    return node


def nodes(node: Node) -> Iterator[Node]:
    """Yield a tree's nodes, itself first."""
    yield node
    match node:
        case Minus(operand):
            children: tuple[Node, ...] = (operand,)
        case Binary(_, left, right):
            children = (left, right)
        case Call(_, children) | Array(children):
            pass
        case _:
            children = ()
    for child in children:
        yield from nodes(child)


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while True:
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            start = place + len(text[place:]) - len(text[place:].lstrip())
            raise MathError(f"at character {start + 1}: {text[start]!r} has no meaning in metric math")
        kind, place = found.lastgroup, found.end()
        word = found[kind]
        yield _Token(kind, _SPELLINGS.get(word, word), found.start(kind) + 1)
        if kind == "end":
            return


class _Parser:
    """Precedence climbing over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = next(self._tokens)
        self._depth = 0
        self._operators = 0

    def take(self, kind: str, text: str | None = None) -> _Token:
        """Consume the next token, which must be of this kind, and of this text if given."""
        token = self._next
        if token.kind != kind or (text is not None and token.text != text):
            raise self._wrong(f"expected {text!r}" if text else "expected the end")
        if kind != "end":
            self._next = next(self._tokens)
        return token

    def expression(self, least: int) -> Node:
        """Read operands and the operators between them that bind at least as tightly as `least`."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._wrong(f"nested more than {MAX_DEPTH} deep")
        node = self._operand()
        while (binding := PRECEDENCE.get(self._next.text, -1)) >= least and self._next.kind != "text":
            self._operators += 1
            if self._operators > MAX_OPERATORS:
                raise self._wrong(f"more than {MAX_OPERATORS} operators")
            operator = self._take_any().text
            node = Binary(operator, node, self.expression(binding if operator == "^" else binding + 1))
        self._depth -= 1
        return node

    def _operand(self) -> Node:
        token = self._take_any()
        match token.kind, token.text:
            case "number", text:
                return Number(self._number(token))
            case "name", text:
                return Name(text)
            case "text", text:
                return Word(text[1:-1])
            case "word", text if text not in PRECEDENCE:
                return self._call_or_word(text)
            case "sign", "-":
                return Minus(self.expression(_UNARY))
            case "sign", "(":
                node = self.expression(0)
                self.take("sign", ")")
                return node
            case "sign", "[":
                return Array(self._list("]"))
        self._next = token
        raise self._wrong("expected a number, an id, a function or a parenthesis")

    def _number(self, token: _Token) -> float:
        if math.isinf(value := float(token.text)):
            raise MathError(f"at character {token.at}: {token.text} is too large")
        return value

    def _call_or_word(self, text: str) -> Node:
        if (self._next.kind, self._next.text) != ("sign", "("):
            return Word(text)
        self.take("sign", "(")
        return Call(text, self._list(")"))

    def _list(self, closing: str) -> tuple[Node, ...]:
        """Read expressions between commas up to the closing sign."""
        items: list[Node] = []
        while (self._next.kind, self._next.text) != ("sign", closing):
            if items:
                self.take("sign", ",")
            items.append(self.expression(0))
        self.take("sign", closing)
        return tuple(items)

    def _take_any(self) -> _Token:
        token = self._next
        if token.kind != "end":
            self._next = next(self._tokens)
        return token

    def _wrong(self, what: str) -> MathError:
        token = self._next
        found = "the end" if token.kind == "end" else repr(token.text)
        return MathError(f"at character {token.at}: {what}, found {found}")
