"""GIFT as we write it, as others read it, and as we read what others write."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from course.interchange.gift.reading import read
from course.interchange.gift.writing import write
from course.interchange.reading import MOST_BYTES, MOST_QUESTIONS, Unreadable
from quiz.questions import Fix, Matching, Multiple, Numeric, Option, Ordering, ShortText, Single
from tests.course.interchange.given import QUESTIONS, choices, entry, matchings, said, same, short

with pytest.warns(DeprecationWarning):  # it asks for the locale in an old way
    from pygiftparser import parser as independent

SAMPLE = """\
// question: 0  name: Switch category to $course$/top/Animals
$CATEGORY: $course$/top/Animals

// question: 101  name: Legs [id:legs-1] [tag:easy]
::Legs::[html]<p>How many legs has a <b>spider</b>?</p>{
\t~four
\t=eight#Four pairs.
\t~%-25%six#That would be an insect.
\t####<p>Spiders are no insects.</p>
}

::True or not::The whale is a fish.{FALSE#It breathes air.#Well known!}

Who wrote it?{=Ada =%100%Ada Lovelace =%50%Lovelace =%0%Charles#He built it.}

When was it?{#1843:2#Right =%50%1840:10#Nearly ~#Not at all}

Between which?{#1.5..2.5}

Mammals are {~cold =warm} blooded.

Match them.{=cat -> kitten =dog -> puppy = -> calf}

::Essay::Tell me more.{}

Nothing is asked here.
"""


@given(QUESTIONS)
def test_what_is_written_is_read_back(question):
    """Stem, options, key, tolerance, slips and reasons are the same, whatever signs stand in the texts."""
    if isinstance(question, ShortText):
        assume(not any("->" in text for text in (*question.answers, *(slip.answer for slip in question.slips))))
    if isinstance(question, Matching):
        assume(not question.pairs[0].prompt.strip().startswith("1"))  # would be taken for an ordering
    found = read(write([entry(question)]))

    assert found.findings == ()
    assert same(found.drafts[0].question, question, mixed=True)
    if not isinstance(question, Ordering | Matching):
        assert said(found.drafts[0].question.explain) == said(question.explain)


def understood(data):
    """Return what the independent parser makes of a file."""
    return independent.parseFile(io.StringIO(data.decode()))


def weights(answers):
    """Return the weight of each answer."""
    return [each.fraction for each in answers.answers]


def test_another_parser_understands_the_whole_course(course):
    """It finds as many questions, answers, right ones and reasons as there are."""
    read_back = understood(write(course))

    assert len(read_back) == len(course)
    for each, found in zip(course, read_back, strict=True):
        question = each.question
        assert found.valid
        assert found.title == each.id
        match question:
            case Single() | Multiple():
                right = sum(option.correct for option in question.options)
                assert len(found.answers.answers) == len(question.options)
                assert sum(weight > 0 for weight in weights(found.answers)) == right
                assert sum(weight for weight in weights(found.answers) if weight > 0) == pytest.approx(100, abs=0.01)
                assert [bool(answer.feedback) for answer in found.answers.answers] == [True] * len(question.options)
            case Ordering():
                spare = len(question.items) + len(question.distractors)
                assert [answer.answer for answer in found.answers.answers] != []
                assert len(found.answers.answers) == spare
            case Matching():
                assert {answer.question for answer in found.answers.answers} >= {""} if question.decoys else True
                assert len([answer for answer in found.answers.answers if answer.question.strip()]) == len(
                    question.pairs
                )
            case Numeric():
                assert found.answers.answers[0].value == pytest.approx(question.value)
                assert found.answers.answers[0].tolerance == pytest.approx(question.tolerance)
                assert weights(found.answers)[0] == 100
                assert set(weights(found.answers)[1:]) <= {0}
            case ShortText() if not question.concepts:
                assert len(found.answers.answers) == len(question.answers) + len(question.slips)
            case ShortText() | Fix():
                assert type(found.answers).__name__ == "Essay"
        assert found.generalFeedback


@settings(max_examples=25)
@given(choices())
def test_another_parser_finds_the_same_options(question):
    """Special signs end no option before its end."""
    texts = (question.stem, question.explain, *(part for each in question.options for part in (each.text, each.why)))
    assume(not any("\\" in text for text in texts))  # it knows no escaped backslash
    [found] = understood(write([entry(question)]))

    assert found.valid
    assert sorted(weight > 0 for weight in weights(found.answers)) == sorted(
        option.correct for option in question.options
    )


def test_files_of_others_are_taken():
    """Weights, feedback, missing words, ranges, true and false: as Moodle's documents show them."""
    found = read(SAMPLE.encode())
    [legs, whale, who, when, between, missing, match] = [draft.question for draft in found.drafts]

    assert isinstance(legs, Single)
    assert (legs.id, legs.stem, legs.explain) == (
        "legs-1",
        "How many legs has a **spider**?",
        "Spiders are no insects.",
    )
    assert [(each.text, each.correct, each.why) for each in legs.options] == [
        ("four", False, ""),
        ("eight", True, "Four pairs."),
        ("six", False, "That would be an insect."),
    ]
    assert isinstance(whale, Single)
    assert [(each.text, each.correct, each.why) for each in whale.options] == [
        ("True", False, "It breathes air."),
        ("False", True, "Well known!"),
    ]
    assert isinstance(who, ShortText)
    assert (who.answers, who.slips[0].answer, who.slips[0].why) == (("Ada", "Ada Lovelace"), "Charles", "He built it.")
    assert isinstance(when, Numeric)
    assert (when.value, when.tolerance, when.slips) == (1843, 2, ())
    assert isinstance(between, Numeric)
    assert (between.value, between.tolerance) == (2, 0.5)
    assert missing.stem == "Mammals are _____ blooded."
    assert isinstance(match, Matching)
    assert [(pair.prompt, pair.answer) for pair in match.pairs] == [("cat", "kitten"), ("dog", "puppy")]
    assert match.decoys == (Option(id="c", text="calf", why=""),)
    assert [(each.line, each.column) for each in found.findings] == [(24, 1), (26, 1)]
    assert "no key" in found.findings[0].say
    assert "asks nothing" in found.findings[1].say


def test_tags_that_are_no_objectives_are_noted():
    """Whoever goes on with the file sees them."""
    [legs, *_] = read(SAMPLE.encode()).drafts

    assert legs.notes == ("its tags were easy",)


@pytest.mark.parametrize(
    ("data", "line", "column", "say"),
    [
        pytest.param(b"What?{=a ~b", 1, 6, "never closed", id="an open brace"),
        pytest.param(b"\n\nWhat?}", 3, 6, "closes nothing", id="a closing brace"),
        pytest.param(b"What? {#many}", 1, 9, "no number", id="no number"),
        pytest.param(b"What? {=a -> b =c}", 1, 17, "no partner", id="half a pair"),
        pytest.param(b"What? {=a}{=b}", 1, 7, "several places", id="two places"),
        pytest.param(b"What? {~a ~b}", 1, 1, "no answer is right", id="no key"),
        pytest.param(b"What? {=a =b ~c}", 1, 1, "exactly one", id="two keys"),
        pytest.param(b"What? {=%50%a}", 1, 1, "no answer is right", id="half a key"),
        pytest.param(b"x{" + b"~" * 15_000 + b"}", 1, 1, "are the most", id="nothing but tildes"),
        pytest.param(b"x{" + b"~a" * 8_000 + b"}", 1, 1, "are the most", id="thousands of options"),
        pytest.param(b"x{" + b"~a" * 500_000 + b"}", 1, 1, "20,000 characters", id="a million signs"),
        pytest.param(b"x{" * 9_000, 1, 2, "never closed", id="nothing but braces"),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_place(data, line, column, say):
    """No question is lost without a word, and none hides the others."""
    found = read(data + b"\n\nAnd this?{=yes ~no}\n")

    assert [(each.line, each.column) for each in found.findings] == [(line, column)]
    assert say in found.findings[0].say
    assert [draft.question.stem for draft in found.drafts] == ["And this?"]


@pytest.mark.parametrize(
    ("data", "line", "column", "say"),
    [
        pytest.param(b"abc\nd\xff", 2, 2, "UTF-8", id="no text"),
        pytest.param(b"abc\x00", 1, 4, "U+0000", id="a NUL"),
        pytest.param("a\u202eb".encode(), 1, 2, "U+202E", id="what turns the direction"),
        pytest.param(b"a" * (MOST_BYTES + 1), 1, 1, "larger than", id="too much"),
        pytest.param(b"x\n\n" * (MOST_QUESTIONS + 1), 20_001, 1, "10,000 questions", id="too many"),
    ],
)
def test_what_is_no_text_is_refused(data, line, column, say):
    """With the line and the column."""
    with pytest.raises(Unreadable, match=say.replace("+", r"\+")) as caught:
        read(data)

    assert (caught.value.line, caught.value.column) == (line, column)


@given(st.lists(st.sampled_from("{}~=#\\:->%5 a\n*[]"), max_size=60).map("".join))
@example("{=%9999%a}")
def test_no_text_at_all_breaks_the_reader(text):
    """Whatever stands in a file, there are questions and findings, and nothing is raised."""
    found = read(text.encode())

    assert all(each.line >= 1 and each.column >= 1 and each.say for each in found.findings)
    assert len({draft.question.id for draft in found.drafts}) == len(found.drafts)


def test_a_window_file_is_taken():
    """A byte order mark and other line ends change nothing."""
    [draft] = read("\ufeffWhat?{=a ~b}\r\n\r\n".encode()).drafts

    assert draft.question.stem == "What?"


@settings(max_examples=25)
@given(matchings())
def test_an_ordering_comes_back_as_one(question):
    """Places and steps are no matching, for whoever reads them here."""
    steps = Ordering(
        id="o",
        stem="Order!",
        explain="So.",
        items=tuple(replace_item(pair) for pair in question.pairs),
        distractors=tuple(replace(each, id=f"x{at}") for at, each in enumerate(question.decoys)),
    )
    [draft] = read(write([entry(steps)])).drafts

    assert isinstance(draft.question, Ordering)
    assert [short(item.text) for item in draft.question.items] == [short(item.text) for item in steps.items]


def replace_item(pair):
    """Return a step that says what a pair's answer says."""
    from quiz.questions import Item

    return Item(id=pair.id, text=pair.answer, why="")
