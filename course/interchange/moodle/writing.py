"""Questions as Moodle XML, the elements that Moodle itself writes; https://docs.moodle.org/en/Moodle_XML_format.

Orderings are of the type that Moodle has had of its own since 4.4, and that is a plugin before.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from base64 import b64encode
from collections.abc import Iterable
from typing import assert_never

from course.characters import inert
from course.interchange import hypertext
from course.interchange.entry import Entry, model, numbers, reasons
from course.interchange.features import COMPUTED, KEPT, PROOFS, Fates, changed, dropped
from course.interchange.gift.writing import category, share, spare, starred
from quiz.numbers import number_text
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

FATES: Fates = {
    "single": KEPT,
    "multiple": changed("each right option counts its share, and a wrong one takes all of it away"),
    "ordering": KEPT,
    "distractors": changed("they become matchings of places and steps, with the others to choose from"),
    "matching": changed("each pair counts its share"),
    "decoys": KEPT,
    "numeric": KEPT,
    "tolerance": KEPT,
    "unit": KEPT,
    "words": changed("other accents and punctuation are not forgiven"),
    "slips": KEPT,
    "sentence": changed("they become essays, for Moodle cannot judge by concepts; who marks sees the model answer"),
    "fix": changed("they become essays, for Moodle knows no lab; who marks sees a solution"),
    "case": changed("the scenario stands above each of its questions"),
    "exhibit": KEPT,
    "plot": changed("they are pictures, with their words for whoever does not see them"),
    "whys": KEPT,
    "places": changed("those of matchings stand in the general feedback"),
    "explain": KEPT,
    "hints": KEPT,
    "lesson": changed("they are categories"),
    "sources": dropped("Moodle has no place for them"),
    **dict.fromkeys(("objectives", "level", "revision"), changed("they are tags")),
    "computed": COMPUTED,
    "proofs": PROOFS,
}
PENALTY = "0.3333333"
"""Of each try but the first, as Moodle proposes it."""
CURRENCIES = ("$", "€", "£")
UNIT_OPTIONAL, NO_UNIT = "0", "3"
"""Moodle's words for whether a unit is asked for."""


def write(entries: Iterable[Entry]) -> bytes:
    """Return the file."""
    quiz = ET.Element("quiz")
    lesson = None
    for entry in entries:
        if entry.origin.id != lesson:
            lesson = entry.origin.id
            into = _text(ET.SubElement(quiz, "question", type="category"), "category", "", form="")
            into[0].text = f"$course$/mlcourse/{category(entry.origin.title)}"
        quiz.append(_question(entry))
    ET.indent(quiz)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(quiz, encoding="unicode")}\n'.encode()


def _question(entry: Entry) -> ET.Element:
    question = entry.question
    made = ET.Element("question", type=_type(question))
    _text(made, "name", entry.id, form="")
    shown, pictures = hypertext.asked(question, entry.id, lambda name: f"@@PLUGINFILE@@/{name}")
    stem = _text(made, "questiontext", shown)
    for name, png in pictures.items():
        ET.SubElement(stem, "file", name=name, path="/", encoding="base64").text = b64encode(png).decode()
    _text(made, "generalfeedback", _afterwards(question))
    for name, value in (("defaultgrade", "1"), ("penalty", PENALTY), ("hidden", "0"), ("idnumber", entry.id)):
        ET.SubElement(made, name).text = value
    _answers(made, question)
    for hint in question.hints:
        _text(made, "hint", hypertext.phrase(hint))
    tags = ET.SubElement(made, "tags")
    for tag in entry.tags:
        _text(tags, "tag", tag, form="")
    return made


def _type(question: Question) -> str:
    match question:
        case Single() | Multiple():
            return "multichoice"
        case Ordering():
            return "matching" if question.distractors else "ordering"
        case Matching():
            return "matching"
        case Numeric():
            return "numerical"
        case ShortText():
            return "essay" if question.concepts else "shortanswer"
        case Fix():
            return "essay"
        case _:
            assert_never(question)


