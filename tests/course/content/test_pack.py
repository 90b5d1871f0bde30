"""A pack is a catalog whose files are read when they are needed, and several packs are one course."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from course.content.files.folder import Folder
from course.content.pack import Pack, load_outline
from course.content.packs import built_in_pack, find_packs, open_packs, packs_beside
from course.content.yaml.errors import ContentError
from course.outline import Topic
from course.syllabus import Checkpoint, Practice, Reading
from tests.course.content.conftest import GLOSSARY, QUESTIONS, write_pack

LOOK = """
import sys
from pathlib import Path
from course.content.packs import find_packs, open_packs
packs, problems = open_packs(find_packs())
assert packs.outline.topics and not problems
loaded = {name.split(".")[0] for name in sys.modules}
print(*sorted(loaded & {"numpy", "botocore", "simpy", "engine", "labs", "textual"}))
"""


def said(read) -> list[str]:
    """What is wrong, when something is read."""
    with pytest.raises(ContentError) as caught:
        read()
    return [str(problem) for problem in caught.value.problems]


def test_the_outline_is_cheap():
    """On the way to the first screen nothing of the engine is loaded, and no numpy or botocore."""
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=False, cwd=Path.cwd())

    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_the_outline_names_what_is_there(root: Path):
    """A lesson brings its own line."""
    [lesson] = load_outline(root).topics

    assert lesson == Topic(
        id="fleets",
        title="Two fleets",
        minutes=10,
        about="One line.",
        questions=("which-fleet",),
        labs={"update": "An update"},
    )


def test_the_outline_needs_neither_questions_nor_labs(root: Path):
    """Files are read when they are asked for, so a wrong one stops only its own lesson."""
    (root / "01-fleets/questions.yaml").write_text("wrong: [")
    (root / "01-fleets/update/lab.yaml").write_text("wrong: [")
    pack = Pack(root)

    assert pack.outline.topics[0].title == "Two fleets"
    assert pack.lab_ids() == ("update",)
    assert len(said(lambda: pack.lesson("fleets"))) >= 2


@pytest.mark.parametrize(
    ("file", "title"),
    [
        pytest.param("title: Trickle", "Trickle", id="all that is needed"),
        pytest.param("format: 9\nbogus: 1\ntitle: p99, and a half", "p99, and a half", id="wrong in other keys"),
        pytest.param("titel: Trickle", "update", id="misspelt"),
        pytest.param("title: ' '", "update", id="blank"),
        pytest.param("title: 7", "update", id="a number"),
        pytest.param("title: [Trickle]", "update", id="a list"),
        pytest.param("- title: Trickle", "update", id="another shape"),
        pytest.param("title: Trickle\nwrong: [", "update", id="no YAML"),
        pytest.param("title: Tri\x1bckle", "update", id="a control character"),
        pytest.param("", "update", id="nothing"),
        pytest.param(None, "update", id="no file"),
    ],
)
def test_the_title_of_a_lab_is_the_files(root: Path, file: str | None, title: str):
    """Where the file says none, or cannot be read, the lab has its id; no name is made from it."""
    path = root / "01-fleets/update/lab.yaml"
    path.unlink() if file is None else path.write_text(file)

    assert load_outline(root).title_of("lab", "update") == title
    assert load_outline(root).title_of("lab", "unheard-of") == "unheard-of"


def test_a_lesson_has_its_steps(root: Path):
    """A page, a question and a lab, with the lab's title."""
    lesson = Pack(root).lesson("fleets")
    page, question, lab = lesson.steps

    assert isinstance(page, Reading)
    assert isinstance(question, Checkpoint)
    assert question.question.id == "which-fleet"
    assert lab == Practice(lab="update", title="An update")
    assert lesson.objectives == {"mla-c01": ("3.1",)}
    assert lesson.sources[0].checked == "2026-11-22"


def test_each_file_is_read_once(root: Path, monkeypatch):
    """Asking again costs nothing."""
    names: list[str] = []
    read = Folder.text
    monkeypatch.setattr(Folder, "text", lambda self, name: (names.append(str(name)), read(self, name))[1])
    pack = Pack(root)
    for _ in range(2):
        pack.outline, pack.lesson("fleets"), pack.lab("update"), pack.terms()

    assert len(names) == len(set(names)) == 11


