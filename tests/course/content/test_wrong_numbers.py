"""A number that cannot be used is said alone where all else is right, and beside all else that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course.content.files.questions import read_questions
from course.content.files.world import load_world_file
from course.content.pack import Pack
from course.content.yaml.document import MOST_PROBLEMS
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_what_can_be_read, read_yaml
from tests.course.content.conftest import LAB, write_pack
from tests.course.content.test_incident_files import FILES as INCIDENT_FILES
from tests.course.content.test_incident_files import INCIDENT
from tests.course.content.test_question_files import ALL_KINDS
from tests.course.content.test_world_files import WORLD

Complaints = Callable[[str], list[str]]
"""From a file's text to what is wrong with it."""
NO_NUMBER = "{} is no number that can be used; give a finite one"
WORDS = {
    ".nan": NO_NUMBER.format(".nan"),
    "-.inf": NO_NUMBER.format("-.inf"),
    "1e999": "the number is too large; stay below 1e308, or put text in quotes",
    "9" * 400: "the number is too large; stay below 9e+15, or put text in quotes",
}
_WORD = re.compile(r'"[^"]*"|[^\s,\]}]+(?: [^\s,\]}:]+)*')


def values(text: str) -> Iterator[tuple[int, int]]:
    """Yield line and column of every value that is no mapping and no list."""
    document = read_yaml(text, "x.yaml")
    for trail, (line, column) in document.marks.items():
        inside = document.data
        for key in trail:
            inside = inside[key]
        if not isinstance(inside, dict | list):
            yield line, column


def changed(text: str, line: int, column: int, word: str) -> str:
    """Return the text with another value at a place."""
    lines = text.split("\n")
    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    lines[line - 1] = before + _WORD.sub(word, after, count=1)
    return "\n".join(lines)


def of_lab(root: Path) -> Complaints:
    """Return what reads a text as the small pack's lab."""
    return _written(root / "01-fleets/update/lab.yaml", lambda: Pack(root).lab("update"))


def of_incident(root: Path) -> Complaints:
    """Return what reads a text as an incident of the small pack."""
    write_pack(root, INCIDENT_FILES)
    lesson = root / "01-fleets/lesson.yaml"
    lesson.write_text(lesson.read_text() + "incidents: [shift/incident.yaml]\n")
    return _written(root / "01-fleets/shift/incident.yaml", lambda: Pack(root).incident("shift"))


def of_world(root: Path) -> Complaints:
    """Return what reads a text as a world."""
    path = root / "world.yaml"
    return _written(path, lambda: load_world_file(path, print))


def of_questions(root: Path) -> Complaints:
    """Return what reads a text as questions."""
    path = root / "q.yaml"
    return _written(path, lambda: read_questions(read_what_can_be_read(path.read_text(), path)))


def _written(path: Path, read: Callable[[], object]) -> Complaints:
    def said(text: str) -> list[str]:
        path.write_text(text)
        try:
            read()
        except ContentError as error:
            return [f"{each.line}:{each.column}: {each.say}" for each in error.problems]
        return []

    return said


FILES = [
    pytest.param(of_lab, LAB, ("title: An update", "title: 5"), id="lab"),
    pytest.param(of_incident, INCIDENT, ("title: A shift", "title: 5"), id="incident"),
    pytest.param(of_world, f"format: 1\n{WORLD}", ("provision_s: 100", "provision_s: -1"), id="world"),
    pytest.param(of_questions, ALL_KINDS, ("format: 1", "format: 3"), id="questions"),
]
"""Who reads it, the text of a file, and a mistake of another kind."""


@pytest.mark.parametrize(("reader", "text", "mistake"), FILES)
def test_wherever_it_stands_it_is_all_that_is_said(root, reader, text, mistake):
    """Nothing is said that only follows from it, whichever value of the file it takes the place of."""
    said, words = reader(root), list(WORDS.items())
    assert said(text) == []

    for number, (line, column) in enumerate(values(text)):
        word, complaint = words[number % len(words)]
        assert said(changed(text, line, column, word)) == [f"{line}:{column}: {complaint}"]


@pytest.mark.parametrize(("reader", "text", "mistake"), FILES)
def test_wherever_it_stands_it_hides_no_other_mistake(root, reader, text, mistake):
    """What is wrong elsewhere in the file is said beside it."""
    said, wrong = reader(root), text.replace(*mistake)
    [other] = said(wrong)

    for line, column in values(wrong):
        if not other.startswith(f"{line}:"):
            complaint = f"{line}:{column}: {WORDS['.nan']}"
            assert sorted(said(changed(wrong, line, column, ".nan"))) == sorted([complaint, other])


def test_a_field_that_does_not_exist_is_said_as_well(root: Path):
    """With its number mended, it would still be unknown: in a request, and in a value of the engine's."""
    text = WORLD.replace("Threshold: 5", "Threshold: 5\n    Treshold: .nan").replace(
        "provision_s: 100", "provide_s: .inf"
    )
    said = of_world(root)(f"format: 1\n{text}")

    assert [complaint.split(";")[0].split(". ")[0][:75] for complaint in said] == [
        '18:5: Unknown parameter in input: "Treshold", must be one of: AlarmName, Al',
        "18:15: .nan is no number that can be used",
        "20:10: unknown key 'provide_s'",
        "20:21: .inf is no number that can be used",
    ]


def test_nobody_is_told_more_than_can_be_mended(root: Path):
    """A file of nothing else is read up to the most that is said of one file."""
    numbers = ", ".join([".nan"] * 1000)

    assert len(of_questions(root)(f"format: 1\nquestions: [{numbers}]\n")) == MOST_PROBLEMS


@pytest.mark.parametrize("name", ["course.yaml", "glossary.yaml", "01-fleets/lesson.yaml", "01-fleets/questions.yaml"])
def test_no_file_of_a_pack_passes_with_one(root: Path, name: str):
    """Wherever it stands, in a file that is read on the way to a lesson or not: it is said."""
    text = (root / name).read_text()

    for line, column in values(text):
        (root / name).write_text(changed(text, line, column, ".nan"))
        pack = Pack(root)
        with pytest.raises(ContentError) as caught:
            (pack.outline, pack.terms(), pack.lesson("fleets"))
        assert f"{name}:{line}:{column}: {WORDS['.nan']}" in map(str, caught.value.problems)
