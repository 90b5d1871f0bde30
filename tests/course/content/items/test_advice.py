"""Advice on questions and pages: each kind where it is due, with its place and remedy, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.lint.items.advice import advice
from course.content.pack import Pack
from tests.built_in import PACK
from tests.course.content.conftest import COURSE, FILES, LESSON, write_pack

QUESTION = """\
  - id: {id}
    kind: single
    level: apply
    objectives: {{mla-c01: ["3.1"]}}
    stem: {stem}
    options:
{options}
    hints: [Think.]
    explain: {explain}
    accepts: [{right}]
    rejects: [{wrong}]
"""


def asked(
    id: str = "one", stem: str = "Which one is it?", explain: str = "Because.", right: int = 0, *texts: str
) -> str:
    """A question with four options, as a file has it."""
    texts = texts or ("Green", "Blue", "Both", "None yet")
    options = "\n".join(
        f"      - {{id: {'abcd'[at]}, text: '{text}', why: W{at}.{', correct: true' if at == right else ''}}}"
        for at, text in enumerate(texts)
    )
    wrong = "b" if right == 0 else "a"
    return QUESTION.format(id=id, stem=stem, explain=explain, options=options, right="abcd"[right], wrong=wrong)


def pack_with(folder: Path, *questions: str, more: dict[str, str] | None = None) -> Pack:
    """The small pack with these questions for practice, and with other files."""
    files = FILES | {
        "01-fleets/lesson.yaml": LESSON.replace("labs:", "practice: [more.yaml]\nlabs:"),
        "01-fleets/questions.yaml": FILES["01-fleets/questions.yaml"].replace(
            "kind: single", "kind: single\n    level: apply"
        ),
        "01-fleets/more.yaml": "format: 1\nquestions:\n" + "".join(questions),
        **(more or {}),
    }
    return Pack(write_pack(folder / "advised", files))


def said(pack: Pack) -> list[str]:
    """The advice on a pack in which nothing is wrong."""
    assert list(lint(pack, lambda lab: ())) == []
    return [str(each).removeprefix("01-fleets/") for each in advice(pack)]


def test_the_built_in_course_needs_no_advice():
    """Its questions do not give themselves away, and its pages are short."""
    assert [str(each) for each in advice(PACK)] == []


def test_a_good_question_needs_none(tmp_path):
    """Short options may differ in length."""
    assert said(pack_with(tmp_path, asked())) == []


LONG = "It goes back to the old fleet at once, since that fleet is still there and warm"
ONE = [
    pytest.param(
        asked("one", "Which one?", "Because.", 0, LONG, "It waits", "It goes on", "It ends"),
        "more.yaml:9:23: the right option has 79 characters, the others 8 on average; make them alike",
        id="the right option is long",
    ),
    pytest.param(
        asked("one", "Which one?", "Because.", 1, LONG, "It ends", LONG + " a", LONG + " b"),
        "more.yaml:10:23: the right option has 7 characters, the others 80 on average; make them alike",
        id="the right option is short",
    ),
    pytest.param(
        asked(stem="A fleet is new."),
        "more.yaml:7:11: the stem asks nothing; end it with a question, or say what to do: Choose, Put, Match",
        id="no question",
    ),
    pytest.param(
        asked().replace("    level: apply\n", ""),
        "more.yaml:3:5: question one has no level; say what it asks for: remember to evaluate",
        id="no level",
    ),
    pytest.param(
        asked("one", "Which one?", "Because.", 0, "Green", "Blue", "Both", "All of the above"),
        "more.yaml:12:23: 'All of the above' leans on the other options, which are mixed when shown; say what is meant",
        id="all of the above",
    ),
    pytest.param(
        asked("one", "Which one?", "Because.", 0, "Green", "Blue", "Both", "Set WarmPoolSize to 1"),
        "more.yaml:12:23: 'WarmPoolSize' is explained nowhere; say in `why` what it is, or leave it out",
        id="a name that nothing explains",
    ),
    pytest.param(
        asked("one", "Which one?", "Because.", 0, "Green", "Blue", "Both", "The `turbo` mode"),
        "more.yaml:12:23: 'turbo' is explained nowhere; say in `why` what it is, or leave it out",
        id="a name in quotes",
    ),
]


@pytest.mark.parametrize(("question", "advised"), ONE)
def test_each_kind_of_advice_has_its_place_and_remedy(tmp_path, question, advised):
    """And comes alone."""
    assert said(pack_with(tmp_path, question)) == [advised]


@pytest.mark.parametrize(
    "stem",
    [
        "Which fleet?",
        "Choose two.",
        "An alarm fires. Put the steps in order.",
        "One is new: name it.",
        "Is it? It may be.",
    ],
)
def test_a_stem_that_asks_or_orders_is_well(tmp_path, stem):
    """Wherever it does so."""
    assert said(pack_with(tmp_path, asked(stem=f'"{stem}"'))) == []


def test_a_name_may_be_explained_by_a_reason_a_hint_a_page_or_the_glossary(tmp_path):
    """Anywhere in the pack."""
    for place in ("why", "hint", "page", "glossary"):
        question = asked("one", "Which one?", "Because.", 0, "Green", "Blue", "Both", "Set WarmPoolSize to 1")
        more = {}
        if place == "why":
            question = question.replace("W0.", "WarmPoolSize is a number of instances.")
        elif place == "hint":
            question = question.replace("Think.", "WarmPoolSize counts instances.")
        elif place == "page":
            more = {
                "01-fleets/lesson.md": FILES["01-fleets/lesson.md"].replace("Some *prose*", "`WarmPoolSize`, *prose*")
            }
        else:
            more = {"glossary.yaml": FILES["glossary.yaml"].replace("The old one.", "No WarmPoolSize.")}
        assert said(pack_with(tmp_path / place, question, more=more)) == []


def test_the_longest_option_is_not_right_more_often_than_chance(tmp_path):
    """Each question by itself is well, and all together are not."""
    texts = ("It goes back at once", "It waits a bit", "It goes on", "It ends soon")
    order = [texts, (*texts[1:], texts[0]), (*texts[2:], *texts[:2]), (texts[3], *texts[:3])]
    places = [0, 3, 2, 1]
    questions = [asked(f"q-{n}", f"Which of {n}?", f"Because {n}.", places[n % 4], *order[n % 4]) for n in range(8)]
    [found] = said(pack_with(tmp_path, *questions))

    assert "the right option is the longest of 9 of 9 single questions, where 2 would be chance (p = 8e-06)" in found
    assert "shorten right ones, or say more in wrong ones" in found


def test_the_right_option_is_not_always_first_in_the_file(tmp_path):
    """An export would leak it."""
    found = said(pack_with(tmp_path, *(asked(f"q-{n}", f"Which of {n}?", f"Because {n}.") for n in range(8))))

    assert "option a is right too often: in 9 of 9 questions" in found[0]
    assert "change the order of options in the files" in found[0]


def test_a_fact_is_asked_once(tmp_path):
    """Nearly the same words count, of explanations too."""
    stem = "The old fleet still runs while the new one bakes for an hour, so which of the two gets the requests?"
    explain = "As long as the bake goes on, the canary gets its share and the old fleet all of the other requests."
    first, second = asked("one", stem, explain), asked("two", stem.replace("an hour", "half a day"), explain, 1)
    found = said(
        pack_with(tmp_path, first, second.replace("'Blue'", "'Green'").replace("'Green', why: W0", "'Old', why: W0"))
    )

    assert [each.partition(": ")[2] for each in found] == [
        "the stem is nearly that of one (01-fleets/more.yaml:3); ask another fact, or drop one",
        "the explanation is nearly that of one (01-fleets/more.yaml:3); ask another fact, or drop one",
    ]


def test_long_pages_are_counted_without_drawings(tmp_path):
    """And the page's heading is pointed at."""
    fence = "```text\n" + "word " * 10 + "\n" + "word " * 10 + "\n```\n"
    page = FILES["01-fleets/lesson.md"]
    long = page + "\n## Much\n\n" + "word " * 151 + "\n"

    assert (
        said(
            pack_with(
                tmp_path / "a",
                asked(),
                more={"01-fleets/lesson.md": page + "\n## Some\n\n" + fence + "word " * 150 + "\n"},
            )
        )
        == []
    )
    [found] = said(pack_with(tmp_path / "b", asked(), more={"01-fleets/lesson.md": long}))
    line = long.splitlines().index("## Much") + 1
    assert found == f"lesson.md:{line}:1: this page has 151 words, and 150 are enough; cut it, or make two of it"


