"""A pack from a stranger can be refused or shown inert, but it reaches nothing outside itself and cannot hang."""

from __future__ import annotations

import os
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from course.content.yaml import wording
from course.content.yaml.document import MOST_PROBLEMS
from course.content.yaml.errors import ContentError
from tests.course.content.conftest import LAB
from tests.course.content.conftest import LESSON as LESSON_TEXT

LESSON = "01-fleets/lesson.yaml"
PROGRAM = Path(wording.__file__).parents[3]


def said(root: Path) -> list[str]:
    """What the linter says; it reads every file of a pack."""
    return [str(problem) for problem in lint(Pack(root), lambda lab: ())]


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
FILES = [
    pytest.param("01-fleets/questions.yaml", BOMB, "anchors and aliases", id="alias bomb"),
    pytest.param("01-fleets/questions.yaml", "[" * 500_000, "nested deeper", id="deep nesting"),
    pytest.param("01-fleets/questions.yaml", "x" * 1_000_001, "more than 1000000 bytes", id="huge file"),
    pytest.param(
        "01-fleets/questions.yaml",
        "format: 1\nquestions: !!python/object/apply:os.system [ls]\n",
        "tags",
        id="python object",
    ),
    pytest.param("01-fleets/update/lab.yaml", "format: 1\nseeds: " + "9" * 100_000, "too large", id="huge number"),
    pytest.param("01-fleets/update/lab.yaml", "seeds: .nan\n", "no number", id="NaN"),
    pytest.param("01-fleets/lesson.md", "## \x1b]0;owned\x07\n", "invisible character U+001B", id="terminal title"),
    pytest.param(
        "01-fleets/lesson.md", "`" * 200_000 + "![" * 200_000 + "<" * 100_000, "on no page", id="slow patterns"
    ),
    pytest.param("01-fleets/lesson.md", "## Page\n" + "`a ``b " * 100_000, "placed nowhere", id="many code spans"),
    pytest.param("01-fleets/lesson.md", "## " + "# " * 100_000 + "x\n", "placed nowhere", id="a heading full of ends"),
    pytest.param(
        "01-fleets/lesson.md", "## Page\n```" + " " * 200_000 + "`\n", "placed nowhere", id="a fence that is none"
    ),
    pytest.param("01-fleets/lesson.md", "\x07" * 900_000, "invisible character U+0007", id="many bells"),
    pytest.param("01-fleets/lesson.md", "## [x](file:///etc/passwd)\n", "https://", id="link to a file"),
    pytest.param(
        "glossary.yaml", "format: 1\nterms: [" + "{id: 5}, " * 50_000 + "]", "`id` is the number 5", id="many mistakes"
    ),
    pytest.param(
        "glossary.yaml", 'format: 1\nterms: [{id: a, term: "\\u202Ex", definition: y}]', "U+202E", id="reversed"
    ),
    pytest.param(
        "glossary.yaml",
        'format: 1\nterms: [{id: a, term: "\\x1B[2J", definition: y}]',
        "glossary.yaml:2:23: the invisible character U+001B",
        id="an escaped escape",
    ),
    pytest.param("01-fleets/lesson.yaml", 'format: 1\ntitle: "\\u200Fx"\n', "U+200F", id="a mark of direction"),
    pytest.param(
        "glossary.yaml", "format: 1\n" + "".join(f"k{i}: 1\n" for i in range(50_000)), "unknown key", id="many keys"
    ),
]


@pytest.mark.parametrize(("name", "text", "complaint"), FILES)
def test_hostile_files_are_refused(root: Path, name, text, complaint):
    """In a moment, with a complaint that is safe to print."""
    (root / name).write_text(text, encoding="utf-8")
    complaints = said(root)

    assert any(complaint in each for each in complaints)
    assert all(each.isprintable() and len(each) < 1000 for each in complaints)
    assert len(complaints) < 200


def wrong_terms(count: int) -> str:
    """A glossary each of whose terms refers to one that is not there."""
    return "format: 1\nterms:\n" + "".join(
        f"  - {{id: t{n}, term: T, definition: d, source: {{url: u, checked: c}}, see: [{'x' * 30}{n}]}}\n"
        for n in range(count)
    )