def test_terms_are_sorted(root: Path):
    """A glossary is looked up by its words."""
    assert [term.term for term in Pack(root).terms()] == ["Blue fleet", "Green fleet"]


def test_unknown_names_are_key_errors(root: Path):
    """As for a mapping."""
    with pytest.raises(KeyError):
        Pack(root).lesson("later")


WRONG = [
    pytest.param(
        "course.yaml",
        "01-fleets",
        "02-fleets",
        ["course.yaml:11:18: '02-fleets/lesson.yaml' is no file here; did you mean 01-fleets?"],
        id="no such lesson",
    ),
    pytest.param(
        "course.yaml",
        "{lesson: 01-fleets}",
        "{lesson: 01-fleets}\n      - {id: later, title: Later, about: Not yet.}",
        [
            "course.yaml:12:9: this topic is no lesson, and what is only announced has no place in an outline; "
            "write `lesson` with its folder, or take the line out"
        ],
        id="announced",
    ),
    pytest.param(
        "course.yaml",
        "lesson: 01-fleets",
        "lesson: 01-fleets, title: X",
        ["course.yaml:11:29: unknown key 'title'; known here: lesson"],
        id="title for a lesson",
    ),
    pytest.param(
        "course.yaml",
        "{lesson: 01-fleets}",
        "{lesson: 01-fleets}\n      - {lesson: 01-fleets}",
        ["course.yaml:12:18: the lesson id 'fleets' is taken in course.yaml:11:18; choose another"],
        id="topic twice",
    ),
    pytest.param(
        "course.yaml",
        "glossary.yaml",
        "glosary.yaml",
        ["course.yaml:5:11: 'glosary.yaml' is no file here; did you mean glossary.yaml?"],
        id="no glossary",
    ),
    pytest.param(
        "course.yaml",
        "format: 1",
        "format: 2",
        ["course.yaml:1:9: `format` is the number 2; it must be 1"],
        id="format",
    ),
    pytest.param(
        "01-fleets/lesson.yaml",
        "minutes: 10",
        "minutes: 100000",
        ["01-fleets/lesson.yaml:5:10: `minutes` must lie between 1 and 600"],
        id="minutes",
    ),
    pytest.param(
        "01-fleets/lesson.yaml",
        "revision: 1",
        "revision: 0",
        ["01-fleets/lesson.yaml:3:11: `revision` must be at least 1; it counts changes of meaning"],
        id="revision",
    ),
    pytest.param(
        "01-fleets/lesson.yaml",
        "title:",
        "titel:",
        [
            "01-fleets/lesson.yaml:1:1: `title` is missing; add it here, it must be text",
            "01-fleets/lesson.yaml:4:1: unknown key 'titel'; did you mean title?",
        ],
        id="misspelt",
    ),
    pytest.param(
        "01-fleets/lesson.yaml",
        "update/lab.yaml",
        "lab.yaml",
        ["01-fleets/lesson.yaml:12:8: 'lab.yaml' lies in no folder of its own, which names the lab; move it into one"],
        id="lab without a folder",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "complaints"), WRONG)
def test_a_wrong_outline_says_where(root: Path, edit, name, old, new, complaints):
    """In course.yaml or in the lesson.yaml that it names."""
    edit(name, old, new)

    assert said(lambda: load_outline(root)) == complaints


def test_all_mistakes_of_an_outline_come_at_once(root: Path, edit):
    """Of course.yaml and of every lesson.yaml."""
    edit("course.yaml", "{lesson: 01-fleets}", "{lesson: 01-fleets}\n      - {lesson: 02-gone}")
    edit("01-fleets/lesson.yaml", "minutes: 10", "minutes: 0")

    assert len(said(lambda: load_outline(root))) == 2


