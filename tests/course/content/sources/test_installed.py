"""Packs of installed packages: found by their entry points, without running any of them."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import sys
from pathlib import Path

import pytest

from course.content.packs import opened
from course.content.sources.finding import find
from course.content.sources.installed import NAME, Installed, installed
from course.shelf import Shelf
from tests.course.content.conftest import FILES, write_pack

pytestmark = pytest.mark.usefixtures("small_built_in")
BOOM = "raise SystemExit('this package was run')\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that Python imports from, as empty as after a fresh installation."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def install(site: Path, value: str = "small_pack", *, version: str = "1.2", name: str = "small-pack") -> Path:
    """Put a package there that breaks when it is run, and its metadata; return the metadata's folder."""
    folder = site
    for part in value.split("."):
        folder = folder / part
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").write_text(BOOM)
    write_pack(folder, FILES)
    return describe(site, f"[mlcourse.packs]\nsmall = {value}\n", version=version, name=name)


def describe(site: Path, entry_points: str, *, version: str = "1.2", name: str = "small-pack") -> Path:
    """Write the metadata of a distribution, as pip does."""
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(entry_points)
    return info


@pytest.mark.parametrize("value", ["small_pack", "our.courses.small"])
def test_a_package_brings_a_pack(tmp_path, site, value):
    """It is a pack like any other, and the package's code is not run."""
    install(site, value)
    [_, found] = find((), tmp_path / "home")

    assert found.origin == "installed"
    assert found.by == "small-pack 1.2"
    assert found.root == site.joinpath(*value.split("."))
    packs, left_out = opened(find((), tmp_path / "home"), tmp_path / "home")
    assert left_out == ()
    assert packs.lesson("fleets").title == "Two fleets"
    assert value not in sys.modules


def test_a_package_without_an_init_file_brings_one_too(tmp_path, site):
    """Whoever has only lessons need not write code."""
    install(site, "our.courses")
    (site / "our/__init__.py").unlink()
    (site / "our/courses/__init__.py").unlink()

    [_, found] = find((), tmp_path / "home")
    assert found.root == site / "our/courses"


def test_it_is_looked_for_once(tmp_path, site, monkeypatch):
    """The next start knows it from the times of the folders alone."""
    install(site)
    before = installed(tmp_path / "home")
    monkeypatch.setattr(importlib.metadata, "distributions", None)

    assert installed(tmp_path / "home") == before != ()


def test_installing_upgrading_and_removing_are_noticed_at_the_next_start(tmp_path, site):
    """On the first screen, which reads no YAML where nothing has changed."""
    home = tmp_path / "home"

    def topics() -> list[str]:
        return [topic.title for topic in Shelf((), home).outline.topics]

    before = topics()
    info = install(site)
    assert topics() == [*before, "Two fleets"]

    again = Shelf((), home)
    assert again.outline.topics[-1].title == "Two fleets"
    assert "packs" not in vars(again)

    shutil.rmtree(info)
    describe(site, "[mlcourse.packs]\nsmall = small_pack\n", version="1.3")
    assert [each.by for each in installed(home)] == ["small-pack 1.3"]

    shutil.rmtree(site / "small_pack")
    shutil.rmtree(site / "small_pack-1.3.dist-info")
    assert topics() == before


WRONG = {
    "no such package": ("[mlcourse.packs]\nx = not_there\n", "there is no package of this name"),
    "no such folder": ("[mlcourse.packs]\nx = small_pack.not_there\n", "there is no package of this name"),
    "no pack in it": ("[mlcourse.packs]\nx = json\n", "that package holds no course.yaml"),
    "a module": ("[mlcourse.packs]\nx = this\n", "there is no package of this name"),
    "a built-in module": ("[mlcourse.packs]\nx = sys\n", "there is no package of this name"),
    "an object": ("[mlcourse.packs]\nx = small_pack:course\n", "there is no package of this name"),
    "a path": ("[mlcourse.packs]\nx = ../../etc\n", "there is no package of this name"),
    "an absolute path": ("[mlcourse.packs]\nx = /etc\n", "there is no package of this name"),
    "an escape": ("[mlcourse.packs]\nx = \x1b[2J\n", "there is no package of this name"),
    "nothing": ("[mlcourse.packs]\nx =\n", "there is no package of this name"),
    "no equals sign": ("[mlcourse.packs]\nx\n", "cannot be read"),
}


@pytest.mark.parametrize(("entry_points", "say"), WRONG.values(), ids=WRONG)
def test_what_leads_nowhere_is_said(tmp_path, site, entry_points, say):
    """With the distribution, at every start, and the course goes on without it."""
    describe(site, entry_points)
    for _ in range(2):
        packs, [left_out] = opened(find((), tmp_path / "home"), tmp_path / "home")

        [line] = left_out.why
        assert say in line
        assert "small-pack 1.2" in line
        assert line.isprintable()
        assert packs.outline.topics
    assert Shelf((), tmp_path / "home").outline
    said = Shelf((), tmp_path / "home")
    assert said.outline.topics
    assert said.warning == "A lesson pack is left out; this says why: mlcourse doctor"


@pytest.mark.parametrize(
    "file",
    [b"\xff\xfe\x00", b"[mlcourse.packs\nx = y", b"[other]\nmlcourse.packs = json\n", b"mlcourse.packs = json\n"],
)
def test_the_metadata_of_others_is_none_of_our_business(tmp_path, site, file):
    """Whatever somebody's distribution holds, the course starts."""
    (describe(site, "") / "entry_points.txt").write_bytes(file)

    assert all(each.wrong for each in installed(tmp_path))


def test_metadata_without_a_name_is_borne(tmp_path, site):
    """As half an uninstallation leaves it behind."""
    info = install(site)
    (info / "METADATA").unlink()
    [found] = installed(tmp_path)

    assert found == Installed(site / "small_pack", "a package without a name")


def test_links_do_not_lead_out_of_an_installed_pack(tmp_path, site):
    """It is read under the same rules as any folder."""
    install(site)
    (tmp_path / "secret.md").write_text("## Secret\n")
    (site / "small_pack/01-fleets/lesson.md").unlink()
    (site / "small_pack/01-fleets/lesson.md").symlink_to(tmp_path / "secret.md")
    packs, _ = opened(find((), tmp_path / "home"), tmp_path / "home")

    with pytest.raises(Exception, match="leaves the pack"):
        packs.lesson("fleets")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1}', '{"format": 1, "folders": [], "packs": [["x"]]}'])
def test_a_damaged_keepsake_is_looked_for_anew(tmp_path, site, text):
    """Nothing in that file can keep the course from starting."""
    install(site)
    expected = installed(tmp_path)
    (tmp_path / NAME).write_text(text)

    assert installed(tmp_path) == expected == (Installed(site / "small_pack", "small-pack 1.2"),)
    assert json.loads((tmp_path / NAME).read_text())["packs"]


def test_where_nothing_can_be_written_they_are_found_all_the_same(tmp_path, site):
    """A read-only home costs time only."""
    install(site)
    (tmp_path / "file").write_text("in the way")

    assert len(installed(tmp_path / "file" / "home")) == 1