LOST = [
    pytest.param("glossary.yaml", wrong_terms, id="terms"),
    pytest.param(
        "01-fleets/lesson.md", lambda count: "## Page\n\nText.\n\n" + "{question: whichfleet}\n" * count, id="steps"
    ),
    pytest.param(
        LESSON,
        lambda count: LESSON_TEXT.replace("glossary: [blue, green]", f"glossary: [{'gren, ' * count}]"),
        id="words of a lesson",
    ),
    pytest.param(
        "01-fleets/update/lab.yaml",
        lambda count: LAB.replace("near_misses: [", "near_misses: [" + "{plan: slow.yaml, fails: goesback}, " * count),
        id="goals",
    ),
    pytest.param(
        "01-fleets/update/lab.yaml",
        lambda count: LAB.replace(
            "workload: {rate: 20", f"workload: {{target_variants: {{{variants(count)}}}, rate: 20"
        ),
        id="variants",
    ),
]


def variants(count: int) -> str:
    """As many names of variants that are not there."""
    return ", ".join(f"man{n}: 0" for n in range(count))


@pytest.mark.parametrize(("name", "text"), LOST)
def test_no_more_names_are_compared_than_are_said(root: Path, monkeypatch, name, text):
    """Looking for the nearest name is slow: of a file it is done for as many as are complained of."""
    compared = []
    closest = wording.get_close_matches
    monkeypatch.setattr(
        wording, "get_close_matches", lambda word, known, n: compared.append(len(known)) or closest(word, known, n=n)
    )
    (root / name).write_text(text(1000), encoding="utf-8")
    complaints = said(root)

    assert 40 <= len(compared) <= 2 * MOST_PROBLEMS
    assert max(compared) <= wording.MOST_COMPARED
    assert len(complaints) < 200


PATHS = [
    pytest.param("../../secret.yaml", id="above"),
    pytest.param("x/../../../secret.yaml", id="above, hidden"),
    pytest.param("/etc/passwd", id="absolute"),
    pytest.param("C:/secret.yaml", id="a Windows drive"),
    pytest.param("..\\\\..\\\\secret.yaml", id="backslashes"),
    pytest.param("link.yaml", id="a link that leaves the pack"),
    pytest.param("linked/secret.yaml", id="a folder that is a link"),
    pytest.param("pipe.yaml", id="a pipe that would block"),
    pytest.param(".", id="a folder"),
    pytest.param("circle.yaml", id="links in a circle"),
    pytest.param("lesson.md/x", id="below a file"),
    pytest.param("x" * 5000, id="a name too long for any disk"),
    pytest.param(" ", id="a blank"),
]


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("key", ["questions: [questions.yaml]", "body: lesson.md", "labs: [update/lab.yaml]"])
def test_no_file_outside_the_pack_is_read(root: Path, edit, monkeypatch, name, key):
    """Not by a path, not by a link, whichever key names it. What the program reads of its own stands elsewhere."""
    secret = root.parent / "secret.yaml"
    secret.write_text("secret: 1\n")
    (root / "01-fleets/link.yaml").symlink_to(secret)
    (root / "01-fleets/linked").symlink_to(root.parent)
    (root / "01-fleets/circle.yaml").symlink_to(root / "01-fleets/circle.yaml")
    os.mkfifo(root / "01-fleets/pipe.yaml")
    opened: list[Path] = []
    original = Path.open
    monkeypatch.setattr(
        Path, "open", lambda self, *args, **named: (opened.append(self), original(self, *args, **named))[1]
    )
    field, old = key.split(": ")
    edit(LESSON, key, f'{field}: {"[" if "[" in old else ""}"{name}"{"]" if "[" in old else ""}')
    complaints = said(root)

    assert any(each.startswith(f"{LESSON}:") for each in complaints)
    outside = [path for path in opened if not path.resolve().is_relative_to(root.resolve())]
    assert [path for path in outside if not path.is_relative_to(PROGRAM)] == []
    assert not any(path.name in ("pipe.yaml", "secret.yaml", "passwd") for path in opened)


@pytest.mark.parametrize("name", ["../other", "/tmp", "linked"])
def test_no_lesson_lies_outside_the_pack(root: Path, edit, name):
    """The outline is held to the same rule."""
    outside = root.parent / "other"
    outside.mkdir()
    (outside / "lesson.yaml").write_text((root / LESSON).read_text())
    (root / "linked").symlink_to(outside)
    edit("course.yaml", "lesson: 01-fleets", f"lesson: {name}")

    with pytest.raises(ContentError, match="leaves"):
        Pack(root).outline  # noqa: B018


def test_hostile_file_names_are_not_printed(root: Path, edit):
    """A name that nobody can type is not offered."""
    (root / "01-fleets/\x1b[31mlesson.mx").touch()
    edit(LESSON, "body: lesson.md", "body: lesson.mx")

    assert all(each.isprintable() for each in said(root))