EXAM = """\
format: 1
id: mla-c01
title: An exam
about: For tests.
questions: 5
minutes: 20
pass_mark: 720
kinds: [single]
domains:
  - {id: "3", title: Deployment, weight: 100, objectives: {"3.1": Choose where., "3.2": Build.}}
sources: [{url: "https://example.com/", checked: 2026-11-22}]
"""
WITH_EXAM = {
    "course.yaml": COURSE.replace("id: first", "id: part").replace("parts:", "exams: [exams/mla-c01.yaml]\nparts:"),
    "exams/mla-c01.yaml": EXAM,
}


def test_what_an_exam_asks_for_is_served(tmp_path):
    """3.2 by no question."""
    assert said(pack_with(tmp_path, asked(), more=WITH_EXAM)) == [
        "exams/mla-c01.yaml:10:82: no question serves 3.2; ask one, or leave it out",
    ]


def test_an_exam_that_nobody_has_written_is_a_problem(tmp_path):
    """A slip in its name takes the question out of every exam, and out of the readiness for it."""
    question = asked().replace('{mla-c01: ["3.1"]}', '{mla-c01: ["3.1"], mla-c9: ["1.1"]}')

    assert [str(each) for each in lint(pack_with(tmp_path, question, more=WITH_EXAM), lambda lab: ())] == [
        "01-fleets/more.yaml:6:36: there is no exam 'mla-c9'; did you mean mla-c01?",
    ]


def test_a_text_that_ends_at_a_comment_is_told(tmp_path):
    """YAML leaves the rest out without a word; quotes, and a comment with its space, are fine."""
    cut = asked(explain="It was mended in #3 of these.")
    quoted = asked(id="other", stem="Is it so, or is it another one of all these?", explain='"In #3 of these."  # yes')

    assert [each for each in said(pack_with(tmp_path, cut, quoted)) if "comment" in each] == [
        "more.yaml:14:14: what stands behind it is a comment to YAML, '#3 of these.'; put the whole text in quotes"
    ]


def test_a_blueprint_says_which_objectives_there_are_to_be(tmp_path):
    """Of an exam that asks for much else."""
    more = WITH_EXAM | {
        "course.yaml": WITH_EXAM["course.yaml"].replace("parts:", "blueprint: blueprint.yaml\nparts:"),
        "blueprint.yaml": 'format: 1\nobjectives: {mla-c01: {"3.1": 5}}\n',
    }

    assert said(pack_with(tmp_path, asked(), more=more)) == []


def test_a_pack_that_cannot_be_read_gets_no_advice(tmp_path):
    """What is wrong comes first."""
    pack = pack_with(tmp_path, asked().replace("kind: single", "kind: sngle"))

    assert list(lint(pack, lambda lab: ()))
    assert list(advice(pack)) == []
