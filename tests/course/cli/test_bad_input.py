"""Whatever a person gives the program, they get a sentence and an exit code, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO, TextIOWrapper
from pathlib import Path
from threading import Thread

import pytest

from tests.course.cli.conftest import LAB


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "plan.yaml:1:1: there is nothing here"),
        (b"- PutMetricAlarm\n", "plan.yaml:1:1: A plan is a mapping"),
        (b"just words\n", "plan.yaml:1:1: A plan is a mapping"),
        (b"UpdateEndpoint: [unclosed\n", "plan.yaml:"),
        (b"\xff\xfe\x00", "plan.yaml:1:1: this is no text, or not in UTF-8"),
        (b"caf\xe9: 1\n", "plan.yaml:1:4: byte E9 is not UTF-8"),
        (b"[" * 900_000, "plan.yaml:1:34: nested deeper than 32 levels"),
        (b"a" * 3_000_000, "plan.yaml:1:1: the file holds more than 1000000 bytes"),
        (b"a: 1\na: 2\n", "plan.yaml:2:1: 'a' was given in line 1 already"),
        (b"a: &x [1]\nb: *x\n", "plan.yaml:"),
    ],
    ids=[
        *("empty", "a list", "a word", "broken YAML", "no text", "another encoding", "deep", "huge"),
        *("duplicate key", "alias"),
    ],
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
        ("lab", "grade", LAB, "plan.yaml", "--seeds", "many"),
        ("lab", "grade", LAB, "plan.yaml", "--plot", "report.gif"),
        ("lab", "start", LAB, "no-folder/plan.yaml"),
        ("lab", "replay", LAB, "--attempt", "7"),
        ("incident", "grade", "silent-rollback", "."),
        ("simulate", ".", "."),
        ("lab",),
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


def test_a_history_where_a_folder_stands_is_said(mlcourse, plan_file, home: Path):
    """A grade is given although it cannot be kept."""
    (home / "history.db").mkdir(parents=True)
    result = mlcourse("lab", "grade", LAB, plan_file("reference.yaml"), "--seeds", "1", "--workers", "1")

    assert result.code == 0
    assert "Nothing can be saved" in result.err
    assert mlcourse("doctor").code == 1


def test_a_pack_that_is_left_out_is_said(mlcourse):
    """The course goes on without it."""
    result = mlcourse("--pack", "nowhere", "lab", "list")

    assert result.code == 0
    assert LAB in result.out
    assert "nowhere/course.yaml:1:1: there is no such file" in result.err


def test_the_linter_says_in_json_that_there_is_no_outline(mlcourse, tmp_path):
    """A pack that cannot even be opened is a finding like others."""
    result = mlcourse("check", str(tmp_path), "--json")

    assert result.code == 1
    assert [problem["path"] for problem in result.json["problems"]] == ["course.yaml"]


def test_ctrl_c_ends_with_a_sentence(mlcourse, plan_file, monkeypatch):
    """In the middle of a grade as anywhere; nothing is recorded."""

    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("labs.grading.grade_plan.grade", interrupted)
    result = mlcourse("lab", "grade", LAB, plan_file("reference.yaml"))

    assert (result.code, result.out) == (130, "")
    assert result.err == "Stopped; what was saved stays saved.\n"
    assert mlcourse("progress", "--json").json["labs"] == {}


def test_a_pipe_is_as_good_as_a_file(mlcourse, tmp_path, plan_file, monkeypatch):
    """A plan can come from a pipe with a name, or from stdin."""
    plan = Path(plan_file("reference.yaml")).read_text()
    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=(tmp_path / "pipe").write_text, args=(plan,))
    writer.start()
    named = mlcourse("lab", "check", LAB, str(tmp_path / "pipe"))
    writer.join()

    assert named.code == 0, named.err
    assert _program("lab", "check", LAB, "-", home=tmp_path, input=plan).returncode == 0
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"no plan")))
    assert mlcourse("lab", "check", LAB, "-").code == 2


def _program(*arguments: str, home: Path, **options) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MLCOURSE_HOME": str(home), **options.pop("env", {})}
    command = [sys.executable, "-m", "course", *arguments]
    streams = {"stdout": subprocess.PIPE} | ({} if "input" in options else {"stdin": subprocess.DEVNULL}) | options
    return subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, check=False, **streams)


def test_without_a_terminal_the_course_says_so(tmp_path):
    """Piped output gets a sentence, not escape codes."""
    result = _program(home=tmp_path)

    assert result.returncode == 2
    assert "needs a terminal" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["lab", "list"], ["glossary"], ["--help"]], ids=" ".join)
def test_a_reader_that_stops_early_is_no_error(tmp_path, arguments):
    """`mlcourse glossary | head -1` ends quietly, however little there is to print."""
    read, write = os.pipe()
    os.close(read)
    result = _program(*arguments, home=tmp_path, stdout=write)
    os.close(write)

    assert (result.returncode, result.stderr) == (0, "")


def test_an_output_that_is_full_is_said(tmp_path):
    """A sentence and exit code 2: what was printed is not there."""
    no_room = f"ulimit -f 0; exec {sys.executable} -m course lab list"
    with (tmp_path / "out").open("w") as out:
        result = subprocess.run(no_room, shell=True, stdout=out, stderr=subprocess.PIPE, text=True, check=False)

    assert result.returncode == 2
    assert result.stderr.startswith("The system does not let mlcourse go on: ")
    assert len(result.stderr.splitlines()) == 1


POOR = {"PYTHONIOENCODING": "ascii"}


def test_a_terminal_without_the_signs_gets_others(tmp_path, plan_file):
    """What is met and what is missed can be told apart in ASCII."""
    arguments = ("lab", "grade", LAB, plan_file("start.yaml"), "--seeds", "1", "--workers", "1", "--no-record")
    result = _program(*arguments, home=tmp_path, env=POOR)

    assert result.returncode == 1, result.stderr
    assert {line[:3] for line in result.stdout.splitlines() if "; needed: " in line} == {" + ", " - "}


def test_json_is_the_same_in_every_encoding(mlcourse, tmp_path):
    """Letters that the encoding lacks are escaped, not replaced."""
    arguments = ("incident", "show", "silent-rollback", "--json")
    rich, poor = mlcourse(*arguments), _program(*arguments, home=tmp_path, env=POOR)

    assert "Tomás" in rich.out
    assert poor.stdout.isascii()
    assert json.loads(poor.stdout) == rich.json


def test_two_programs_keep_both_their_grades(mlcourse, home, plan_file):
    """Two grades at once on one history: none is lost; tests/course/store/test_processes.py has more of them."""
    arguments = ("lab", "grade", LAB, plan_file("reference.yaml"), "--seeds", "1", "--workers", "1")
    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(lambda _: _program(*arguments, home=home), range(2)))

    assert [(result.returncode, result.stderr) for result in results] == [(0, "")] * 2
    assert mlcourse("progress", "--json").json["labs"][LAB]["attempts"] == 2


def test_a_finding_about_the_whole_plan_has_no_place(mlcourse, tmp_path):
    """A plan that updates nothing is said to be so, without an empty path in the sentence."""
    (tmp_path / "empty.yaml").write_text("{}")
    checked = mlcourse("lab", "check", LAB, str(tmp_path / "empty.yaml"))

    assert checked.code == 1
    assert "1:1: accepted, but: This plan has no UpdateEndpoint" in checked.out
