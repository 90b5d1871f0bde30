"""The outline that is kept for the next start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course.shelf import Shelf


def shelf(folder: Path, *named: Path) -> Shelf:
    return Shelf(named, folder)


def kept(folder: Path) -> Path:
    return folder / "outline.json"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A second pack with a lesson of its own."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "course.yaml").write_text(
        "format: 1\nid: ours\ntitle: Ours\nabout: More.\nglossary: glossary.yaml\n"
        "parts:\n  - {id: more, numeral: V, title: More, topics: [{lesson: more}]}\n"
    )
    (folder / "more").mkdir()
    (folder / "more/lesson.yaml").write_text(
        "format: 1\nid: one-more\nrevision: 1\ntitle: One more\nminutes: 9\nbody: lesson.md\n"
    )
    (folder / "more/lesson.md").write_text("## A page\n\nText.\n")
    (folder / "glossary.yaml").write_text("format: 1\nterms: []\n")
    return folder


def test_the_kept_outline_is_the_one_that_was_read(tmp_path):
    """What the second start shows is what the first one read."""
    first = shelf(tmp_path).outline
    again = shelf(tmp_path)

    assert again.outline == first
    assert "packs" not in vars(again), "the second start reads no YAML"


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1, 2", b"\xff\xfe", b'{"format": 1, "files": {}, "outline": 3}'])
def test_a_damaged_keepsake_is_read_anew(tmp_path, damage):
    """Nothing in that file can keep the course from starting."""
    right = shelf(tmp_path).outline
    kept(tmp_path).write_bytes(damage)

    assert shelf(tmp_path).outline == right


def test_a_changed_file_is_noticed(tmp_path, pack):
    """An author sees the change at the next start."""
    assert shelf(tmp_path, pack).outline.topics[-1].title == "One more"
    text = (pack / "more/lesson.yaml").read_text()
    (pack / "more/lesson.yaml").write_text(text.replace("One more", "Another one"))

    assert shelf(tmp_path, pack).outline.topics[-1].title == "Another one"


def test_a_new_pack_is_noticed(tmp_path, pack):
    """A pack that was put into the data folder is there at the next start."""
    before = shelf(tmp_path / "home").outline
    shutil.copytree(pack, tmp_path / "home" / "packs" / "ours")

    assert len(shelf(tmp_path / "home").outline.topics) == len(before.topics) + 1


@pytest.fixture
def lab(pack) -> Path:
    """A lab of that pack, in a folder that no pattern would lead to."""
    text = (pack / "course.yaml").read_text()
    (pack / "course.yaml").write_text(text.replace("[{", "[{lesson: deep/down}, {"))
    (pack / "deep/down/further/down").mkdir(parents=True)
    (pack / "deep/down/lesson.yaml").write_text(
        "format: 1\nid: down\nrevision: 1\ntitle: Down\nminutes: 9\nbody: lesson.md\nlabs: [further/down/a-lab.yaml]\n"
    )
    (pack / "deep/down/further/down/a-lab.yaml").write_text("title: Trickle\n")
    return pack / "deep/down/further/down/a-lab.yaml"


def called(folder: Path, pack: Path) -> str:
    """What the lab is called at the next start."""
    return shelf(folder, pack).outline.title_of("lab", "down")


def test_titles_are_kept(tmp_path, pack, lab):
    """The second start knows what labs are called, and reads no YAML."""
    assert called(tmp_path, pack) == "Trickle"
    again = shelf(tmp_path, pack)

    assert again.outline.title_of("lab", "down") == "Trickle"
    assert again.outline.title_of("incident", "silent-rollback") == "The silent rollback"
    assert "packs" not in vars(again)


@pytest.mark.parametrize(
    ("before", "after"),
    [("title: Trickle\n", "title: Torrent\n"), ("title: [\n", "title: Torrent\n"), (None, "title: Torrent\n")],
    ids=["edited", "mended", "written at last"],
)
def test_a_changed_title_is_noticed(tmp_path, pack, lab, before, after):
    """Wherever the file lies, and whatever was there before."""
    lab.unlink() if before is None else lab.write_text(before)
    assert called(tmp_path, pack) in ("Trickle", "down")
    lab.write_text(after)

    assert called(tmp_path, pack) == "Torrent"


def test_a_title_that_is_gone_is_noticed(tmp_path, pack, lab):
    """What is left is the id."""
    assert called(tmp_path, pack) == "Trickle"
    lab.unlink()

    assert called(tmp_path, pack) == "down"


def test_a_change_while_files_are_read_is_noticed_at_the_next_start(tmp_path, pack, lab):
    """What is kept carries the time from before the reading."""
    first = shelf(tmp_path, pack)
    assert first.packs.outline.title_of("lab", "down") == "Trickle"
    lab.write_text("title: Changed in between\n")
    assert first.outline.title_of("lab", "down") == "Trickle"

    assert called(tmp_path, pack) == "Changed in between"


def test_where_nothing_can_be_written_the_outline_is_read_all_the_same(tmp_path):
    """A read-only home costs time only."""
    (tmp_path / "file").write_text("in the way")

    assert shelf(tmp_path / "file" / "home").outline.topics


def test_a_pack_that_is_left_out_is_said_at_every_start(tmp_path):
    """Complaints are not kept away by a kept outline."""
    broken = tmp_path / "packs" / "broken"
    broken.mkdir(parents=True)
    (broken / "course.yaml").write_text("format: 1\n")
    for _ in range(2):
        said = shelf(tmp_path)

        assert said.outline.topics
        assert said.warning == "A lesson pack is left out; this says why: mlcourse doctor"


def test_the_remedy_names_packs_that_were_named(tmp_path):
    """The doctor has to be told of them, too; a folder with a space can be pasted."""
    broken = tmp_path / "my pack"
    broken.mkdir()
    (broken / "course.yaml").write_text("format: 1\n")
    said = shelf(tmp_path / "home", broken, tmp_path / "nowhere")

    assert said.outline.topics
    assert said.warning == (
        f"2 lesson packs are left out; this says why: mlcourse --pack '{broken}' --pack {tmp_path / 'nowhere'} doctor"
    )


def test_where_all_packs_are_there_nothing_is_said(tmp_path, pack):
    """Neither at the first start nor at the next, which reads no YAML."""
    for _ in range(2):
        said = shelf(tmp_path, pack)

        assert said.outline.topics
        assert said.warning is None


def test_everything_else_comes_from_the_packs(tmp_path):
    """Lessons, terms and labs are those of the built-in pack."""
    here = shelf(tmp_path)

    assert here.lab_ids()
    assert here.lab(here.lab_ids()[0]).id == here.lab_ids()[0]
    assert here.lesson("blue-green").id == "blue-green"
    assert here.terms()
