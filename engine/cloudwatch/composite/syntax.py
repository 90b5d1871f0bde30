"""The grammar of AlarmRule: from text to a tree of conditions (spec cloudwatch 9).

Whether AND or OR binds tighter is not published; AWS says to use parentheses. Here AND does, as in almost every
language, and `Parsed.mixed` tells where that matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from engine.errors import EngineError
from engine.requests.cloudwatch import AlarmState

MAX_DEPTH = 100
"""Parentheses and NOTs within each other; more than anybody writes, and safe from Python's own limit."""
STATES: tuple[AlarmState, ...] = get_args(AlarmState)


class RuleError(EngineError, ValueError):
    """A rule that CloudWatch would refuse; the message says at which character, counted from 1."""

    def __init__(self, say: str, *, answer: str = "") -> None:
        """`answer` is what CloudWatch says of it, where somebody printed that."""
        super().__init__(say)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Constant:
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True)
class InState:
    """Is the alarm of this name in this state?"""

    state: AlarmState
    alarm: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    operand: Condition


@dataclass(frozen=True, slots=True)
class Joined:
    """Two or more conditions with the same operator between them."""

    operator: Literal["AND", "OR"]
    operands: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Are so many of the alarms, or so many percent, in this state (negated: not in it)?"""

    minimum: int
    percent: bool
    state: AlarmState
    negated: bool
    alarms: tuple[str, ...]


Condition = Constant | InState | Not | Joined | AtLeast


@dataclass(frozen=True, slots=True)
class Parsed:
    """A rule's tree and what can only be seen in its text."""

    condition: Condition
    elements: int
    """Alarms, TRUE, FALSE and pairs of parentheses, as AWS counts them."""
    mixed: bool
    """Does an AND stand beside an OR without parentheses, so that precedence matters?"""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int
    """Counted from 1."""


_TOKEN = re.compile(r'\s*(?:(?P<sign>[(),])|(?P<quoted>"(?:\\.|[^"\\])*")|(?P<word>[^\s(),"]+)|(?P<end>$))')


def parse(text: str) -> Parsed:
    """Return the tree of a rule; RuleError says at which character it goes wrong."""
    parser = _Parser(text)
    condition = parser.condition()
    parser.expect_end()
    return Parsed(condition, parser.elements, parser.mixed)


def alarm_name(name_or_arn: str) -> str:
    """Return the name of an alarm that is given by name or by ARN."""
    if name_or_arn.startswith("arn:"):
        return name_or_arn.partition(":alarm:")[2] or name_or_arn
    return name_or_arn


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while True:
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            start = text.index('"', place)
            raise RuleError(f"at character {start + 1}: a name in quotes must end with a quote")
        place = found.end()
        yield _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup) + 1)
        if found.lastgroup == "end":
            return


class _Parser:
    """Recursive descent: OR over AND over NOT over single conditions."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = next(self._tokens)
        self._depth = 0
        self.elements = 0
        self.mixed = False

    def condition(self) -> Condition:
        """Read conditions with OR between them, and AND within each."""
        self._deeper()
        operands: list[Condition] = []
        holds_and = False
        while not operands or self._accept("OR"):
            ands = [self._single()]
            while self._accept("AND"):
                ands.append(self._single())
            holds_and |= len(ands) > 1
            operands.append(ands[0] if len(ands) == 1 else Joined("AND", tuple(ands)))
        self._depth -= 1
        self.mixed |= holds_and and len(operands) > 1
        return operands[0] if len(operands) == 1 else Joined("OR", tuple(operands))

    def expect_end(self) -> None:
        """Refuse anything that follows the rule."""
        if self._next.kind != "end":
            raise self._wrong("expected AND, OR or the end")

    def _single(self) -> Condition:
        token = self._take()
        match token.kind, token.text:
            case "word", "NOT":
                self._deeper()
                operand = self._single()
                self._depth -= 1
                return Not(operand)
            case "word", "TRUE" | "FALSE":
                self.elements += 1
                return Constant(token.text == "TRUE")
            case "word", "AT_LEAST":
                return self._at_least()
            case "sign", "(":
                self.elements += 1
                condition = self.condition()
                self._sign(")")
                return condition
        if state := _state(token):
            self._sign("(")
            alarm = self._alarm()
            self._sign(")")
            return InState(state, alarm)
        raise self._wrong("expected ALARM(...), OK(...), INSUFFICIENT_DATA(...), AT_LEAST, NOT, TRUE or FALSE", token)

    def _at_least(self) -> AtLeast:
        """Read (M, STATE, (a, b)) or (P%, NOT STATE, (a, b))."""
        self._sign("(")
        number = self._take()
        digits, percent = number.text.removesuffix("%"), number.text.endswith("%")
        if not (digits.isascii() and digits.isdigit() and int(digits) >= 1) or (percent and int(digits) > 100):
            raise self._wrong("expected how many alarms, such as 2 or 50%", number)
        self._sign(",")
        negated = self._accept("NOT")
        token = self._take()
        if (state := _state(token)) is None:
            raise self._wrong("expected ALARM, OK or INSUFFICIENT_DATA, or NOT and one of them", token)
        self._sign(",")
        self._sign("(")
        alarms = [self._alarm()]
        while self._next.text == ",":
            self._sign(",")
            alarms.append(self._alarm())
        self._sign(")")
        self._sign(")")
        return AtLeast(int(digits), percent, state, negated, tuple(alarms))

    def _alarm(self) -> str:
        token = self._take()
        self.elements += 1
        if token.kind == "word":
            return alarm_name(token.text)
        if token.kind == "quoted" and len(token.text) > 2:
            return alarm_name(re.sub(r"\\(.)", r"\1", token.text[1:-1]))
        raise self._wrong("expected the name of an alarm", token)

    def _accept(self, word: str) -> bool:
        """Take the next token if it is this word."""
        if (self._next.kind, self._next.text) != ("word", word):
            return False
        self._take()
        return True

    def _sign(self, sign: str) -> None:
        token = self._take()
        if (token.kind, token.text) != ("sign", sign):
            raise self._wrong(f"expected {sign!r}", token, f", must be: {sign!r}")

    def _take(self) -> _Token:
        token = self._next
        if token.kind != "end":
            self._next = next(self._tokens)
        return token

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._wrong(f"conditions are nested more than {MAX_DEPTH} deep")

    def _wrong(self, what: str, token: _Token | None = None, must: str = "") -> RuleError:
        """Return the error; AWS's words, which count characters from 0, are of aws/aws-cdk#13953 and #34662."""
        token = token or self._next
        if token.kind == "end":
            return RuleError(f"at character {token.at}: {what}, found the end")
        answer = f"Error in AlarmRule [Unsupported token '{token.text}' at char {token.at - 1}{must}]"
        return RuleError(f"at character {token.at}: {what}, found {token.text!r}", answer=answer)


def _state(token: _Token) -> AlarmState | None:
    return next((state for state in STATES if (token.kind, token.text) == ("word", state)), None)
