"""Whatever a person gives the program, they get a sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.course.cli.conftest import LAB


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "plan.yaml:1:1: there is nothing here"),
        (b"- PutMetricAlarm\n", "plan.yaml:1:1: A plan is a mapping"),
        (b"just words\n", "plan.yaml:1:1: A plan is a mapping"),
        (b"UpdateEndpoint: [unclosed\n", "plan.yaml:"),
        (b"\xff\xfe\x00", "plan.yaml"),
        (b"a: 1\na: 2\n", "plan.yaml:2:1: 'a' was given in line 1 already"),
        (b"a: &x [1]\nb: *x\n", "plan.yaml:"),
    ],
    ids=["empty", "a list", "a word", "broken YAML", "no text", "duplicate key", "alias"],
)
def test_an_unreadable_plan_is_a_sentence_and_exit_code_2(mlcourse, tmp_path, content, says):
    """A file that is no set of requests at all is unreadable input."""
    (tmp_path / "plan.yaml").write_bytes(content)
    for command in (("lab", "check", LAB), ("lab", "grade", LAB), ("lab", "run", LAB)):
        result = mlcourse(*command, "plan.yaml")

        assert result.code == 2, result
        assert says in result.err
        assert "Traceback" not in result.err
        assert result.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("lab", "check", LAB, "no-such-file.yaml"),
        ("lab", "show", "no-such-lab"),
        ("lab", "grade", "no-such-lab", "plan.yaml"),
        ("lab", "run", LAB, "."),
        ("simulate", "no-world.yaml", "no-plan.yaml"),
        ("alarm", "0 Q X"),
        ("alarm", "0 X", "--evaluation-periods", "0"),
        ("check", "no-such-pack"),
        ("no-such-command",),
        ("lab", "run", LAB, "plan.yaml", "--seed", "-1"),
    ],
)
def test_what_is_not_there_is_wrong_usage(mlcourse, arguments):
    """A name that leads nowhere exits with 2 and says so on stderr alone."""
    result = mlcourse(*arguments)

    assert result.code == 2
    assert result.err
    assert result.out == ""


def test_a_near_name_is_suggested(mlcourse):
    """A typo gets the nearest lab."""
    assert "did you mean first-guarded-update?" in mlcourse("lab", "show", "first-guarded-updat").err


def test_a_damaged_history_is_set_aside_and_said(mlcourse, home: Path):
    """A file that is no database is renamed, never deleted, and the command goes on."""
    home.mkdir()
    (home / "history.db").write_bytes(b"this is no database at all" * 100)
    result = mlcourse("progress", "--json")

    assert result.code == 0
    assert result.json["lessons"] == {}
    assert result.err
    assert any(b"no database" in file.read_bytes() for file in home.iterdir() if "damaged" in file.name)


def test_a_home_that_cannot_be_made_is_said(mlcourse, tmp_path: Path, monkeypatch):
    """Where nothing can be saved, reading still works."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MLCOURSE_HOME", str(tmp_path / "file" / "home"))
    result = mlcourse("progress")

    assert result.code == 0
    assert "can be saved" in result.err or "cannot be" in result.err


def _program(*arguments: str, home: Path, **options) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MLCOURSE_HOME": str(home)}
    command = [sys.executable, "-m", "course", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **options
    )


def test_without_a_terminal_the_course_says_so(tmp_path):
    """Piped output gets a sentence, not escape codes."""
    result = _program(home=tmp_path)

    assert result.returncode == 2
    assert "needs a terminal" in result.stderr
    assert result.stdout == ""


def test_a_reader_that_stops_early_is_no_error(tmp_path):
    """`mlcourse glossary | head -1` ends quietly."""
    program = f"{sys.executable} -m course glossary | head -1"
    environment = {**os.environ, "MLCOURSE_HOME": str(tmp_path)}
    result = subprocess.run(program, shell=True, env=environment, capture_output=True, text=True, check=False)

    assert result.stderr == ""
    assert len(result.stdout.splitlines()) == 1
