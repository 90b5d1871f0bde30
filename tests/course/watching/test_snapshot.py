"""What is different in a folder, and where."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from course.watching.snapshot import LARGEST_FILE, changed_line, differences, look

LINES = st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=1, max_size=8).map(tuple)


@given(LINES, LINES)
def test_the_line_is_one_that_differs(old, new):
    """All lines before it are as they were, and there is such a line in the file as it is now."""
    line = changed_line(old, new)

    assert 1 <= line <= len(new)
    same = min(line - 1, len(old))
    changed = next((at for at, (left, right) in enumerate(zip(old, new, strict=False)) if left != right), None)
    assert changed is None or line > changed or new[line - 1 : changed] == ()
    assert changed is not None or old[:same] == new[:same]


@given(st.lists(st.sampled_from(["a", "b"]), max_size=6), st.lists(st.sampled_from(["a", "b"]), max_size=6))
def test_a_line_that_is_put_in_is_found(before, after):
    """Wherever one new line is written, that is the line."""
    assert changed_line((*before, *after), (*before, "new", *after)) == len(before) + 1


def test_what_is_touched_is_no_change(tmp_path: Path):
    """The same text with another time says the same; another text of the same length does not."""
    file = tmp_path / "a.md"
    file.write_text("one\n")
    before = look(tmp_path, {})
    os.utime(file, ns=(1, 1))
    touched = look(tmp_path, before)
    assert differences(before, touched) == []
    file.write_text("two\n")
    [found] = differences(touched, look(tmp_path, touched))

    assert (found.name, found.line) == (PurePosixPath("a.md"), 1)


def test_what_was_written_last_comes_last(tmp_path: Path):
    """New, changed and taken away: in the order of their times, and what has none first."""
    for name in ("b.md", "gone.md"):
        (tmp_path / name).write_text("old")
    before = look(tmp_path, {})
    (tmp_path / "gone.md").unlink()
    for time, name in enumerate(("b.md", "a.md", "c.yaml"), 1):
        (tmp_path / name).write_text("new")
        os.utime(tmp_path / name, ns=(time, time))

    assert [str(each.name) for each in differences(before, look(tmp_path, before))] == [
        "gone.md",
        "b.md",
        "a.md",
        "c.yaml",
    ]


def test_what_editors_keep_beside_is_not_looked_at(tmp_path: Path):
    """Swap files, copies, hidden folders, links that lead nowhere, and what is too long to belong to a course."""
    for name in (".a.md.swp", "a.md~", "#a.md#", "a.tmp", ".git/config", "__pycache__/a.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "missing")
    (tmp_path / "around").symlink_to(tmp_path)
    os.truncate(_made(tmp_path / "long.md"), LARGEST_FILE + 1)
    os.mkfifo(tmp_path / "pipe.md")

    assert look(tmp_path, {}) == {}


def _made(path: Path) -> Path:
    path.touch()
    return path
