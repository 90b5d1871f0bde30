"""A zip that is named with --pack is unpacked once, and noticed when it changes."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from course.content.sources import unzipping, zips
from course.content.sources.refusal import NotTaken
from course.content.sources.zips import unpacked
from course.shelf import Shelf
from tests.course.content.conftest import FILES
from tests.course.content.sources.zips import packed, tree, with_name

pytestmark = pytest.mark.usefixtures("small_built_in")


def write(file: Path, title: str = "Two fleets") -> Path:
    """A zip of the small pack, whose lesson has this title."""
    files = {f"small/{name}": text.replace("Two fleets", title) for name, text in FILES.items()}
    file.write_bytes(packed(files, zipfile.ZIP_STORED))
    return file


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    return write(tmp_path / "small.zip")


def title(home: Path, file: Path) -> str:
    """What the lesson is called at the next start."""
    shelf = Shelf([file], home)
    assert shelf.warning is None
    return shelf.outline.topics[-1].title


def test_it_is_unpacked_once(tmp_path, zipped, monkeypatch):
    """The second time neither the zip nor any YAML is read."""
    assert title(tmp_path / "home", zipped) == "Two fleets"
    monkeypatch.setattr(unzipping, "unzip", None)
    monkeypatch.setattr(unzipping, "read_zip", None)
    again = Shelf([zipped], tmp_path / "home")

    assert again.outline.topics[-1].title == "Two fleets"
    assert "packs" not in vars(again)


def test_a_changed_zip_is_noticed(tmp_path, zipped):
    """Its outline, and its questions too."""
    home = tmp_path / "home"
    assert title(home, zipped) == "Two fleets"
    assert Shelf([zipped], home).question("which-fleet").stem == "Which fleet is new?"
    files = {f"small/{n}": t.replace("Two fleets", "Three").replace("is new?", "is old?") for n, t in FILES.items()}
    zipped.write_bytes(packed(files))

    assert title(home, zipped) == "Three"
    shelf = Shelf([zipped], home)
    assert shelf.question("which-fleet").stem == "Which fleet is old?"
    assert "which-fleet" in {card.id for card in shelf.question_cards()}


def test_a_zip_of_the_same_size_with_another_time_is_noticed(tmp_path, zipped):
    """As author and archive programs write it."""
    title(tmp_path / "home", zipped)
    size = zipped.stat().st_size
    write(zipped, "Six fleets")
    os.utime(zipped, ns=(1, 1))

    assert zipped.stat().st_size == size
    assert title(tmp_path / "home", zipped) == "Six fleets"


def test_the_same_zip_elsewhere_is_not_unpacked_again(tmp_path, zipped, monkeypatch):
    """What it holds tells it, not where it lies."""
    here = unpacked(zipped, tmp_path / "home")
    monkeypatch.setattr(unzipping, "unzip", None)
    zipped.rename(tmp_path / "moved.zip")

    assert unpacked(tmp_path / "moved.zip", tmp_path / "home") == here


def test_what_is_not_used_any_more_goes(tmp_path, zipped):
    """The last one but not the one before: another window may still have that open."""
    home = tmp_path / "home"
    for n in range(6):
        write(zipped, f"Title {n}")
        unpacked(zipped, home)

    assert len([each for each in (home / "zips").iterdir() if each.is_dir()]) == 2


def test_no_more_zips_than_some_stay_unpacked(tmp_path):
    """Whoever tries a hundred packs does not keep them all."""
    for n in range(20):
        unpacked(write(tmp_path / f"{n}.zip", f"Title {n}"), tmp_path / "home")

    assert len([each for each in (tmp_path / "home/zips").iterdir() if each.is_dir()]) <= zips._MOST_KEPT + 1


def test_a_folder_that_was_spoilt_is_unpacked_again(tmp_path, zipped):
    """Somebody has taken files away."""
    root = unpacked(zipped, tmp_path / "home")
    (root / "course.yaml").unlink()

    assert (unpacked(zipped, tmp_path / "home") / "course.yaml").is_file()


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": 1, "zips": 3}', '{"format": 1, "zips": {"x": {"root": 1}}}']
)
def test_a_damaged_list_is_made_anew(tmp_path, zipped, text):
    """Nothing in that file can keep the pack from being used."""
    unpacked(zipped, tmp_path / "home")
    (tmp_path / "home/zips/list.json").write_text(text)

    assert title(tmp_path / "home", zipped) == "Two fleets"


def test_a_list_cannot_lead_elsewhere(tmp_path, zipped, root):
    """A root outside of the folder for unpacked zips is not believed."""
    file = tmp_path / "home/zips/list.json"
    unpacked(zipped, tmp_path / "home")
    kept = json.loads(file.read_text())
    for each in kept["zips"].values():
        each["root"] = "../../pack"
    file.write_text(json.dumps(kept))

    assert unpacked(zipped, tmp_path / "home").resolve().is_relative_to(file.parent.resolve())


def test_nothing_stays_of_a_zip_that_is_refused(tmp_path):
    """Not in the folder of unpacked ones, and not beside it."""
    file = tmp_path / "evil.zip"
    file.write_bytes(with_name("../../evil"))
    with pytest.raises(NotTaken, match="leads out of the folder"):
        unpacked(file, tmp_path / "home")

    assert tree(tmp_path / "home/zips") == {}


def test_where_nothing_can_be_written_it_is_said(tmp_path, zipped):
    """A zip has to be unpacked somewhere."""
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(NotTaken, match="cannot be unpacked into"):
        unpacked(zipped, tmp_path / "file" / "home")


def test_a_refused_zip_leaves_the_course_and_warns(tmp_path):
    """As any pack that cannot be used does; the doctor is told of it with its name."""
    file = tmp_path / "evil pack.zip"
    file.write_bytes(b"no zip")
    shelf = Shelf([file], tmp_path / "home")

    assert shelf.outline.topics
    assert shelf.warning == f"A lesson pack is left out; this says why: mlcourse --pack '{file}' doctor"


def test_a_mistake_in_a_zip_is_said_with_the_name_of_the_zip(tmp_path, zipped):
    """Nobody knows the folder that it was unpacked into."""
    from course.content.packs import opened
    from course.content.sources.finding import find

    files = {f"small/{name}": text for name, text in FILES.items()}
    zipped.write_bytes(packed({**files, "small/01-fleets/lesson.yaml": "format: 1\nid: fleets\nrevision: 0\n"}))
    _, [left_out] = opened(find([zipped], tmp_path / "home"), tmp_path / "home")

    assert all(line.startswith(f"{zipped}/01-fleets/lesson.yaml:") for line in left_out.why)