def _answers(made: ET.Element, question: Question) -> None:
    match question:
        case Single() | Multiple():
            _choices(made, question)
        case Ordering() if not question.distractors:
            settings = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": str(len(question.items))}
            settings |= {"gradingtype": "ALL_OR_NOTHING", "showgrading": "SHOW", "numberingstyle": "none"}
            for name, value in settings.items():
                ET.SubElement(made, name).text = value
            for place, item in enumerate(question.items, 1):
                _answer(made, f"{place}.0000000", hypertext.phrase(item.text), item.why, form="html")
        case Ordering():
            pairs = [(f"{place}.", item.text) for place, item in enumerate(question.items, 1)]
            _pairs(made, pairs, [each.text for each in question.distractors])
        case Matching():
            pairs = [(hypertext.phrase(pair.prompt), pair.answer) for pair in question.pairs]
            _pairs(made, pairs, spare(question))
        case Numeric():
            _numbers(made, question)
        case ShortText() if not question.concepts:
            ET.SubElement(made, "usecase").text = "0"
            for word in question.answers:
                _answer(made, "100", starred(word), "")
            for slip in question.slips:
                _answer(made, "0", starred(slip.answer), slip.why)
        case ShortText():
            lines = (f"<p>{hypertext.phrase(line)}</p>" for line in model(question).split("\n"))
            _essay(made, "".join(lines) + hypertext.listed(reasons(question)), "")
        case Fix():
            _essay(made, hypertext.code(model(question)), question.request)
        case _:
            assert_never(question)


def _choices(made: ET.Element, question: Single | Multiple) -> None:
    one = isinstance(question, Single)
    right, wrong = share(sum(option.correct for option in question.options)), "0" if one else "-100"
    settings = {"single": str(one).lower(), "shuffleanswers": "true", "answernumbering": "abc"}
    for name, value in settings.items():
        ET.SubElement(made, name).text = value
    for option in question.options:
        _answer(made, right if option.correct else wrong, hypertext.phrase(option.text), option.why, form="html")


def _pairs(made: ET.Element, pairs: Iterable[tuple[str, str]], spare: Iterable[str]) -> None:
    ET.SubElement(made, "shuffleanswers").text = "true"
    for prompt, answer in (*pairs, *(("", text) for text in spare)):
        row = _text(made, "subquestion", prompt)
        _text(row, "answer", answer, form="")


def _numbers(made: ET.Element, question: Numeric) -> None:
    ET.SubElement(_answer(made, "100", number_text(question.value), ""), "tolerance").text = number_text(
        question.tolerance
    )
    for number, slip in numbers(question):
        ET.SubElement(_answer(made, "0", number, slip.why), "tolerance").text = "0"
    if question.unit:
        unit = ET.SubElement(ET.SubElement(made, "units"), "unit")
        ET.SubElement(unit, "multiplier").text = "1"
        ET.SubElement(unit, "unit_name").text = inert(question.unit)
    ET.SubElement(made, "unitgradingtype").text = "0"
    ET.SubElement(made, "showunits").text = UNIT_OPTIONAL if question.unit else NO_UNIT
    ET.SubElement(made, "unitsleft").text = str(int(question.unit in CURRENCIES))


def _essay(made: ET.Element, graders: str, begin: str) -> None:
    for name, value in (("responseformat", "plain"), ("responserequired", "1"), ("responsefieldlines", "10")):
        ET.SubElement(made, name).text = value
    _text(made, "graderinfo", graders)
    _text(made, "responsetemplate", begin, form="plain_text")


def _afterwards(question: Question) -> str:
    """Return what is told after any answer."""
    placed = isinstance(question, Matching) or (isinstance(question, Ordering) and question.distractors)
    return (hypertext.listed(reasons(question)) if placed else "") + hypertext.flow(question.explain)


def _answer(made: ET.Element, fraction: str, text: str, why: str, form: str = "plain_text") -> ET.Element:
    answer = _text(made, "answer", text, form=form)
    answer.set("fraction", fraction)
    if why.strip():
        _text(answer, "feedback", hypertext.phrase(why))
    return answer


def _text(parent: ET.Element, name: str, text: str, form: str = "html") -> ET.Element:
    made = ET.SubElement(parent, name, {"format": form} if form else {})
    ET.SubElement(made, "text").text = inert(text)
    return made
