"""Packs copied beside the history: all of a pack or none of it, and never what it leads to."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from course.content.sources import bounds, copying
from course.content.sources.adding import added_from, put_in_place, staged, take_out
from course.content.sources.finding import find
from course.content.sources.refusal import NotTaken
from tests.course.content.conftest import FILES
from tests.course.content.sources.zips import packed, tree, with_name


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def added(source: Path, home: Path, id: str = "small") -> Path:
    with staged(source, home) as root:
        return put_in_place(root, id, home, str(source))


def own(home: Path) -> list[Path]:
    """The packs that the course takes from this learner's folder."""
    return [found.root for found in find((), home) if found.origin == "added"]


def zipped(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("inside", ["", "small-main/"], ids=["at the root", "in one folder"])
def test_a_zip_is_added_whole(tmp_path, home, inside):
    """With its pack at the root, or in one folder as GitHub packs it."""
    files = {f"{inside}{name}": text for name, text in FILES.items()} | {"__MACOSX/._x": "x"}
    folder = added(zipped(tmp_path / "a.zip", packed(files)), home)

    assert own(home) == [folder]
    assert {name: (folder / name).read_text() for name in FILES} == FILES
    assert added_from(folder) == str(tmp_path / "a.zip")
    assert [each.name for each in (home / "packs").iterdir()] == ["small"]


def test_a_folder_is_added_without_what_other_programs_keep_there(root, home):
    """A repository's history and compiled files are no part of a pack."""
    for name in (".git/config", "__pycache__/x.pyc", "01-fleets/.notes.swp"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("x")
    folder = added(root, home)

    assert {name for name, data in tree(folder).items() if data is not None} == {*FILES, ".added.json"}


@pytest.mark.parametrize(
    ("files", "say"),
    [
        ({"x/lesson.md": "x"}, "holds no course.yaml"),
        ({}, "holds no course.yaml"),
        ({"a/course.yaml": "x", "b/course.yaml": "x"}, "holds 2 packs"),
        ({"a/b/course.yaml": "x"}, "holds no course.yaml"),
    ],
)
def test_a_zip_without_one_pack_is_refused(tmp_path, home, files, say):
    """Nobody guesses which one is meant; nothing stays."""
    with pytest.raises(NotTaken, match=say):
        added(zipped(tmp_path / "a.zip", packed(files)), home)

    assert tree(home / "packs") == {}


def test_nothing_stays_of_a_zip_that_is_refused(tmp_path, home, root):
    """Neither of what was unpacked before the evil entry, nor of the pack's place; the old pack stays as it is."""
    folder = added(root, home)
    before = tree(home)
    with pytest.raises(NotTaken, match="leads out"):
        added(zipped(tmp_path / "a.zip", with_name("../evil")), home)

    assert tree(home) == before
    assert own(home) == [folder]


def link(root: Path) -> None:
    (root / "01-fleets/link.md").symlink_to("/etc/passwd")


def linked_folder(root: Path) -> None:
    (root / "linked").symlink_to(root.parent)


def circle(root: Path) -> None:
    (root / "circle").symlink_to(root / "circle")


def pipe(root: Path) -> None:
    os.mkfifo(root / "01-fleets/pipe.yaml")


def escape(root: Path) -> None:
    (root / "01-fleets/\x1b[2J\n.md").write_text("x")


def deep(root: Path) -> None:
    (root / "x/" / "/".join("x" * 40)).mkdir(parents=True)


@pytest.mark.parametrize(
    ("make", "say"),
    [
        (link, "'01-fleets/link.md' is a link"),
        (linked_folder, "'linked' is a link"),
        (circle, "'circle' is a link"),
        (pipe, "'01-fleets/pipe.yaml' is a device or a pipe"),
        (escape, r"'\x1b[2J\n.md' has a name with signs"),
        (deep, "lies too deep"),
    ],
)
def test_a_hostile_folder_is_refused(root, home, make, say):
    """In a sentence that is safe to print; nothing is followed, nothing is waited for, nothing stays."""
    make(root)
    with pytest.raises(NotTaken) as refusal:
        added(root, home)

    assert say in str(refusal.value)
    assert str(refusal.value).isprintable()
    assert tree(home / "packs") == {}


def test_a_file_that_becomes_a_pipe_is_not_waited_for(root, home, monkeypatch):
    """What was looked at a moment ago may be another thing by now."""
    entries = copying._entries

    def swapped(source, beside):
        for name, kind in entries(source, beside):
            if name.name == "glossary.yaml":
                (source / name).unlink()
                (source / name).symlink_to("/etc/passwd")
            yield name, kind

    monkeypatch.setattr(copying, "_entries", swapped)
    with pytest.raises(NotTaken, match=r"'glossary.yaml' cannot be read"):
        added(root, home)


def test_a_folder_with_too_much_in_it_is_refused(root, home, monkeypatch):
    """A hundred thousand files are not even counted to their end."""
    monkeypatch.setattr(bounds, "MOST_ENTRIES", 30)
    for n in range(40):
        (root / f"{n}.md").touch()
    with pytest.raises(NotTaken, match="more than 30 files and folders"):
        added(root, home)

    assert tree(home / "packs") == {}


def test_a_folder_that_may_not_be_read_is_said(root, home, monkeypatch):
    """Whoever may read everything cannot be refused, so the system's answer is played here."""
    scan = os.scandir

    def refusing(path):
        if isinstance(path, Path) and path.name == "update":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(copying.os, "scandir", refusing)
    with pytest.raises(NotTaken, match=r"'01-fleets/update' cannot be read; Permission denied"):
        added(root, home)


def killed(work, at: int) -> bool:
    """Do the work in a process that ends without a word before its change number `at` on the disk; was it ended?"""
    child = os.fork()
    if child == 0:
        left = [at]

        def counted(original):
            def change(*arguments, **named):
                if left[0] == 0:
                    os._exit(9)
                left[0] -= 1
                return original(*arguments, **named)

            return change

        for owner, name in ((os, "rename"), (os, "mkdir"), (os, "unlink"), (os, "rmdir"), (Path, "open")):
            setattr(owner, name, counted(getattr(owner, name)))
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 9


def version(home: Path) -> str:
    """Which version the course would use: all of it is of one."""
    [folder] = own(home)
    [word] = {(folder / name).read_text()[-4:].strip() for name in FILES}
    return word


def marked(root: Path, word: str) -> Path:
    for name, text in FILES.items():
        (root / name).write_text(f"{text}# {word}")
    return root


@pytest.mark.parametrize("packing", ["folder", "zip"])
def test_killed_in_the_middle_the_old_pack_or_the_new_one_is_there(tmp_path, root, home, packing):
    """At whichever change on the disk; and the next time tidies up."""
    new = marked(root, "new")
    if packing == "zip":
        new = zipped(tmp_path / "new.zip", packed({name: (root / name).read_bytes() for name in FILES}))
    old = marked(shutil.copytree(root, tmp_path / "older"), "old")
    seen, at = [], 0
    while True:
        shutil.rmtree(home, ignore_errors=True)
        added(old, home)
        ended = killed(lambda: added(new, home), at)
        seen.append(version(home))
        if not ended:
            break
        at += 1

    assert set(seen) == {"old", "new"}
    assert seen == sorted(seen, reverse=True), "once it is there it stays"
    assert seen[-1] == "new"


def test_what_was_killed_is_tidied_up(root, home):
    """A replacement that was killed between its two renames is finished by the next one."""
    folder = added(root, home)
    folder.rename(folder.with_name(".small.old"))
    (folder.parent / ".new-x/pack").mkdir(parents=True)
    assert own(home) == [folder.with_name(".small.old")]
    other = added(root, home, "other")

    assert own(home) == [other, folder]
    assert sorted(each.name for each in folder.parent.iterdir()) == ["other", "small"]


def test_a_pack_is_taken_out_at_once(root, home):
    """Before its files go, which takes a while, it is gone from the course."""
    folder = added(root, home)
    at = 0
    while killed(lambda: take_out(folder), at):
        assert own(home) in ([folder], [])
        shutil.rmtree(home)
        added(root, home)
        at += 1

    assert at > 5
    assert own(home) == []


def test_what_others_have_put_there_is_not_what_was_added(root, home, tmp_path):
    """A folder copied there by hand, or a link to where somebody works."""
    added(root, tmp_path / "elsewhere")
    (home / "packs").mkdir(parents=True)
    shutil.copytree(root, home / "packs/copied")
    (home / "packs/linked").symlink_to(tmp_path / "elsewhere/packs/small")

    assert len(own(home)) == 2
    assert added_from(home / "packs/copied") is None
    assert added_from(home / "packs/linked") is None


def test_files_are_plain_files(tmp_path, home):
    """What a zip says of rights is not taken over: nothing can be started."""
    folder = added(zipped(tmp_path / "a.zip", packed(dict(FILES))), home)

    modes = {stat.S_IMODE(path.stat().st_mode) & 0o111 for path in folder.rglob("*") if path.is_file()}
    assert modes == {0}
