"""One question as an assessmentItem of QTI 2.1: what is shown, what is right, and what is told afterwards."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from typing import assert_never

from course.characters import inert
from course.interchange import hypertext
from course.interchange.entry import Entry, model, numbers, reasons
from quiz.numbers import number_text
from quiz.presentation import choices
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, Question, ShortText, Single

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA = f"{NAMESPACE} {NAMESPACE}.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
RESPONSE, SCORE, FEEDBACK, TOLD = "RESPONSE", "SCORE", "FEEDBACK", "told"
GRADERS, TUTORS = "scorer", "tutor"
"""For whom a rubric is."""


def identifier(id: str) -> str:
    """Return an id as QTI takes it: no digit begins it."""
    return f"q-{id}"


def item(entry: Entry) -> tuple[bytes, hypertext.Pictures]:
    """Return the file, and the pictures that it shows, which lie beside it."""
    question = entry.question
    root = ET.Element("assessmentItem", {"xmlns": NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": SCHEMA})
    given = {"identifier": identifier(entry.id), "title": entry.id, "adaptive": "false", "timeDependent": "false"}
    root.attrib.update(given)
    _declared(root, question)
    body = ET.SubElement(root, "itemBody")
    for hint in question.hints:
        _rubric(body, TUTORS, f"<p>A hint: {hypertext.phrase(hint)}</p>")
    shown, pictures = hypertext.asked(question, entry.id, lambda name: name)
    _put(body, shown)
    _interaction(body, question)
    _processed(root, question)
    told = ET.SubElement(root, "modalFeedback", outcomeIdentifier=FEEDBACK, showHide="show", identifier=TOLD)
    _put(told, _aside(question) + hypertext.flow(question.explain))
    for at, why in enumerate(_slips(question)):
        slip = ET.SubElement(root, "modalFeedback", outcomeIdentifier=FEEDBACK, showHide="show", identifier=f"slip{at}")
        _put(slip, f"<p>{hypertext.phrase(why)}</p>")
    return document(root), pictures


def document(root: ET.Element) -> bytes:
    """Return a file of XML."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _declared(root: ET.Element, question: Question) -> None:
    """Declare the answer with its key, the score, and which feedback is shown."""
    cardinality, kind, right = _key(question)
    declared = ET.SubElement(root, "responseDeclaration", identifier=RESPONSE, cardinality=cardinality, baseType=kind)
    if right:
        correct = ET.SubElement(declared, "correctResponse")
        for value in right:
            ET.SubElement(correct, "value").text = inert(value)
    if isinstance(question, ShortText) and not question.concepts:
        mapping = ET.SubElement(declared, "mapping", defaultValue="0")
        for answer in question.answers:
            ET.SubElement(mapping, "mapEntry", mapKey=inert(answer), mappedValue="1", caseSensitive="false")
    score = ET.SubElement(root, "outcomeDeclaration", identifier=SCORE, cardinality="single", baseType="float")
    ET.SubElement(ET.SubElement(score, "defaultValue"), "value").text = "0"
    ET.SubElement(root, "outcomeDeclaration", identifier=FEEDBACK, cardinality="multiple", baseType="identifier")


def _key(question: Question) -> tuple[str, str, Sequence[str]]:
    """Return how many values an answer has, of which type they are, and the right ones."""
    match question:
        case Single() | Multiple():
            how = "single" if isinstance(question, Single) else "multiple"
            return how, "identifier", [_part(option.id) for option in question.options if option.correct]
        case Ordering():
            return "ordered", "identifier", [_part(each.id) for each in question.items]
        case Matching():
            partners = {choice.text: choice.id for choice in choices(question)}
            right = [f"{_prompt(pair.id)} {_part(partners[pair.answer])}" for pair in question.pairs]
            return "multiple", "directedPair", right
        case Numeric():
            return "single", "float", [number_text(question.value)]
        case ShortText():
            return "single", "string", question.answers[:1]
        case Fix():
            return "single", "string", [question.solution]
        case _:
            assert_never(question)


def _part(id: str) -> str:
    return f"c-{id}"


def _prompt(id: str) -> str:
    return f"p-{id}"


