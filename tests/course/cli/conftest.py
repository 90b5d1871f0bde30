"""A learner's folder of their own for every test, and the program as a function."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from course.cli import main
from course.content import packs
from course.content.pack import Pack
from course.content.packs import built_in_pack

LAB = "first-guarded-update"


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """What stands on stdout, which must be JSON to the letter: Python alone would take NaN and Infinity too."""
        return json.loads(self.out, parse_constant=_refuse)


def _refuse(word: str):
    raise ValueError(f"{word} is no JSON")


Run = Callable[..., Result]


@pytest.fixture(autouse=True, scope="session")
def the_course_is_opened_once() -> Iterator[None]:
    """Give every command the same built-in pack, as far as others have read it: nobody changes it."""
    opened = Pack(built_in_pack())

    def pack(root: Path, called: Path | None = None) -> Pack:
        return opened if root == opened.root and called in (None, root) else Pack(root, called)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "Pack", pack)
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("MLCOURSE_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def mlcourse(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> Result:
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def plan_file() -> Callable[[str], str]:
    """Return the path of one of the lab's own plans."""
    return plan_of


def plan_of(name: str) -> str:
    """The same by itself."""
    [folder] = built_in_pack().glob(f"*/{LAB}")
    return str(folder / name)
