"""Moodle XML as we write it, checked against the elements that Moodle documents, and as we read what others write.

Moodle publishes no schema. What is checked here is what its documents and its own importer ask for.
"""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from hypothesis import assume, given, settings
from lxml import etree

from course.interchange.moodle.reading import read
from course.interchange.moodle.safe_xml import DEEPEST, MOST_ELEMENTS
from course.interchange.moodle.writing import write
from course.interchange.reading import Unreadable
from course.syllabus import Plot, Prose
from quiz.exhibit import Exhibit
from quiz.questions import Matching, Multiple, Numeric, Ordering, ShortText, Single
from tests.course.interchange.given import QUESTIONS, entry, said, same, short

BASE = {"name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "tags"}
ALLOWED = {
    "multichoice": {"single", "shuffleanswers", "answernumbering", "answer", "hint"},
    "matching": {"shuffleanswers", "subquestion", "hint"},
    "ordering": {
        *("layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle"),
        *("answer", "hint"),
    },
    "numerical": {"answer", "units", "unitgradingtype", "showunits", "unitsleft", "hint"},
    "shortanswer": {"usecase", "answer", "hint"},
    "essay": {"responseformat", "responserequired", "responsefieldlines", "graderinfo", "responsetemplate", "hint"},
}
FORMATS = {"html", "plain_text", "markdown", "moodle_auto_format"}
SAMPLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
  <question type="category"><category><text>$course$/top/Animals</text></category></question>
  <question type="multichoice">
    <name><text>Legs &amp; more</text></name>
    <questiontext format="html">
      <text><![CDATA[<p>How many legs has a <em>spider</em>?</p>
      <p><img src="@@PLUGINFILE@@/a.png" alt="A spider"></p>]]></text>
      <file name="a.png" path="/" encoding="base64">aGVsbG8=</file></questiontext>
    <generalfeedback format="html"><text></text></generalfeedback>
    <single>true</single>
    <answer fraction="100" format="html"><text>8</text>
      <feedback format="html"><text>Four pairs.</text></feedback></answer>
    <answer fraction="0" format="html"><text>6</text><feedback format="html"><text></text></feedback></answer>
    <hint format="html"><text>Count!</text></hint>
    <tags><tag><text>easy</text></tag></tags>
  </question>
  <question type="truefalse">
    <name><text>Fish</text></name>
    <questiontext format="moodle_auto_format"><text>A whale is a fish.</text></questiontext>
    <answer fraction="0"><text>true</text></answer>
    <answer fraction="100"><text>false</text></answer>
  </question>
  <question type="numerical">
    <name><text>Speed</text></name>
    <questiontext format="markdown"><text>How *fast*?</text></questiontext>
    <answer fraction="100"><text>3.5</text><tolerance>0.1</tolerance></answer>
    <answer fraction="0"><text>*</text><feedback><text>No.</text></feedback></answer>
    <units><unit><multiplier>1000</multiplier><unit_name>mm</unit_name></unit>
      <unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>
  </question>
  <question type="cloze"><name><text>Gaps</text></name>
    <questiontext><text>{1:SHORTANSWER:=a}</text></questiontext></question>
  <question type="gapselect"><name><text>More</text></name><questiontext><text>[[1]]</text></questiontext></question>
</quiz>
"""


class Shown(Exhibit):
    """An exhibit with a plot."""

    __slots__ = ()

    def blocks(self):
        """Text and a plot."""
        line = {"blue": ((0, 0), (1, 2))}
        return (Prose(markdown="| a | b |\n|---|---|\n| 1 | 2 |"), Plot(title="T", x="x", y="y", series=line))


def checked(data):
    """Return the questions of a file after a look at every element of it."""
    root = etree.fromstring(data)
    assert root.tag == "quiz"
    questions = [each for each in root if each.get("type") != "category"]
    for category in root.xpath("question[@type='category']"):
        assert category.findtext("category/text").startswith("$course$/mlcourse/")
    for question in questions:
        kind = question.get("type")
        assert {child.tag for child in question} <= BASE | ALLOWED[kind]
        assert {child.tag for child in question} >= BASE
        for each in ("name", "questiontext", "generalfeedback", "idnumber", "penalty"):
            assert len(question.findall(each)) == 1
        assert set(question.xpath(".//@format")) <= FORMATS
        assert len(question.findtext("idnumber")) <= 100
        fractions = [float(each) for each in question.xpath("answer/@fraction")]
        if kind == "ordering":
            assert fractions == list(range(1, len(fractions) + 1))
        elif fractions:
            right = [each for each in fractions if each > 0]
            assert all(-100 <= each <= 100 for each in fractions)
            if kind == "multichoice":
                assert sum(right) == pytest.approx(100, abs=0.01)
            else:
                assert set(right) == {100}
    return questions


@given(QUESTIONS)
def test_what_is_written_is_read_back(question):
    """Stem, options, key, tolerance, slips, reasons, hints and tags are the same, whatever signs stand in the texts."""
    if isinstance(question, Matching):
        assume(not question.pairs[0].prompt.strip().startswith("1"))  # would be taken for an ordering
    data = write([entry(question)])
    [element] = checked(data)
    [draft] = read(data).drafts

    assert same(draft.question, question, mixed=isinstance(question, Matching))
    assert [short(hint) for hint in draft.question.hints] == [short(hint) for hint in question.hints if short(hint)]
    if isinstance(question, Ordering):
        assert [short(item.why) for item in draft.question.items] == [short(item.why) for item in question.items]
    if not isinstance(question, Matching):
        assert said(draft.question.explain) == said(question.explain)
    assert element.findtext("idnumber") == question.id


def test_the_whole_course_is_as_moodle_documents_it(course):
    """Every element of every question, and no question is left out."""
    questions = checked(write(course))
    kinds = {Single: "multichoice", Multiple: "multichoice", Matching: "matching", Numeric: "numerical"}

    assert [question.findtext("idnumber") for question in questions] == [each.id for each in course]
    for element, each in zip(questions, course, strict=True):
        kind = kinds.get(type(each.question))
        assert kind is None or element.get("type") == kind
        if isinstance(each.question, Single | Multiple):
            assert [bool(answer.findtext("feedback/text")) for answer in element.findall("answer")] == [
                bool(option.why) for option in each.question.options
            ]
        if isinstance(each.question, Numeric) and each.question.unit:
            assert element.findtext("units/unit/unit_name") == each.question.unit


def test_a_unit_comes_back():
    """It belongs to the number."""
    question = Numeric(id="n", stem="How many?", explain="So.", value=2.5, tolerance=0.1, unit="ms")
    [draft] = read(write([entry(question)])).drafts

    assert (draft.question.unit, draft.question.value, draft.question.tolerance) == ("ms", 2.5, 0.1)


def test_a_plot_is_a_picture_with_its_words():
    """The picture lies in the question, and who does not see it has the words."""
    question = ShortText(id="p", stem="What?", explain="So.", answers=("a",), exhibit=Shown("..."))
    [element] = checked(write([entry(question)]))
    [file] = element.findall("questiontext/file")
    text = element.findtext("questiontext/text")

    assert b64decode(file.text).startswith(b"\x89PNG")
    assert f"@@PLUGINFILE@@/{file.get('name')}" in text
    assert 'alt="A plot: T. Across: x.' in text
    assert "<table><thead><tr><th>a</th><th>b</th></tr></thead>" in text


def test_files_of_others_are_taken():
    """Formats of texts, pictures, units, true and false: as Moodle writes them."""
    found = read(SAMPLE.encode())
    legs, fish, speed = found.drafts

    assert isinstance(legs.question, Single)
    assert legs.question.id == "legs-more"
    assert legs.question.stem == "How many legs has a *spider*?\n\n(picture: A spider)"
    assert legs.question.hints == ("Count!",)
    assert legs.notes == ("it had files, such as pictures, which are left out", "its tags were easy")
    assert [(each.text, each.correct, each.why) for each in legs.question.options] == [
        ("8", True, "Four pairs."),
        ("6", False, ""),
    ]
    assert [(each.text, each.correct) for each in fish.question.options] == [("true", False), ("false", True)]
    assert (speed.question.stem, speed.question.value, speed.question.tolerance) == ("How *fast*?", 3.5, 0.1)
    assert (speed.question.unit, speed.question.slips) == ("m", ())
    assert [(each.line, each.column) for each in found.findings] == [(_line("cloze"), 3), (_line("gapselect"), 3)]
    assert "several places" in found.findings[0].say
    assert "'gapselect'" in found.findings[1].say


def _line(kind):
    """Return the line of a question of the sample."""
    return SAMPLE[: SAMPLE.index(f'type="{kind}"')].count("\n") + 1


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<quiz><question type="essay"><name><text>&c;</text></name></question></quiz>"""
ELSEWHERE = b"""<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>"""
DTD = b"""<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd"><quiz/>"""


@pytest.mark.parametrize(
    ("data", "line", "say"),
    [
        pytest.param(BOMB, 2, "DOCTYPE", id="entities in entities"),
        pytest.param(ELSEWHERE, 1, "DOCTYPE", id="a file of this machine"),
        pytest.param(DTD, 1, "DOCTYPE", id="a file from elsewhere"),
        pytest.param(b"<quiz>\n<question>&x;</question></quiz>", 2, "undefined entity", id="an entity"),
        pytest.param(b"<a>" * (DEEPEST + 1), 1, "lie in each other", id="deep"),
        pytest.param(b"<a>" + b"<b/>" * (MOST_ELEMENTS + 1), 1, "elements", id="many"),
        pytest.param(b"<quiz>\n<question>", 2, "no element found", id="half a file"),
        pytest.param(b"", 1, "no element found", id="nothing"),
        pytest.param(b"What?{=a ~b}", 1, "syntax error", id="GIFT"),
        pytest.param(b"<quiz>\xff</quiz>", 1, "UTF-8", id="no UTF-8"),
        pytest.param(b"<quiz>\x00</quiz>", 1, "U\\+0000", id="a NUL"),
        pytest.param(b"<html/>", 1, "begins with <quiz>", id="something else"),
    ],
)
def test_hostile_files_are_refused_with_their_place(data, line, say):
    """Nothing is expanded, fetched or opened."""
    with pytest.raises(Unreadable, match=say) as caught:
        read(data)

    assert caught.value.line == line


def test_a_text_without_end_hides_no_other_question():
    """It is left out with its place."""
    long = SAMPLE.replace("Count!", "x" * 30_000)
    found = read(long.encode())

    assert [draft.question.id for draft in found.drafts] == ["fish", "speed"]
    assert re.search("20,000 characters", found.findings[0].say)
    assert found.findings[0].line == 5


@settings(max_examples=30)
@given(QUESTIONS)
def test_equal_questions_give_equal_files(question):
    """Nothing of the moment is in a file."""
    assert write([entry(question)]) == write([entry(question)])
