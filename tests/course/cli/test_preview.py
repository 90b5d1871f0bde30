"""`mlcourse preview` where it cannot begin: a sentence, and what to do."""

from __future__ import annotations

import pytest

from course.cli.authoring import preview
from tests.course.content.conftest import FILES, write_pack


def test_outside_of_a_pack(mlcourse):
    """Nobody named one, and there is none around."""
    done = mlcourse("preview")

    assert (done.code, done.err) == (
        2,
        "there is no course.yaml in this folder or above it; name the folder of a pack\n",
    )


@pytest.mark.parametrize("name", ["missing", "empty", "pack/course.yaml", "bad\x1b[31m"])
def test_what_is_no_pack(mlcourse, tmp_path, name):
    """It is said of it what it lacks, in one line without escapes."""
    (tmp_path / "empty").mkdir()
    write_pack(tmp_path / "pack", FILES)
    done = mlcourse("preview", name)

    assert done.code == 2
    assert done.err.endswith("holds it\n") or done.err.endswith("holds course.yaml\n")
    assert "\x1b" not in done.err


def test_without_the_extra(mlcourse, tmp_path, monkeypatch):
    """It is said what to install."""
    write_pack(tmp_path / "pack", FILES)
    monkeypatch.setattr(preview, "find_spec", lambda name: None)
    done = mlcourse("preview", "pack")

    assert done.code == 2
    assert "pip install 'mlcourse[authoring]'" in done.err


@pytest.mark.parametrize("where", [(), ("--plain",)])
def test_without_a_screen(mlcourse, tmp_path, where):
    """In a folder of a pack or below it: found, and the command that needs no screen is named."""
    folder = write_pack(tmp_path / "pack", FILES)
    done = mlcourse(*where, "preview", "pack")

    assert done.code == 2
    assert f"mlcourse check {folder.name}" in done.err