LESSON_WRONG = [
    pytest.param(
        "body: lesson.md", "body: lesso.md", "9:7: 'lesso.md' is no file here; did you mean lesson.md?", id="body"
    ),
    pytest.param(
        "[questions.yaml]",
        "[question.yaml]",
        "11:13: 'question.yaml' is no file here; did you mean questions.yaml?",
        id="questions",
    ),
    pytest.param(
        "update/lab.yaml",
        "updat/lab.yaml",
        "12:8: 'updat/lab.yaml' is no file here; did you mean update?",
        id="lab",
    ),
]


@pytest.mark.parametrize(("old", "new", "complaint"), LESSON_WRONG)
def test_a_lesson_names_files_that_exist(root: Path, edit, old, new, complaint):
    """The nearest file beside it is offered."""
    edit("01-fleets/lesson.yaml", old, new)

    assert f"01-fleets/lesson.yaml:{complaint}" in said(lambda: Pack(root).lesson("fleets"))


def test_the_built_in_pack_comes_first(tmp_path: Path, root: Path):
    """Then what is named, then what lies in the user's data folder, each once."""
    installed = tmp_path / "data" / "packs" / "mine"
    installed.mkdir(parents=True)
    (installed / "course.yaml").touch()
    (tmp_path / "data" / "packs" / "no-pack").mkdir()

    assert find_packs([root, root], tmp_path / "data") == (built_in_pack(), root.resolve(), installed.resolve())
    assert find_packs([], tmp_path / "nothing") == (built_in_pack(),)


def second(root: Path) -> Path:
    """Another pack, with other ids."""
    other = root.parent / "other"
    other.mkdir()
    (other / "course.yaml").write_text(
        "format: 1\nid: other\ntitle: Other\nparts:\n"
        "  - {id: first, numeral: I, title: Same part, topics: [{lesson: a}]}\n"
        "  - {id: more, numeral: II, title: More, topics: [{lesson: b}]}\n"
    )
    for folder, id, title in (("a", "extra", "Extra"), ("b", "soon", "Soon")):
        (other / folder).mkdir(parents=True)
        (other / folder / "lesson.yaml").write_text(
            f"format: 1\nid: {id}\nrevision: 1\ntitle: {title}\nminutes: 5\nbody: lesson.md\n"
        )
        (other / folder / "lesson.md").write_text("## Page\n\nText.\n")
    return other


def test_packs_are_one_course(root: Path):
    """A second pack adds parts, and topics to parts that are there."""
    packs, problems = open_packs([root, second(root)])

    assert problems == ()
    assert packs.outline.title == "A small course"
    assert [(part.id, [topic.id for topic in part.topics]) for part in packs.outline.parts] == [
        ("first", ["fleets", "extra"]),
        ("more", ["soon"]),
    ]
    assert packs.lesson("extra").title == "Extra"
    assert packs.lesson("fleets").title == "Two fleets"
    assert packs.lab("update").title == "An update"
    assert packs.lab_ids() == ("update",)
    assert len(packs.terms()) == 2


def test_a_pack_with_taken_ids_is_left_out_and_said(root: Path):
    """The course starts without it; the complaint names both places."""
    other = second(root)
    (other / "b/lesson.yaml").write_text((other / "b/lesson.yaml").read_text().replace("id: soon", "id: fleets"))
    packs, [problem] = open_packs([root, other])

    assert [part.id for part in packs.outline.parts] == ["first"]
    assert problem.path == other / "b/lesson.yaml"
    assert (
        problem.say == f"the lesson id 'fleets' is taken in {root.as_posix()}/01-fleets/lesson.yaml:2:5; choose another"
    )


GLOSSARY_LINE = "glossary: glossary.yaml\n"
TAKEN = [
    pytest.param(
        "course.yaml", GLOSSARY_LINE, "glossary.yaml", GLOSSARY, "the term id 'green'", "glossary.yaml:3:10", id="term"
    ),
    pytest.param(
        *("a/lesson.yaml", "questions: [questions.yaml]\n", "a/questions.yaml", QUESTIONS),
        *("the question id 'which-fleet'", "01-fleets/questions.yaml:3:9"),
        id="question",
    ),
    pytest.param(
        *("a/lesson.yaml", "labs: [update/lab.yaml]\n", "a/update/lab.yaml", "title: Mine\n"),
        *("the lab id 'update'", "01-fleets/lesson.yaml:12:8"),
        id="lab",
    ),
]


