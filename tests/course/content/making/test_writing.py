"""What was made is written as a whole or not at all."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from course.content.making.made import CannotBeMade, Made
from course.content.making.writing import write


def name(text: str) -> PurePosixPath:
    return PurePosixPath(text)


def all_below(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"" for path in root.rglob("*")}


def made_in(root: Path) -> Made:
    made = Made(root)
    made.add(name("a/b/new.yaml"), "new: true\n")
    made.change(name("old.yaml"), lambda text: f"{text}b: 2\n", "write b")
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_bytes(b"a: 1\r\n")
    return tmp_path


def test_line_ends_stay(root: Path):
    """A file from Windows stays one; what is new has line feeds."""
    write(made_in(root))

    assert all_below(root) == {
        "old.yaml": b"a: 1\r\nb: 2\r\n",
        "a": b"",
        "a/b": b"",
        "a/b/new.yaml": b"new: true\n",
    }


def test_after_a_failure_all_is_as_before(root: Path):
    """Also the folders that were made for it."""
    made = made_in(root)
    made.add(name("old.yaml/below.yaml"), "a file is no folder")
    before = all_below(root)
    with pytest.raises(CannotBeMade, match="Nothing was written"):
        write(made)

    assert all_below(root) == before


def test_what_is_there_is_in_the_way(root: Path):
    """A link to nowhere too."""
    made = made_in(root)
    (root / "a").mkdir()
    (root / "a" / "b").mkdir()
    (root / "a" / "b" / "new.yaml").symlink_to("nowhere")
    before = (root / "old.yaml").read_bytes()
    with pytest.raises(CannotBeMade, match="is there already"):
        write(made)

    assert (root / "old.yaml").read_bytes() == before


def test_a_file_that_has_changed_meanwhile_is_left_alone(root: Path):
    """Somebody may be typing in it."""
    made = made_in(root)
    (root / "old.yaml").write_text("a: 3\n")
    with pytest.raises(CannotBeMade, match="just been changed"):
        write(made)

    assert all_below(root) == {"old.yaml": b"a: 3\n"}


def test_links_lead_nothing_out_of_the_folder(root: Path, tmp_path_factory: pytest.TempPathFactory):
    """A folder that is a link to somewhere else gets nothing."""
    outside = tmp_path_factory.mktemp("outside")
    (root / "a").symlink_to(outside)
    with pytest.raises(CannotBeMade, match="outside of the pack"):
        write(made_in(root))

    assert list(outside.iterdir()) == []
