"""`mlcourse schema`: files for an editor, and no file of anybody else's is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.content.editors.schemas import KINDS_OF_FILE, schemas


def test_it_writes_one_for_each_kind(mlcourse, tmp_path):
    """Without a folder they go into `schemas`, and JSON says where each is."""
    said = mlcourse("schema", "--json")

    assert said.code == 0
    assert said.json["folder"] == "schemas"
    assert [(each["kind"], each["was"]) for each in said.json["files"]] == [(kind, "new") for kind in KINDS_OF_FILE]
    assert {path.name: path.read_text() for path in (tmp_path / "schemas").iterdir()} == schemas()


def test_earlier_ones_are_replaced_and_it_says_so(mlcourse, tmp_path):
    """Those of another version of the program give way; one that is as it should be is left alone."""
    mlcourse("schema", "here")
    old = tmp_path / "here" / "lab.schema.json"
    old.write_text(json.dumps(json.loads(old.read_text()) | {"title": "of before"}))

    said = mlcourse("schema", "here")

    assert said.code == 0
    assert said.out.startswith("12 schemas in here: 1 replaced, 11 unchanged.\n")
    assert old.read_text() == schemas()[old.name]


@pytest.mark.parametrize("text", ['{"title": "mine"}', "", "\x1b[2J" * 1000])
def test_a_file_of_somebody_else_stays(mlcourse, tmp_path, text):
    """It is named, and nothing at all is written."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "world.schema.json").write_text(text)

    said = mlcourse("schema", "here")

    assert said.code == 2
    assert "world.schema.json is there already, and mlcourse has not written it" in said.err
    assert [path.name for path in folder.iterdir()] == ["world.schema.json"]
    assert (folder / "world.schema.json").read_text() == text


def test_no_link_is_followed(mlcourse, tmp_path):
    """A link is somebody else's, even one that leads to a schema of ours, or nowhere."""
    mlcourse("schema", "ours")
    for target in (tmp_path / "ours" / "lab.schema.json", Path("nowhere")):
        link = tmp_path / "here" / "lab.schema.json"
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(target)

        assert mlcourse("schema", "here").code == 2
        assert link.is_symlink()


@pytest.mark.parametrize("folder", ["taken", "taken/below", "x" * 5000])
def test_a_folder_that_cannot_be(mlcourse, tmp_path, folder):
    """It is said in a sentence."""
    (tmp_path / "taken").write_text("a file")

    said = mlcourse("schema", folder)

    assert said.code == 2
    assert len(said.err.splitlines()) == 1