EACH_KIND = [
    "course.yaml",
    "glossary.yaml",
    "exam.yaml",
    "blueprint.yaml",
    "01-fleets/lesson.yaml",
    "01-fleets/lesson.md",
    "01-fleets/questions.yaml",
    "01-fleets/practice.yaml",
    "01-fleets/predictions.yaml",
    "01-fleets/update/lab.yaml",
    "01-fleets/update/brief.md",
    "01-fleets/update/debrief.md",
    "01-fleets/update/start.yaml",
    "01-fleets/update/reference.yaml",
    "01-fleets/update/slow.yaml",
    "01-fleets/shift/incident.yaml",
]


@pytest.fixture
def every_kind(root: Path, edit) -> Path:
    """The small pack, with a file of each kind that a pack can name."""
    edit(
        "course.yaml",
        "glossary: glossary.yaml",
        "glossary: glossary.yaml\nexams: [exam.yaml]\nblueprint: blueprint.yaml",
    )
    more = "practice: [practice.yaml]\npredictions: [predictions.yaml]\nincidents: [shift/incident.yaml]\nsources:"
    edit(LESSON, "sources:", more)
    (root / "01-fleets/shift").mkdir()
    for name in EACH_KIND:
        if not (root / name).exists():
            (root / name).write_text("format: 1\n")
    return root


@pytest.mark.parametrize("name", [name for name in EACH_KIND if name.endswith(".yaml")])
def test_no_file_may_be_an_alias_bomb(every_kind: Path, name):
    """A billion laughs, in a file of each kind: refused where it begins, in a moment."""
    (every_kind / name).write_text(BOMB)

    assert any(each.startswith(f"{name}:1:4: anchors and aliases") for each in said(every_kind)), said(every_kind)


@pytest.mark.parametrize("name", EACH_KIND)
@pytest.mark.parametrize("kind", ["pipe", "link", "circle", "folder", "socket"])
def test_nothing_but_a_file_stands_for_a_file(every_kind: Path, monkeypatch, name, kind):
    """Of each kind: a pipe is not waited for, a link is not followed out, and what it is instead is not opened."""
    outside = every_kind.parent / "secret"
    outside.write_text("secret: 1\n")
    file = every_kind / name
    file.unlink()
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        monkeypatch.chdir(file.parent)
        match kind:
            case "pipe":
                os.mkfifo(file)
            case "link":
                file.symlink_to(outside)
            case "circle":
                file.symlink_to(file)
            case "folder":
                file.mkdir()
            case "socket":
                listening.bind(file.name)
        opened: list[Path] = []
        original = Path.open
        monkeypatch.setattr(
            Path, "open", lambda self, *args, **named: (opened.append(self), original(self, *args, **named))[1]
        )
        complaints = said(every_kind)

    assert file not in opened
    assert not any(path.name == "secret" for path in opened)
    assert any(Path(name).name in each for each in complaints)
    assert all(each.isprintable() for each in complaints)


def test_a_folder_of_many_files_costs_nothing(root: Path, edit):
    """Only what is named is looked at; and a wrong name is compared with few of them."""
    for n in range(20_000):
        (root / f"01-fleets/{n}.md").touch()
    edit(LESSON, "body: lesson.md", "body: lessen.md")
    began = time.process_time()
    [complaint] = [each for each in said(root) if "lessen.md" in each]

    assert complaint.endswith("did you mean lesson.md?")
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", EACH_KIND)
def test_a_file_that_may_not_be_read_is_said(every_kind: Path, monkeypatch, name):
    """Whoever may read everything cannot be refused, so the system's answer is played here."""
    original = Path.open

    def refusing(self, *args, **named):
        if self == every_kind / name:
            raise PermissionError(13, "Permission denied")
        return original(self, *args, **named)

    monkeypatch.setattr(Path, "open", refusing)

    assert any(f"{name}:1:1: the file cannot be read; Permission denied" in each for each in said(every_kind))


def test_a_folder_that_may_not_be_entered_is_said(root: Path, monkeypatch):
    """In place of an advice to give the file a shorter name."""
    original = os.stat

    def refusing(path, *args, **named):
        if "update" in str(path):
            raise PermissionError(13, "Permission denied")
        return original(path, *args, **named)

    monkeypatch.setattr(os, "stat", refusing)
    complaints = [str(problem) for problem in lint(Pack(root), lambda lab: ())]

    assert any("may not be read" in each for each in complaints), complaints
