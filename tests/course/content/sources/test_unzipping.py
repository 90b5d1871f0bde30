"""A zip from anybody is unpacked where it may be, or refused with the entry that is to blame."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from course.content.sources import bounds, unzipping
from course.content.sources.refusal import NotTaken
from course.content.sources.unzipping import read_zip, unzip
from tests.course.content.conftest import FILES
from tests.course.content.sources.zips import (
    DEVICE,
    LINK,
    PIPE,
    claiming,
    of_kind,
    overlapping,
    packed,
    patched,
    small,
    tree,
    twice,
    with_name,
)

CONTENTS = MappingProxyType({name: text.encode() for name, text in FILES.items()})


def unzipped(data: bytes, tmp_path: Path) -> dict[str, bytes]:
    """What a zip becomes."""
    tmp_path.mkdir(exist_ok=True)
    file = tmp_path / "pack.zip"
    file.write_bytes(data)
    unzip(read_zip(file), file, tmp_path / "beside" / "into")
    return {name: data for name, data in tree(tmp_path / "beside" / "into").items() if data is not None}


def test_a_zip_becomes_the_files_that_are_in_it(tmp_path):
    """Folders are entries of their own or not; a zip in a zip is a file; what stands before a zip does no harm."""
    data = b"#!/bin/sh\n" + small(**{"folder/": "", "inner.zip": small(), "01-fleets/ein Bär.md": "x"})

    found = unzipped(data, tmp_path)
    assert found == {**CONTENTS, "inner.zip": small(), "01-fleets/ein Bär.md": b"x"}


HOSTILE = {
    "above": (with_name("../evil.yaml"), "'../evil.yaml' leads out of the folder"),
    "above, hidden": (with_name("a/../../evil.yaml"), "'a/../../evil.yaml' leads out of the folder"),
    "absolute": (with_name("/tmp/evil.yaml"), "'/tmp/evil.yaml' leads to a place of its own"),
    "a drive": (with_name("C:evil.yaml"), "'C:evil.yaml' leads to a place of its own"),
    "backslashes": (with_name("..\\evil.yaml"), r"'..\\evil.yaml' has a name with a backslash"),
    "a stream": (with_name("course.yaml:evil"), "leads to a place of its own"),
    "a dot": (with_name("./course.yaml"), "some systems write otherwise"),
    "an empty part": (with_name("a//b"), "some systems write otherwise"),
    "a trailing dot": (with_name("lesson.md."), "some systems write otherwise"),
    "a trailing blank": (with_name("a /b"), "some systems write otherwise"),
    "an escape": (with_name("\x1b[2Jevil"), r"'\x1b[2Jevil' has a name with signs that cannot be seen"),
    "two lines": (with_name("a\nb"), r"'a\nb' has a name with signs that cannot be seen"),
    "a zero": (patched(packed({"abc": "x"}), 47, b"\0"), r"'a\x00c' has a name with signs that cannot be seen"),
    "turned round": (with_name("\u202egnp"), "has a name with signs that cannot be seen"),
    "no name": (with_name(""), "some systems write otherwise"),
    "a long name": (with_name("x" * 300), "has a name that is too long"),
    "a long path": (with_name("xxxxxxxxx/" * 50 + "x"), "lies too deep"),
    "deep": (with_name("x/" * 40 + "x"), "lies too deep"),
    "a link": (of_kind(LINK), "'entry' is a link; put the file itself there"),
    "a pipe": (of_kind(PIPE), "'entry' is a device or a pipe"),
    "a device": (of_kind(DEVICE), "'entry' is a device or a pipe"),
    "equal but for case": (twice("a.yaml", "A.yaml"), "'A.yaml' and 'a.yaml' are one name on some systems"),
    "equal but for spelling": (twice("\u00e4.yaml", "a\u0308.yaml"), "are one name on some systems"),
    "folders equal but for case": (twice("a/x.yaml", "A/y.yaml"), "'A' and 'a' are one name on some systems"),
    "a file and a folder": (twice("a", "a/b"), "'a' is a file and a folder at once"),
    "a folder and a file": (twice("a/b", "a"), "'a' is a file and a folder at once"),
    "encrypted": (patched(small(), 8, b"\1"), "is encrypted"),
    "another method": (packed({"course.yaml": "x" * 99}, zipfile.ZIP_LZMA), "is packed in a way"),
    "a folder with bytes": (with_name("folder/"), "is a folder that holds bytes"),
    "overlapping entries": (overlapping(50), "shares its bytes with another entry"),
    "no zip": (b"course.yaml", "is no zip, or was cut off"),
    "empty": (b"", "is no zip, or was cut off"),
    "cut off": (small()[:-200], "is no zip, or was cut off"),
    "the end alone": (b"PK\5\6" + b"\xff" * 18, "holds more than 20000 files and folders, or says so"),
    "another checksum": (patched(small(), 16, b"\1\2\3\4"), "'course.yaml' is damaged and cannot be unpacked"),
    "another name in the file": (patched(small(), 30, b"C", central=False), "'course.yaml' is damaged"),
    "larger than it says": (claiming(3, b"y" * 5_000), "'course.yaml' is damaged"),
    "smaller than it says": (claiming(2**31, b"y" * 5_000), "'course.yaml' is damaged"),
    "the extra field too short": (patched(small(), 30, b"\xff\xff"), "is damaged"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("data", "say"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_zips_are_refused(tmp_path, data, say):
    """With a sentence that names the zip and the entry, and is safe to print; nothing is written beside the folder."""
    before = tree(tmp_path)
    with pytest.raises(NotTaken) as refusal:
        unzipped(data, tmp_path)

    assert say in str(refusal.value)
    assert str(refusal.value).startswith(str(tmp_path / "pack.zip"))
    assert str(refusal.value).isprintable()
    assert ";" in str(refusal.value), "it says what to do"
    outside = {name for name in tree(tmp_path) if not name.startswith("beside")}
    assert outside - set(before) == {"pack.zip"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused(tmp_path):
    """Which of them counts would depend on the program that unpacks them."""
    with pytest.raises(NotTaken, match=r"'course.yaml' is there twice"):
        unzipped(packed([*FILES.items(), ("course.yaml", "id: other")]), tmp_path)


@pytest.mark.parametrize(
    ("bound", "value", "data", "say"),
    [
        ("MOST_ENTRIES", 20, small(**{f"{n}.md": "x" for n in range(20)}), "more than 20 files and folders"),
        ("LARGEST_FILE", 5_000, small(**{"big.md": bytes(6_000)}), "'big.md' is larger than 5000 bytes"),
        ("LARGEST_PACK", 9_000, small(**{f"{n}.md": "x" * 3_000 for n in range(3)}), "more than 9000 bytes"),
    ],
)
def test_a_pack_that_holds_too_much_is_refused(tmp_path, monkeypatch, bound, value, data, say):
    """Entries, one file, all files together: as they are written, not as headers have it."""
    monkeypatch.setattr(bounds, bound, value)

    with pytest.raises(NotTaken, match=say):
        unzipped(data, tmp_path)


def test_a_bomb_is_cut_off_early(tmp_path):
    """A file that becomes a thousand times larger is given up after the first megabyte."""
    with pytest.raises(NotTaken, match=r"'bomb.md' grows beyond all measure"):
        unzipped(small(**{"bomb.md": bytes(9_000_000)}), tmp_path)

    assert (tmp_path / "beside/into/bomb.md").stat().st_size <= 9_000_000 / 4


def test_a_zip_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    """It would lie in memory as a whole."""
    monkeypatch.setattr(unzipping, "LARGEST_ZIP", 1_000)

    with pytest.raises(NotTaken, match="is larger than 1000 bytes"):
        unzipped(small(), tmp_path)


def test_a_list_of_a_large_zip_is_refused_before_it_is_read(tmp_path):
    """Whether its size is told the old way or the new one."""
    data = small()
    end = data.rindex(b"PK\5\6")
    locator = b"PK\6\7" + bytes(16)
    for hostile in (data[: end + 12] + b"\xff\xff\xff\x7f" + data[end + 16 :], data[:end] + locator + data[end:]):
        with pytest.raises(NotTaken, match="holds more than 20000 files and folders, or says so"):
            unzipped(hostile, tmp_path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_any_damage_is_refused_or_harmless(tmp_path_factory, data):
    """Whatever bytes are changed or cut away: a sentence, or the files; never another error, never a file elsewhere."""
    folder = tmp_path_factory.mktemp("damage")
    zipped = bytearray(small())
    for _ in range(data.draw(some.integers(1, 6))):
        zipped[data.draw(some.integers(0, len(zipped) - 1))] = data.draw(some.integers(0, 255))
    cut = data.draw(some.sampled_from([0, 0, 0, 1, 30]))
    try:
        unzipped(bytes(zipped[: len(zipped) - cut]), folder)
    except NotTaken as refusal:
        assert str(refusal).isprintable()

    assert {path.name for path in folder.iterdir()} <= {"pack.zip", "beside"}
    assert {path.name for path in folder.glob("beside/*")} <= {"into"}


def test_what_can_be_read_back_is_what_was_written(tmp_path):
    """Stored or deflated, as `zipfile` itself reads it."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        data = packed(dict(FILES), method)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert unzipped(data, tmp_path / str(method)) == {name: archive.read(name) for name in archive.namelist()}