def _interaction(body: ET.Element, question: Question) -> None:
    """Put what the learner answers with."""
    answers = {"responseIdentifier": RESPONSE}
    match question:
        case Single() | Multiple():
            most = "1" if isinstance(question, Single) else "0"
            made = ET.SubElement(body, "choiceInteraction", {**answers, "shuffle": "true", "maxChoices": most})
            _choices(made, "simpleChoice", ((option.id, option.text) for option in question.options))
        case Ordering():
            bounds = {"minChoices": "1", "maxChoices": str(len(question.items))} if question.distractors else {}
            made = ET.SubElement(body, "orderInteraction", {**answers, "shuffle": "true", **bounds})
            parts = [(each.id, each.text) for each in question.items]
            _choices(made, "simpleChoice", (*parts, *((each.id, each.text) for each in question.distractors)))
        case Matching():
            bounds = {"maxAssociations": str(len(question.pairs))}
            made = ET.SubElement(body, "matchInteraction", {**answers, "shuffle": "true", **bounds})
            prompts, partners = ET.SubElement(made, "simpleMatchSet"), ET.SubElement(made, "simpleMatchSet")
            for pair in question.pairs:
                _choice(prompts, "simpleAssociableChoice", _prompt(pair.id), pair.prompt, matchMax="1")
            for choice in choices(question):
                _choice(partners, "simpleAssociableChoice", _part(choice.id), choice.text, matchMax="0")
        case Numeric():
            line = ET.SubElement(body, "p")
            ET.SubElement(
                line, "textEntryInteraction", {**answers, "expectedLength": "12"}
            ).tail = f" {inert(question.unit)}"
        case ShortText() if not question.concepts:
            ET.SubElement(ET.SubElement(body, "p"), "textEntryInteraction", {**answers, "expectedLength": "30"})
        case ShortText():
            lines = "".join(f"<p>{hypertext.phrase(line)}</p>" for line in model(question).split("\n"))
            _rubric(body, GRADERS, lines)
            ET.SubElement(body, "extendedTextInteraction", {**answers, "expectedLines": "3"})
        case Fix():
            _rubric(body, GRADERS, f"<p>A solution:</p>{hypertext.code(model(question))}")
            ET.SubElement(body, "extendedTextInteraction", {**answers, "expectedLines": "20", "format": "preformatted"})
        case _:
            assert_never(question)


def _choices(made: ET.Element, name: str, rows: Iterable[tuple[str, str]]) -> None:
    for id, text in rows:
        _choice(made, name, _part(id), text)


def _choice(made: ET.Element, name: str, id: str, text: str, **more: str) -> None:
    _put(ET.SubElement(made, name, {"identifier": id, **more}), hypertext.phrase(text))


def _processed(root: ET.Element, question: Question) -> None:
    """Say how an answer is judged; what only people can judge scores nothing by itself."""
    processing = ET.SubElement(root, "responseProcessing")
    if not (isinstance(question, Fix) or (isinstance(question, ShortText) and question.concepts)):
        passed = ET.SubElement(ET.SubElement(processing, "responseCondition"), "responseIf")
        _right(passed, question)
        _set(passed, SCORE, "float", "1")
    _show(processing, TOLD)
    if isinstance(question, Numeric):
        for at, (number, _) in enumerate(numbers(question)):
            slipped = ET.SubElement(ET.SubElement(processing, "responseCondition"), "responseIf")
            same = ET.SubElement(slipped, "equal", toleranceMode="exact")
            ET.SubElement(same, "variable", identifier=RESPONSE)
            ET.SubElement(same, "baseValue", baseType="float").text = number
            _show(slipped, f"slip{at}")
    if isinstance(question, ShortText):
        for at, slip in enumerate(question.slips):
            slipped = ET.SubElement(ET.SubElement(processing, "responseCondition"), "responseIf")
            same = ET.SubElement(slipped, "stringMatch", caseSensitive="false")
            ET.SubElement(same, "variable", identifier=RESPONSE)
            ET.SubElement(same, "baseValue", baseType="string").text = inert(slip.answer)
            _show(slipped, f"slip{at}")


def _right(passed: ET.Element, question: Question) -> None:
    """Put the condition under which an answer is right: all or nothing, as everywhere here."""
    match question:
        case Numeric() if question.tolerance:
            bound = number_text(question.tolerance)
            same = ET.SubElement(passed, "equal", toleranceMode="absolute", tolerance=f"{bound} {bound}")
        case Numeric():
            same = ET.SubElement(passed, "equal", toleranceMode="exact")
        case ShortText():
            more = ET.SubElement(passed, "gt")
            ET.SubElement(more, "mapResponse", identifier=RESPONSE)
            ET.SubElement(more, "baseValue", baseType="float").text = "0"
            return
        case _:
            same = ET.SubElement(passed, "match")
    ET.SubElement(same, "variable", identifier=RESPONSE)
    ET.SubElement(same, "correct", identifier=RESPONSE)


def _show(parent: ET.Element, id: str) -> None:
    """Add a feedback to those that are shown."""
    rule = ET.SubElement(parent, "setOutcomeValue", identifier=FEEDBACK)
    both = ET.SubElement(rule, "multiple")
    ET.SubElement(both, "variable", identifier=FEEDBACK)
    ET.SubElement(both, "baseValue", baseType="identifier").text = id


def _set(parent: ET.Element, outcome: str, kind: str, value: str) -> None:
    rule = ET.SubElement(parent, "setOutcomeValue", identifier=outcome)
    ET.SubElement(rule, "baseValue", baseType=kind).text = value


def _aside(question: Question) -> str:
    """Return the reasons that are told whatever the answer was."""
    return "" if isinstance(question, Numeric | ShortText) else hypertext.listed(reasons(question))


def _slips(question: Question) -> tuple[str, ...]:
    match question:
        case Numeric():
            return tuple(slip.why for _, slip in numbers(question))
        case ShortText():
            return tuple(slip.why for slip in question.slips)
        case _:
            return ()


def _rubric(body: ET.Element, view: str, html: str) -> None:
    _put(ET.SubElement(body, "rubricBlock", view=view), html)


def _put(parent: ET.Element, html: str) -> None:
    """Put XHTML of our own making into an element."""
    made = ET.fromstring(f"<x>{html}</x>")
    parent.text = made.text
    parent.extend(list(made))
