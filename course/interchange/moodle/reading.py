"""Questions of a Moodle XML file as drafts: multiple choice, true or false, words, numbers, matchings, orderings.

What a question cannot be taken for is a finding with its place, and hides no other question.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    ordered,
    worded,
)
from course.interchange.moodle.safe_xml import Node, tree
from course.interchange.reading import MOST_IN_ONE, Imported, Unreadable, text_of
from quiz.numbers import read_number
from quiz.questions import Question

HTML, PLAIN, MARKDOWN = "html", "plain_text", "markdown"
_OTHERS = {
    "essay": "an essay has no key; ask for a sentence with `concepts` instead",
    "description": "a description asks nothing; its text may belong on a page",
    "cloze": "this has answers in several places; here a question has one answer",
}


def read(data: bytes) -> Imported:
    """Return the questions of a file; Unreadable if it is no such file."""
    root, found = tree(text_of(data)), Drafts()
    if root.name != "quiz":
        raise Unreadable(root.line, root.column, "this is no Moodle XML, which begins with <quiz>")
    for node in root.all("question"):
        kind = node.given.get("type", "")
        if kind == "category":
            continue
        try:
            question, given = _question(kind, node)
        except NotTaken as wrong:
            found.leave_out(node.line, node.column, str(wrong))
        else:
            found.add(question, given, node.line)
    return Imported(tuple(found.drafts), tuple(found.findings))


def _question(kind: str, node: Node) -> tuple[Question, Given]:
    given = _given(node)
    match kind:
        case "multichoice":
            one = node.said("single", "true").casefold() in ("true", "1")
            return chosen(given, [*_choices(node)], one=one)
        case "truefalse":
            return chosen(given, [*_choices(node)], one=True)
        case "matching" | "match":
            return matched(given, [*_pairs(node)]), given
        case "ordering":
            return ordered(given, [(choice.text, choice.why) for choice in _choices(node)]), given
        case "numerical":
            unit = next((unit.said("unit_name") for unit in _units(node)), "")
            return counted(given, [*_numbers(node)], " ".join(unit.split()))
        case "shortanswer":
            return worded(given, [*_words(node)])
        case _:
            raise NotTaken(_OTHERS.get(kind, f"there is no kind of question here for {kind[:40]!r}"))


def _given(node: Node) -> Given:
    notes = []
    if any(node.all("file")) or any(each.first("file") for each in node.children):
        notes.append("it had files, such as pictures, which are left out")
    return Given(
        name=node.said("name"),
        id=node.said("idnumber"),
        stem=_whole(node.first("questiontext")),
        explain=_whole(node.first("generalfeedback")),
        hints=tuple(filter(None, (_short(hint) for hint in node.all("hint")))),
        tags=tuple(_text(tag) for tags in node.all("tags") for tag in tags.all("tag")),
        notes=tuple(notes),
    )


def _choices(node: Node) -> Iterator[Choice]:
    return (Choice(_short(each), _share(each), _short(each.first("feedback"))) for each in node.all("answer"))


def _words(node: Node) -> Iterator[Choice]:
    r"""Yield words, which are compared as they are; `\*` is an asterisk that stands for itself."""
    for each in node.all("answer"):
        word = " ".join(_text(each).replace("\\*", "*").split())
        yield Choice(word, _share(each), _short(each.first("feedback")))


def _pairs(node: Node) -> Iterator[tuple[str, str]]:
    for each in node.all("subquestion"):
        answer = each.first("answer")
        yield _short(each), " ".join(_text(answer).split()) if answer else ""


def _numbers(node: Node) -> Iterator[Number]:
    for each in node.all("answer"):
        text = _text(each).strip()
        if text == "*":
            continue  # what is said of every other number; here each wrong number has a reason of its own
        value, tolerance = read_number(text), read_number(each.said("tolerance") or "0")
        if value is None or tolerance is None:
            raise NotTaken(f"{text[:40]!r} is no number")
        yield Number(value, abs(tolerance), _share(each), _short(each.first("feedback")))


def _units(node: Node) -> Iterator[Node]:
    """Yield the units in which the number is given as it is."""
    for units in node.all("units"):
        yield from (unit for unit in units.all("unit") if read_number(unit.said("multiplier", "1")) == 1)


def _share(node: Node) -> float:
    share = read_number(node.given.get("fraction", "0")) or Fraction(0)
    return float(min(max(share, -Fraction(FULL)), Fraction(FULL)))


def _text(node: Node) -> str:
    inside = node.first("text")
    text = (node if inside is None else inside).text.strip()
    if len(text) > MOST_IN_ONE:
        raise NotTaken(f"a text of it has more than {MOST_IN_ONE:,} characters; no question has")
    return text


def _whole(node: Node | None) -> str:
    if node is None:
        return ""
    text, form = _text(node), node.given.get("format", HTML)
    if form == MARKDOWN:
        return text
    return markdown.literal(text, whole=True) if form == PLAIN else markdown.flow(text)


def _short(node: Node | None) -> str:
    if node is None:
        return ""
    text, form = _text(node), node.given.get("format", HTML)
    if form == MARKDOWN:
        return " ".join(text.split())
    return markdown.literal(text, whole=False) if form == PLAIN else markdown.phrase(text)