@pytest.mark.parametrize(("file", "line", "name", "text", "what", "place"), TAKEN)
def test_ids_of_every_kind_are_taken(root: Path, file, line, name, text, what, place):
    """A question or a term of two packs would be one in the history and twice in the glossary."""
    other = write_pack(second(root), {name: text})
    (other / file).write_text((other / file).read_text() + line)
    packs, problems = open_packs([root, other])

    assert len(packs.packs) == 1
    assert len(packs.terms()) == 2
    assert problems[0].say == f"{what} is taken in {root.as_posix()}/{place}; choose another"


def test_an_id_that_a_pack_gives_twice_leaves_it_out(root: Path):
    """The same question in two lessons, or a term twice, as between two packs."""
    other = write_pack(second(root), {"glossary.yaml": GLOSSARY.replace("green", "red").replace("blue", "red")})
    course = other / "course.yaml"
    course.write_text(course.read_text() + GLOSSARY_LINE)
    _, [problem] = open_packs([root, other])

    assert str(problem) == (
        f"{other.as_posix()}/glossary.yaml:5:10: the term id 'red' is taken in glossary.yaml:3:10; choose another"
    )


def test_a_pack_with_a_wrong_glossary_is_left_out(root: Path):
    """All glossaries are one: it would take the terms of the others away, and lessons ask for them at their end."""
    other = write_pack(second(root), {"glossary.yaml": "format: 1\nterms: [{id: red}]\n"})
    (other / "course.yaml").write_text((other / "course.yaml").read_text() + GLOSSARY_LINE)
    packs, problems = open_packs([root, other])

    assert [term.id for term in packs.terms()] == ["blue", "green"]
    assert {problem.path for problem in problems} == {other / "glossary.yaml"}


def test_the_packs_beside_one_are_those_that_it_must_not_clash_with(root: Path):
    """The first one stands by itself; any other is used with all others, in whatever order they are named."""
    other = second(root)
    beside = [
        [pack.root for pack in packs_beside(folder, [root, other])] for folder in (root, other, root.parent / "new")
    ]

    assert beside == [[], [root], [root, other]]


def test_a_broken_pack_does_not_keep_the_course_from_starting(root: Path, tmp_path: Path):
    """Only the first pack must be right."""
    (tmp_path / "empty").mkdir()
    packs, [problem] = open_packs([root, tmp_path / "empty"])

    assert len(packs.packs) == 1
    assert problem.path == tmp_path / "empty" / "course.yaml"
    assert len(said(lambda: open_packs([tmp_path / "empty", root]))) == 1


def test_loading_questions_is_linear(root: Path):
    """Twice as many questions take twice as many steps: ten thousand are fine."""
    few, many = _calls_for(root, 100), _calls_for(root, 200)

    assert many / few == pytest.approx(2, rel=0.1)


def _calls_for(root: Path, count: int) -> int:
    """The number of Python calls that it takes to read a lesson of so many questions."""
    questions = (root / "01-fleets/questions.yaml").read_text()
    head, one = questions.split("questions:\n")
    many = "".join(one.replace("which-fleet", f"q-{index}") for index in range(count))
    folder = root.parent / f"pack-{count}"
    for name in ("course.yaml", "glossary.yaml", "01-fleets/lesson.yaml", "01-fleets/update/lab.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text((root / name).read_text())
    (folder / "01-fleets/questions.yaml").write_text(f"{head}questions:\n{many}")
    placed = "".join(f"{{question: q-{index}}}\n" for index in range(count))
    (folder / "01-fleets/lesson.md").write_text(f"## Page\n\nText.\n\n{placed}\n{{lab: update}}\n")
    return _counted(lambda: Pack(folder).lesson("fleets"))


def _counted(work) -> int:
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def test_a_term_may_share_its_id_with_a_topic(root: Path, edit):
    """Ids are unique within their kind."""
    edit("01-fleets/lesson.yaml", "id: fleets", "id: green")

    assert [topic.id for topic in load_outline(root).topics] == ["green"]
