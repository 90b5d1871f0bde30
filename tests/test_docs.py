"""What docs/ says is there: the names lead somewhere, and the pack that writing-lessons.md makes is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.content.lint.check import lint
from course.content.pack import Pack
from labs.grading import proof
from labs.incidents import proof as incident_proof
from labs.incidents.measures import MEASURES as of_incidents
from labs.lab import Lab
from labs.measures.registry import MEASURES as of_labs

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = ("course", "engine", "labs", "quiz")
_FENCE = re.compile(
    r"^(`{3,4})(?:yaml|markdown)\n(?:# |<!-- )(?P<name>[\w./-]+)(?: -->)?\n(?P<text>.*?)^\1$", re.S | re.M
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path):
    """Every link to a file and every path of a module is there."""
    text = page.read_text()
    links = [page.parent / link for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)]
    paths = [ROOT / path for path in re.findall(r"`((?:course|engine|labs|quiz|tests|docs|lessons)/[\w./-]+)`", text)]

    assert [str(path) for path in (*links, *paths) if not path.exists()] == []


def test_the_architecture_names_every_package():
    """Nobody has to guess what a folder is for."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    packages = [path.parent for name in CODE for path in (ROOT / name).rglob("__init__.py")]
    named = {path.relative_to(ROOT).as_posix() for path in packages}

    assert [
        each
        for each in sorted(named)
        if f"`{each.rsplit('/tui/')[-1]}`" not in text and each.replace("/", ".") not in text
    ] == []


def test_the_architecture_names_what_is_there():
    """Each module that a row of its table names is in that row's package."""
    rows = re.findall(r"^\| ([\w., ]+) \| `(\w+)` \| (.*) \|$", (ROOT / "docs" / "architecture.md").read_text(), re.M)
    missing = []
    for packages, door, behind in rows:
        folders = [ROOT / package.replace(".", "/") for package in packages.split(", ")]
        for name in (door, *re.findall(r"`(\w+\*?)`", behind)):
            if not any(list(folder.glob(f"{name}.py")) or (folder / name).is_dir() for folder in folders):
                missing.append(f"{packages}: {name}")

    assert rows
    assert missing == []


def test_the_page_about_measures_says_what_the_registries_say():
    """An author can look up every measure: its unit, what it is, and what it is where that is not plain."""
    text = (ROOT / "docs" / "measures.md").read_text()
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \| (.+) \| (.+) \|$", text, re.M)
    measures = [*of_labs.values(), *of_incidents.values()]

    assert rows == [(each.name, each.unit, each.what, each.edge_cases) for each in measures]


def test_the_pack_of_the_guide_proves_itself(tmp_path: Path):
    """Whoever copies the files of writing-lessons.md has a pack without a mistake."""
    for found in _FENCE.finditer((ROOT / "docs" / "writing-lessons.md").read_text()):
        path = tmp_path / found["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found["text"])
    lab, incident = (tmp_path / "01-slow-answers" / name for name in ("watch-the-clock", "the-wrong-zero"))
    _changed(lab / "reference.yaml", lab / "milliseconds.yaml", "250000", "250")
    _changed(lab / "reference.yaml", lab / "a-zero-too-many.yaml", "250000", "2500000")
    _changed(incident / "stop-by-hand.yaml", incident / "stop-late.yaml", "345", "645")
    pack = Pack(tmp_path)
    problems = lint(pack, lambda each: proof.prove(each) if isinstance(each, Lab) else incident_proof.prove(each))

    assert [str(problem) for problem in problems] == []
    assert (pack.lab_ids(), pack.incident_ids()) == (("watch-the-clock",), ("the-wrong-zero",))


def _changed(source: Path, target: Path, old: str, new: str) -> None:
    text = source.read_text()
    assert text.count(old) == 1
    target.write_text(text.replace(old, new))
