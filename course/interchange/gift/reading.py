"""Questions of a GIFT file as drafts: multiple choice, true or false, words, numbers and matchings.

What a question cannot be taken for is a finding with its place, and hides no other question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from course.interchange import markdown
from course.interchange.draft_of import (
    FULL,
    Choice,
    Drafts,
    Given,
    NotTaken,
    Number,
    chosen,
    counted,
    matched,
    worded,
)
from course.interchange.gift.marked import Marked, marked
from course.interchange.reading import MOST_ANSWERS, MOST_IN_ONE, Imported, Places, text_of
from quiz.numbers import read_number
from quiz.questions import Question

_ID = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,9})?)%")
_RANGE = re.compile(r"(.*?)\.\.(.*)", re.DOTALL)
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+")
BLANK = "_____"


class _Wrong(NotTaken):
    """What is wrong, at a place."""

    def __init__(self, at: int, say: str) -> None:
        super().__init__(say)
        self.at = at


def read(data: bytes) -> Imported:
    """Return the questions of a file; Unreadable if it is no text."""
    text, found = text_of(data), Drafts()
    places = Places(text)
    for block in _BLOCK.finditer(text):
        begin, source = block.start(), block.group()
        if len(source) > MOST_IN_ONE:
            found.leave_out(*places.of(begin), f"this has more than {MOST_IN_ONE:,} characters; no question has")
            continue
        try:
            _take(source, begin, found, places)
        except _Wrong as wrong:
            found.leave_out(*places.of(wrong.at), str(wrong))
        except NotTaken as wrong:
            found.leave_out(*places.of(_first(source, begin)), str(wrong))
    return Imported(tuple(found.drafts), tuple(found.findings))


def _first(source: str, begin: int) -> int:
    """Return where the question begins, behind comments."""
    for line in source.split("\n"):
        if not _aside(line):
            break
        begin += len(line) + 1
    return begin


def _aside(line: str) -> bool:
    return line.lstrip().startswith(("//", "$CATEGORY:"))


def _take(source: str, begin: int, found: Drafts, places: Places) -> None:
    lines = source.split("\n")
    comments = "\n".join(line for line in lines if line.lstrip().startswith("//"))
    kept = "\n".join(" " * len(line) if _aside(line) else line for line in lines)  # each sign keeps its place
    whole = marked(kept, begin).stripped()
    if not whole:
        return
    name, rest = _named(whole)
    before, answers, behind = _braced(rest)
    stem, way = _formatted(before)
    if behind:
        stem = f"{stem.rstrip()} {BLANK} {behind.plain.strip()}"
    answers, told = _general(answers)
    given = Given(
        name=name or " ".join(stem.split())[:60],
        id="".join(_ID.findall(comments)[:1]).replace("\\]", "]"),
        stem=_whole(stem, way),
        explain=_whole(*_formatted(told, way)) if told else "",
        tags=tuple(tag.replace("\\]", "]") for tag in _TAG.findall(comments)),
    )
    question, given = _question(given, answers.stripped(), way)
    found.add(question, given, places.of(_first(source, begin))[0])


def _named(whole: Marked) -> tuple[str, Marked]:
    if not whole.active.startswith("::"):
        return "", whole
    name, rest = whole[2:].parted("::")
    return (name.plain.strip(), rest) if len(rest.plain) or whole.active.count("::") > 1 else ("", whole[2:])


def _braced(rest: Marked) -> tuple[Marked, Marked, Marked]:
    """Return the stem, what stands in braces, and what follows them."""
    opened, closed = rest.active.find("{"), rest.active.find("}")
    if opened < 0 and closed < 0:
        raise _Wrong(rest.at, "this text asks nothing, for it has no answers in braces; it is left out")
    if opened < 0 or -1 < closed < opened:
        raise _Wrong(rest.places[closed], "this brace closes nothing; write \\} for a brace that is text")
    if closed < 0:
        say = "this brace is never closed; close it before the next empty line, or write \\{ for a brace that is text"
        raise _Wrong(rest.places[opened], say)
    behind = rest[closed + 1 :].stripped()
    if "{" in behind.active:
        raise _Wrong(rest.places[opened], "this has answers in several places; here a question has one answer")
    return rest[:opened].stripped(), rest[opened + 1 : closed].stripped(), behind


def _general(answers: Marked) -> tuple[Marked, Marked]:
    at = answers.active.rfind("####")
    return (answers, answers[len(answers.plain) :]) if at < 0 else (answers[:at], answers[at + 4 :].stripped())


def _question(given: Given, answers: Marked, way: str) -> tuple[Question, Given]:
    """Return the question, its kind told by its answers as Moodle tells it."""
    active = answers.active
    truth, *why = answers.active.split("#", 2)
    if not active:
        raise NotTaken("an essay has no key; ask for a sentence with `concepts` instead")
    if active.startswith(">"):
        raise NotTaken("an ordering in GIFT is an addition of Moodle's; export it as Moodle XML")
    if active.startswith("#"):
        return counted(given, [*_numbers(answers[1:], way)])
    if "~" in active:
        one = "=" in active
        return chosen(given, [_choice(sign, part, way, _short) for sign, part in _parts(answers, "~=")], one=one)
    if "=" in active and "->" in active:
        return matched(given, [_pair(part, way) for _, part in _parts(answers, "=")]), given
    if (right := _TRUTH.get(truth.strip())) is not None:
        return _truth(given, answers, right, way, len(why))
    words = [_choice(sign or "=", part, way, _word) for sign, part in _parts(answers, "=")]
    return worded(given, words)


def _parts(answers: Marked, signs: str) -> Iterator[tuple[str, Marked]]:
    count = sum(map(answers.active.count, signs))
    if count > 2 * MOST_ANSWERS:  # `~=` is one answer; thousands are not even taken apart
        raise NotTaken(f"it has {count} answers, and {MOST_ANSWERS} are the most")
    return ((sign, part.stripped()) for sign, part in answers.split(signs) if part)


def _choice(sign: str, part: Marked, way: str, text: Callable[[Marked, str], str]) -> Choice:
    share, rest = _weighed(part, FULL if sign == "=" else 0.0)
    answer, why = rest.parted("#")
    return Choice(text(answer, way), share, _short(why, way))


def _weighed(part: Marked, otherwise: float) -> tuple[float, Marked]:
    found = _WEIGHT.match(part.active)
    return (float(found[1]), part[found.end() :]) if found else (otherwise, part)


def _pair(part: Marked, way: str) -> tuple[str, str]:
    prompt, answer = part.parted("->")
    if "->" not in part.active:
        raise _Wrong(part.at, "this has no partner; write `=prompt -> partner`")
    return _short(prompt, way), " ".join(answer.plain.split())


def _numbers(answers: Marked, way: str) -> Iterator[Number]:
    for sign, part in _parts(answers, "=~"):
        share, rest = _weighed(part, 0.0 if sign == "~" else FULL)
        told, why = rest.parted("#")
        text = told.plain.strip()
        if text in ("", "*"):
            continue  # what is said of every other number; here each wrong number has a reason of its own
        value, tolerance = _value(text)
        if value is None or tolerance is None:
            raise _Wrong(told.stripped().at, "this is no number; write 3, 3:0.1 or 2.9..3.1")
        yield Number(value, abs(tolerance), share, _short(why, way))


def _value(text: str) -> tuple[Fraction | None, Fraction | None]:
    if found := _RANGE.fullmatch(text):
        low, high = read_number(found[1].strip()), read_number(found[2].strip())
        return (None, None) if low is None or high is None else ((low + high) / 2, (high - low) / 2)
    value, _, tolerance = text.partition(":")
    return read_number(value.strip()), read_number(tolerance.strip() or "0")


def _truth(given: Given, answers: Marked, right: bool, way: str, reasons: int) -> tuple[Question, Given]:
    """Return a question with the options True and False; the first reason is that of the wrong one."""
    _, told = answers.parted("#")
    first, second = told.parted("#") if reasons else (told, told)
    whys = (_short(second, way), _short(first, way)) if right else (_short(first, way), _short(second, way))
    texts = ("True", "False")
    choices = [
        Choice(text, FULL if (text == "True") == right else 0.0, why) for text, why in zip(texts, whys, strict=True)
    ]
    return chosen(given, choices, one=True)


def _formatted(text: Marked, otherwise: str = "moodle") -> tuple[str, str]:
    """Return a text and the format that it is written in."""
    found = _FORMAT.match(text.active)
    return (text.plain[found.end() :].strip(), found[1]) if found else (text.plain.strip(), otherwise)


def _whole(text: str, way: str) -> str:
    if way == "markdown":
        return text
    if way == "plain":
        return markdown.literal(text, whole=True)
    return markdown.flow(text.replace("\n", "<br>") if way == "moodle" else text)


def _short(text: Marked, way: str) -> str:
    told, how = _formatted(text.stripped(), way)
    if how == "markdown":
        return " ".join(told.split())
    return markdown.literal(told, whole=False) if how == "plain" else markdown.phrase(told)


def _word(text: Marked, way: str) -> str:
    """Return a word that is compared as it is; `\\*` is an asterisk that stands for itself."""
    told, _ = _formatted(text.stripped(), way)
    return " ".join(told.replace("\\*", "*").split())
