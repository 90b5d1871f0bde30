"""QTI 2.1: every item is valid by the published schema, and judges as the course does."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from course.interchange.qti.item import NAMESPACE
from course.interchange.qti.package import CONTENT, MANIFEST, write
from quiz.questions import Fix, Matching, Multiple, Numeric, Ordering, ShortText, Single
from tests.course.interchange.given import QUESTIONS, entry, said, short
from tests.course.interchange.test_moodle import Shown

SCHEMA = Path(__file__).with_name("schemas") / "imsqti_v2p1.xsd"
NAMES = {"q": NAMESPACE, "c": CONTENT}
IMPORTED = {
    "xml.xsd": (
        "http://www.w3.org/XML/1998/namespace",
        '<xs:attribute name="lang" type="xs:language"/><xs:attribute name="base" type="xs:anyURI"/>',
    ),
    "XInclude.xsd": ("http://www.w3.org/2001/XInclude", '<xs:element name="include"/>'),
    "mathml2.xsd": ("http://www.w3.org/1998/Math/MathML", '<xs:element name="math"/>'),
    "apipv1p0_qtiextv2p1_v1p0.xsd": (
        "http://www.imsglobal.org/xsd/apip/apipv1p0/imsapip_qtiv1p0",
        '<xs:element name="apipAccessibility"/>',
    ),
}
"""What the schema imports and our items do not use, in a few declarations."""


class Imports(etree.Resolver):
    """Answers for whatever the schema imports; nothing is fetched."""

    def resolve(self, url, pubid, context):
        """Return the declarations in its place; None for the schema itself, which is a file."""
        if url == str(SCHEMA):
            return None
        namespace, declared = IMPORTED[url.rsplit("/", 1)[-1]]
        schema = "http://www.w3.org/2001/XMLSchema"
        return self.resolve_string(
            f'<xs:schema xmlns:xs="{schema}" targetNamespace="{namespace}">{declared}</xs:schema>', context
        )


@cache
def schema():
    """Return the published schema."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Imports())
    return etree.XMLSchema(etree.parse(SCHEMA, parser))


def opened(data):
    """Return the files of a package."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def valid(data):
    """Return an item after it was validated."""
    root = etree.fromstring(data)
    assert schema().validate(root), schema().error_log
    return root


def only(entries):
    """Return the items of a package, in their order."""
    return [valid(data) for name, data in opened(write(entries)).items() if name.endswith(".xml") and name != MANIFEST]


def test_the_whole_course_is_valid(course):
    """By the published schema, each question an item."""
    items = only(course)

    assert [item.get("title") for item in items] == [each.id for each in course]
    assert len({item.get("identifier") for item in items}) == len(course)
    for item, each in zip(items, course, strict=True):
        _judges(item, each.question)


@settings(max_examples=60)
@given(QUESTIONS)
def test_any_question_is_valid(question):
    """Whatever signs stand in its texts."""
    [item] = only([entry(question)])
    words = " ".join(" ".join(item.find("q:itemBody", NAMES).itertext()).split())

    _judges(item, question)
    assert said(question.stem).replace(" ", "") in words.replace(" ", "")
    for hint in question.hints:
        assert short(hint).replace(" ", "") in words.replace(" ", "")


def _judges(item, question):
    """Check that the key of an item is the question's."""
    declared = item.find("q:responseDeclaration", NAMES)
    right = [value.text for value in declared.findall("q:correctResponse/q:value", NAMES)]
    condition = item.find("q:responseProcessing/q:responseCondition/q:responseIf", NAMES)
    texts = {
        each.get("identifier"): " ".join("".join(each.itertext()).split())
        for each in item.iter(f"{{{NAMESPACE}}}simpleChoice", f"{{{NAMESPACE}}}simpleAssociableChoice")
    }
    match question:
        case Single() | Multiple():
            assert sorted(texts[id] for id in right) == sorted(
                short(each.text) for each in question.options if each.correct
            )
            assert len(texts) == len(question.options)
            assert condition.find("q:match", NAMES) is not None
        case Ordering():
            assert [texts[id] for id in right] == [short(each.text) for each in question.items]
            assert len(texts) == len(question.items) + len(question.distractors)
        case Matching():
            pairs = [tuple(texts[id] for id in value.split()) for value in right]
            assert pairs == [(short(each.prompt), short(each.answer)) for each in question.pairs]
        case Numeric():
            assert float(right[0]) == question.value
            bound = condition.find("q:equal", NAMES).get("tolerance", "0 0").split()
            assert [float(each) for each in bound] == [question.tolerance] * 2
        case ShortText() if not question.concepts:
            mapped = [each.get("mapKey") for each in declared.iterfind("q:mapping/q:mapEntry", NAMES)]
            assert mapped == list(question.answers)
        case ShortText() | Fix():
            assert condition is None


def test_the_manifest_names_every_file():
    """Items and their pictures; the elements are those of IMS content packages 1.1."""
    question = ShortText(id="4p", stem="What?", explain="So.", answers=("a",), exhibit=Shown("..."))
    files = opened(write([entry(question)]))
    root = etree.fromstring(files[MANIFEST])
    [resource] = root.findall("c:resources/c:resource", NAMES)

    assert [etree.QName(each).localname for each in root] == ["metadata", "organizations", "resources"]
    assert root.findtext("c:metadata/c:schema", namespaces=NAMES) == "QTIv2.1 Package"
    assert resource.get("type") == "imsqti_item_xmlv2p1"
    assert resource.get("href") == "items/4p.xml"
    assert {each.get("href") for each in resource.findall("c:file", NAMES)} == set(files) - {MANIFEST}
    assert files["items/4p-1.png"].startswith(b"\x89PNG")
    [image] = valid(files["items/4p.xml"]).iter(f"{{{NAMESPACE}}}img")
    assert image.get("src") == "4p-1.png"
    assert image.get("alt").startswith("A plot: T.")


def test_equal_questions_give_equal_packages(course):
    """No moment is in a package."""
    assert write(course[:20]) == write(course[:20])


def test_the_schema_can_say_no():
    """It is no schema that takes anything."""
    item = etree.fromstring(
        opened(write([entry(ShortText(id="a", stem="b", explain="c", answers=("d",)))]))["items/a.xml"]
    )
    item.find("q:itemBody", NAMES).append(etree.Element(f"{{{NAMESPACE}}}script"))

    assert not schema().validate(item)


@pytest.mark.parametrize("id", ["4-digits-first", "a"])
def test_identifiers_are_names(id):
    """No digit begins one."""
    [item] = only([entry(ShortText(id=id, stem="b", explain="c", answers=("d",)))])

    assert item.get("identifier") == f"q-{id}"
