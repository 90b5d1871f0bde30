"""Everything that `mlcourse new` writes passes the strict check as it is, in a pack that has begun from nothing."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from course.content.lint.check import lint
from course.content.lint.items.advice import advice
from course.content.making.exam import new_exam
from course.content.making.exercise import INCIDENT, INCIDENT_KINDS, LAB, LAB_KINDS, new_exercise
from course.content.making.ground import Ground
from course.content.making.lesson import new_lesson
from course.content.making.made import CannotBeMade
from course.content.making.pack import new_pack
from course.content.making.question import KINDS, new_question
from course.content.making.writing import write
from course.content.pack import Pack
from course.content.packs import built_in_pack
from course.content.yaml.reader import read_yaml
from labs.grading import proof
from labs.incidents import proof as incident_proof
from labs.lab import Lab
from tests.built_in import PACK as BUILT_IN

TODAY = date(2027, 2, 3)
ROOTS = (built_in_pack(),)
LESSON = "tides-begin"
NAMES = re.compile(r"# yaml-language-server: \$schema=(?P<path>\S+)\n")


def found(root: Path, *, proven: bool = False) -> list[str]:
    """What the strict check has to say, with the proofs if they are wanted."""
    pack = Pack(root)

    def prove(each):
        if not proven:
            return ()
        return proof.prove(each) if isinstance(each, Lab) else incident_proof.prove(each)

    return [str(each) for each in (*lint(pack, prove, (BUILT_IN,)), *advice(pack, (BUILT_IN,)))]


def on(root: Path) -> Ground:
    return Ground(Pack(root), (BUILT_IN,))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs") / "tides"
    write(new_pack(folder, ROOTS, title=None, today=TODAY))
    return folder


@pytest.fixture
def root(begun: Path, tmp_path: Path) -> Path:
    """A pack of its own for each test, just made."""
    return Path(shutil.copytree(begun, tmp_path / "tides"))


def test_a_new_pack_is_right(root: Path):
    """It has a lesson with a question on its page, and a word that is explained."""
    pack = Pack(root)

    assert found(root) == []
    assert [question.id for question in pack.whole_lesson(LESSON).bank] == ["tides-first-question"]
    assert [term.lesson for term in pack.terms()] == [LESSON]
    assert pack.outline.title == "Tides"


def test_many_questions_of_each_kind_are_right(root: Path):
    """Beginnings that are alike are no repeats, and what is right stands now here, now there."""
    write(new_exercise(on(root), BUILT_IN, LAB, "a-lab", lesson=LESSON))
    for kind in KINDS:
        for number in range(3):
            practice = number % 2 == 1
            write(new_question(on(root), f"{kind}-{number}", lesson=LESSON, kind=kind, practice=practice))

    assert found(root) == []
    bank = Pack(root).whole_lesson(LESSON).bank
    assert len(bank) == 1 + 3 * (len(KINDS) + 1)


def test_a_lesson_goes_where_it_is_wanted(root: Path):
    """In the last part, or in the one that is named."""
    outline = root / "course.yaml"
    outline.write_text(outline.read_text() + "  - {id: later, numeral: II, title: Later, topics: []} # to be filled\n")
    write(new_lesson(on(root), "at-the-end", title=None, part=None, today=TODAY))
    write(new_lesson(on(root), "before", title="Before: the end", part="tides", today=TODAY))

    assert found(root) == []
    assert [[topic.id for topic in part.topics] for part in Pack(root).outline.parts] == [
        [LESSON, "before"],
        ["at-the-end"],
    ]
    assert "# to be filled" in outline.read_text()


@pytest.mark.parametrize("kind", LAB_KINDS)
def test_a_lab_begins_as_the_proven_one_of_its_kind(root: Path, kind: str):
    """It is that lab but for its name, so the proof of the built-in pack is its proof too."""
    write(new_exercise(on(root), BUILT_IN, LAB, "own", lesson=LESSON, kind=kind, title="My own"))
    made, example = Pack(root).lab("own"), BUILT_IN.lab(LAB_KINDS[kind])

    assert found(root) == []
    assert (made.title, made.lesson) == ("My own", LESSON)
    for name in (
        "world",
        "releases",
        "goals",
        "minutes",
        "brief",
        "debrief",
        "start",
        "reference",
        "near_misses",
        "seeds",
    ):
        assert getattr(made, name) == getattr(example, name), name


@pytest.mark.parametrize("kind", INCIDENT_KINDS)
def test_an_incident_begins_as_the_proven_one_of_its_kind(root: Path, kind: str):
    """The same for incidents."""
    write(new_exercise(on(root), BUILT_IN, INCIDENT, "own", lesson=LESSON, kind=kind))
    made, example = Pack(root).incident("own"), BUILT_IN.incident(INCIDENT_KINDS[kind])

    assert found(root) == []
    for name in ("world", "releases", "goals", "minutes", "brief", "debrief", "plan", "answers", "speed"):
        assert getattr(made, name) == getattr(example, name), name


def test_a_new_lab_and_a_new_incident_prove_themselves(root: Path):
    """Not only as values: as the check runs them."""
    write(new_exercise(on(root), BUILT_IN, LAB, "own-lab", lesson=LESSON, kind="batch"))
    write(new_exercise(on(root), BUILT_IN, INCIDENT, "own-incident", lesson=LESSON, kind="status"))

    assert found(root, proven=True) == []


def test_each_file_names_a_schema_that_it_fits(root: Path):
    """By a path that leads there from where the file is: an editor would underline nothing."""
    for kind in (each for each in KINDS if each != "fix"):
        write(new_question(on(root), f"a-{kind}", lesson=LESSON, kind=kind, practice=True))
    write(new_exercise(on(root), BUILT_IN, LAB, "own", lesson=LESSON))
    write(new_exercise(on(root), BUILT_IN, INCIDENT, "watched", lesson=LESSON))
    write(new_exam(on(root), "final", title=None, today=TODAY))
    named = {}
    for file in root.rglob("*.yaml"):
        text = file.read_text()
        if found_line := NAMES.match(text):
            schema = json.loads((file.parent / found_line["path"]).read_text())
            errors = list(Draft202012Validator(schema).iter_errors(read_yaml(text, file.name).data))
            named[file.name] = [error.message for error in errors]

    kinds = ("course", "glossary", "lesson", "questions", "practice", "lab", "incident", "final")
    assert named == {f"{kind}.yaml": [] for kind in kinds}


def test_any_built_in_lab_can_be_the_beginning(root: Path):
    """Not only those that are the example of a kind."""
    write(new_exercise(on(root), BUILT_IN, LAB, "own", lesson=LESSON, like="diluted"))

    assert Pack(root).lab("own").world == BUILT_IN.lab("diluted").world


def test_an_exam_asks_what_the_pack_has(root: Path):
    """Each part with a question is a domain, and the weights follow the questions."""
    outline = root / "course.yaml"
    outline.write_text(outline.read_text() + "  - {id: later, numeral: II, title: Later, topics: []}\n")
    write(new_lesson(on(root), "waves", title="Waves", part="later", today=TODAY))
    for number, kind in enumerate(("single", "ordering", "single")):
        write(new_question(on(root), f"q-{number}", lesson="waves", kind=kind, practice=True))
    write(new_exam(on(root), "final", title=None, today=TODAY))
    exam = Pack(root).exam("final")

    assert found(root) == []
    assert [(domain.id, domain.weight, dict(domain.objectives)) for domain in exam.domains] == [
        ("tides", 26, {LESSON: "Somebody waits"}),
        ("later", 74, {"waves": "Waves"}),
    ]
    assert (exam.questions, exam.kinds) == (4, ("single", "ordering", "numeric"))


ALIKE = st.sampled_from(
    ["true", "null", "007", "1e5", "0x1f", "5-0", "canary", "tides-begin", "on", "a" * 51, "Ab", "x/y"]
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ALIKE | st.text("abz019-", min_size=1, max_size=12), ALIKE | st.text("e7-", max_size=4))
def test_whatever_the_ids_are(root: Path, lesson: str, other: str):
    """They are refused in a sentence, or the pack is right: also with ids that YAML would read as numbers."""
    with TemporaryDirectory() as folder:
        pack = Path(shutil.copytree(root, Path(folder) / "tides"))
        for make in (
            lambda at: new_lesson(at, lesson, title=None, part=None, today=TODAY),
            lambda at: new_exercise(at, BUILT_IN, LAB, other, lesson=lesson, kind="batch"),
            lambda at: new_question(at, other, lesson=lesson, kind="case"),
            lambda at: new_exam(at, other, title=None, today=TODAY),
        ):
            try:
                write(make(on(pack)))
            except CannotBeMade as refused:
                assert len(str(refused).splitlines()) == 1

        assert found(pack) == []


@pytest.mark.parametrize(
    ("how", "say"),
    [
        (lambda at: new_question(at, "q", lesson="tide-begin", kind="single"), "no lesson 'tide-begin'; did you mean"),
        (lambda at: new_question(at, "q", lesson=LESSON, kind="sigle"), "did you mean single?"),
        (
            lambda at: new_question(at, "q", lesson=LESSON, kind="fix"),
            "this pack has none; begin with: mlcourse new lab",
        ),
        (lambda at: new_question(at, "canary-order", lesson=LESSON, kind="single"), "taken in"),
        (lambda at: new_question(at, "tides-first-question", lesson=LESSON, kind="single"), "taken in"),
        (lambda at: new_lesson(at, "canary", title=None, part=None, today=TODAY), "the lesson id 'canary' is taken"),
        (lambda at: new_lesson(at, "new", title=None, part="tide", today=TODAY), "did you mean tides?"),
        (lambda at: new_lesson(at, "new", title=" ", part=None, today=TODAY), "is no title"),
        (lambda at: new_lesson(at, "a\x1b[2J", title=None, part=None, today=TODAY), "is no id"),
        (lambda at: new_lesson(at, "nul", title=None, part=None, today=TODAY), "Windows"),
        (
            lambda at: new_exercise(at, BUILT_IN, LAB, "x", lesson=LESSON, kind="canari"),
            "known here: canary, blue-green",
        ),
        (lambda at: new_exercise(at, BUILT_IN, LAB, "x", lesson=LESSON, like="dilutd"), "did you mean diluted?"),
        (lambda at: new_exercise(at, BUILT_IN, LAB, "x", lesson=LESSON, like="diluted", kind="canary"), "not both"),
        (lambda at: new_exercise(at, BUILT_IN, LAB, "diluted", lesson=LESSON), "the lab id 'diluted' is taken"),
        (lambda at: new_exercise(at, BUILT_IN, INCIDENT, "silent-rollback", lesson=LESSON), "is taken"),
        (lambda at: new_exam(at, "mla-c01", title=None, today=TODAY), "the exam id 'mla-c01' is taken"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(root: Path, how, say: str):
    """It says what is wrong and what would be right."""
    with pytest.raises(CannotBeMade) as told:
        how(on(root))

    assert say in str(told.value)
    assert "\x1b" not in str(told.value)
