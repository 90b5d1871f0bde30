"""`mlcourse pack`: the packs there are, and one's own added and removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.content.conftest import BUILT_IN, FILES, LESSON, of_its_own, put_for_built_in, write_pack
from tests.course.content.sources.test_installed import install
from tests.course.content.sources.zips import LINK, of_kind, packed, tree


@pytest.fixture(autouse=True)
def built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack in the place of the one that comes with the program, which takes seconds to read."""
    return put_for_built_in(tmp_path, monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small pack."""
    return write_pack(tmp_path / "a pack", FILES)


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    """The same as a zip."""
    file = tmp_path / "small.zip"
    file.write_bytes(packed({f"small-main/{name}": text for name, text in FILES.items()}))
    return file


def listed(mlcourse, *before: str) -> dict[str, str]:
    """Where each pack is from, by id."""
    return {each["id"]: each["where"] for each in mlcourse(*before, "pack", "list", "--json").json["packs"]}


def test_a_pack_from_each_place_is_listed(mlcourse, tmp_path, monkeypatch):
    """Side by side: the built-in one, a folder, a zip, one that was added, one that a package brings."""
    (tmp_path / "site").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    install(tmp_path / "site", "brought")
    write_pack(tmp_path / "site/brought", of_its_own("brought"))
    write_pack(tmp_path / "named", of_its_own("named"))
    (tmp_path / "zipped.zip").write_bytes(packed(of_its_own("zipped")))
    source = write_pack(tmp_path / "source", of_its_own("added"))
    assert mlcourse("pack", "add", str(source)).code == 0
    given = ("--pack", str(tmp_path / "named"), "--pack", str(tmp_path / "zipped.zip"))

    assert listed(mlcourse, *given) == {
        BUILT_IN: "built in",
        "named": f"--pack {tmp_path / 'named'}",
        "zipped": f"--pack {tmp_path / 'zipped.zip'}",
        "added": f"added from {source}",
        "brought": "installed by small-pack 1.2",
    }
    words = mlcourse(*given, "pack", "list")
    assert words.code == 0
    assert words.out.count("1 lesson, 1 question, 1 lab, 2 terms") == 5
    assert mlcourse(*given, "doctor", "--json").json["problems"] == []


@pytest.mark.parametrize("source", ["folder", "zipped"])
def test_a_pack_is_added_used_and_removed(mlcourse, source, request):
    """A zip or a folder; what was done in it stays in the history."""
    file = request.getfixturevalue(source)
    said = mlcourse("pack", "add", str(file))
    assert (said.code, said.out, said.err) == (0, "Added small: A small course\n", "")

    assert mlcourse("lesson", "fleets", "--page", "1", "--all").code == 0
    assert mlcourse("quiz", "answer", "which-fleet", "--seed", "1", "a").code in (0, 1)
    said = mlcourse("pack", "remove", "small")
    assert said.code == 0
    assert "stays in your history" in said.out
    assert listed(mlcourse) == {BUILT_IN: "built in"}


def test_what_is_there_is_not_added_again(mlcourse, folder, zipped):
    """But in its place, when that is asked for."""
    mlcourse("pack", "add", str(folder))
    said = mlcourse("pack", "add", str(zipped))

    assert said.code == 2
    assert said.err == "there is a pack small already; to put this one in its place, say --replace\n"
    assert mlcourse("pack", "add", str(zipped), "--replace").code == 0
    assert listed(mlcourse)["small"] == f"added from {zipped}"


def test_an_author_goes_on_after_adding_a_pack(mlcourse, folder, monkeypatch):
    """The copy that was added gives way to the pack that is named or checked, for this once and only to its own id."""
    mlcourse("pack", "add", str(folder))
    assert mlcourse("check", "--no-labs", str(folder)).code == 0
    assert mlcourse("--pack", str(folder), "check", "--no-labs").code == 0
    questions = folder / "01-fleets/questions.yaml"
    questions.write_text(questions.read_text().replace("id: which-fleet", "id: whose-fleet"))
    text = folder / "01-fleets/lesson.md"
    text.write_text(text.read_text().replace("question: which-fleet", "question: whose-fleet"))

    asked = mlcourse("--pack", str(folder), "quiz", "ask", "whose-fleet")
    assert (asked.code, asked.err) == (0, "")
    assert mlcourse("quiz", "ask", "which-fleet").code == 0
    assert mlcourse("--pack", str(folder), "pack", "list").code == 0
    assert listed(mlcourse, "--pack", str(folder))["small"] == f"--pack {folder}"
    monkeypatch.chdir(folder)
    assert mlcourse("new", "question", "which-fleet", "--lesson", "fleets", "--kind", "single").code == 0


def test_a_replacement_tells_what_it_changes(mlcourse, home, folder):
    """What is new, gone and counts anew, and what of it the learner has done."""
    mlcourse("pack", "add", str(folder))
    mlcourse("quiz", "answer", "which-fleet", "--seed", "1", "--record", "a")
    questions = (folder / "01-fleets/questions.yaml").read_text()
    (folder / "01-fleets/questions.yaml").write_text(questions.replace("which-fleet", "which-one"))
    text = (folder / "01-fleets/lesson.md").read_text()
    (folder / "01-fleets/lesson.md").write_text(text.replace("which-fleet", "which-one"))
    (folder / "01-fleets/lesson.yaml").write_text(LESSON.replace("revision: 1", "revision: 2"))
    said = mlcourse("pack", "add", str(folder), "--replace", "--json").json

    assert said["changes"] == {
        "gone": ["question:which-fleet"],
        "new": ["question:which-one"],
        "raised": ["lesson:fleets"],
        "lowered": [],
    }
    (folder / "01-fleets/lesson.yaml").write_text(LESSON)
    lines = mlcourse("pack", "add", str(folder), "--replace").out.splitlines()
    assert lines == [
        "Replaced small: A small course",
        "  1 thing with a lower revision: lesson:fleets",
        "  It touches nothing that you have done.",
    ]


def test_an_id_of_another_pack_is_refused(mlcourse, folder):
    """That of the built-in pack, of one that was named, of one that somebody has put there."""
    (folder / "course.yaml").write_text(FILES["course.yaml"].replace("id: small", f"id: {BUILT_IN}"))
    said = mlcourse("pack", "add", str(folder), "--replace")

    assert said.code == 2
    assert said.err == f"there is a pack {BUILT_IN} already, built in; give this one another id in course.yaml\n"


def test_a_pack_with_mistakes_is_not_added(mlcourse, home, folder):
    """All of them are said, with the path as it was given, and nothing stays."""
    (folder / "01-fleets/questions.yaml").write_text(
        FILES["01-fleets/questions.yaml"].replace("accepts: [a]", "accepts: [b]")
    )
    (folder / "glossary.yaml").write_text("format: 1\nterms: 3\n")
    said = mlcourse("pack", "add", str(folder))

    assert said.code == 1
    assert f"{folder}/01-fleets/questions.yaml:11:15: " in said.out
    assert f"{folder}/glossary.yaml:2:8: " in said.out
    assert "nothing was added" in said.err
    assert tree(home / "packs") == {}


def test_ids_that_others_have_are_mistakes(mlcourse, folder):
    """As they would keep the whole pack out of the course."""
    (folder / "01-fleets/lesson.yaml").write_text(LESSON.replace("id: fleets", "id: base-fleets"))
    said = mlcourse("pack", "add", str(folder))

    assert said.code == 1
    assert "base-fleets" in said.out
    assert "taken" in said.out


def test_proofs_are_run_when_they_are_asked_for(mlcourse, folder):
    """The small pack's lab proves nothing: its reference has no alarm."""
    lab = folder / "01-fleets/update/lab.yaml"
    lab.write_text(lab.read_text() + "seeds: 1\n")
    said = mlcourse("pack", "add", str(folder), "--prove")

    assert said.code == 1
    assert "lab.yaml" in said.out
    assert mlcourse("pack", "add", str(folder)).code == 0


HOSTILE = {
    "a link": (of_kind(LINK), "'entry' is a link; put the file itself there"),
    "no zip": (b"x", "is no zip, or was cut off; pack the folder again"),
    "no pack": (
        packed({"x": "x"}),
        "holds no course.yaml, at its root or in a folder there",
    ),
    "an id that is a path": (
        packed({**FILES, "course.yaml": FILES["course.yaml"].replace("id: small", "id: ../../evil")}),
        "lower-case letters",
    ),
}


@pytest.mark.parametrize(("data", "say"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_zips_are_refused_in_a_sentence(mlcourse, home, tmp_path, data, say):
    """On one line that names the zip; nothing is kept, and the course goes on."""
    file = tmp_path / "evil.zip"
    file.write_bytes(data)
    said = mlcourse("pack", "add", str(file))

    assert said.code in (1, 2)
    assert f"{file}" in said.out + said.err
    assert say in said.out + said.err
    assert tree(home / "packs") == {}
    listed = mlcourse("--pack", str(file), "pack", "list", "--json")
    assert listed.code == 1
    [left_out] = listed.json["left_out"]
    assert say in " ".join(left_out["why"])
    assert mlcourse("--pack", str(file), "doctor").code == 1
    assert mlcourse("--pack", str(file), "glossary", "Green fleet").code == 0


@pytest.mark.parametrize(
    ("id", "say"),
    [
        (BUILT_IN, "comes with the program and stays"),
        ("small", "was put into"),
        ("nowhere", "there is no added pack 'nowhere'; see mlcourse pack list"),
        ("../small", "there is no added pack '../small'"),
        (".", "there is no added pack '.'"),
        ("", "there is no added pack ''"),
        ("\x1b[2J", r"there is no added pack '\x1b[2J'"),
    ],
)
def test_only_what_was_added_is_removed(mlcourse, home, id, say):
    """Everything else is somebody else's, and it is said how it goes."""
    write_pack(home / "packs/small", FILES)
    before = tree(home / "packs")
    said = mlcourse("pack", "remove", id)

    assert said.code == 2
    assert say in said.err
    assert tree(home / "packs") == before


def test_how_named_and_installed_packs_go_is_said(mlcourse, folder, tmp_path, monkeypatch):
    """Neither is touched."""
    said = mlcourse("--pack", str(folder), "pack", "remove", "small")
    assert said.err == f"small is there because of --pack {folder}; leave that out\n"

    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    (tmp_path / "site").mkdir()
    install(tmp_path / "site")
    said = mlcourse("pack", "remove", "small")
    assert said.err == "small is installed by small-pack 1.2; uninstall that package, for example with pip uninstall\n"


def test_a_source_that_is_not_there_is_said(mlcourse, tmp_path):
    """Not a traceback."""
    said = mlcourse("pack", "add", str(tmp_path / "nowhere.zip"))

    assert said.code == 2
    assert said.err == f"there is no zip and no folder {tmp_path / 'nowhere.zip'}; give one that holds a pack\n"
