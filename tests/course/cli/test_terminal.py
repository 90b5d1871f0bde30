"""Whatever stands in arguments, names of files and histories: a terminal shows it, and never obeys it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, redirect_stdout
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.characters import REFUSED, spelt_out
from course.cli.present import print_json
from course.errors import one_line
from tests.course.cli.conftest import LAB

EVIL = "\x1b]0;title\x07\x9b2J\u202egpj\x7f\r\udce9a\nb"
"""A terminal's title, a cleared screen, text from right to left, a byte that is no text, and a second line."""
COMMANDS = [
    ("{}",),
    ("lab", "{}"),
    ("lab", "show", "{}"),
    ("lab", "show", LAB, "{}"),
    ("lab", "check", LAB, "{}"),
    ("lab", "run", LAB, "{plan}", "--release", "{}"),
    ("lab", "run", LAB, "{plan}", "--seed", "{}"),
    ("lab", "run", LAB, "{}.yaml"),
    ("lab", "grade", LAB, "{plan}", "--plot", "{}"),
    ("lab", "grade", LAB, "{plan}", "--seeds", "{}"),
    ("lab", "start", LAB, "{}"),
    ("lab", "start", LAB, "{}/{}"),
    ("lab", "export", LAB, "{plan}", "--as", "{}"),
    ("lab", "replay", "{}"),
    ("incident", "show", "{}"),
    ("incident", "grade", "silent-rollback", "{}"),
    ("simulate", "{}", "{}"),
    ("alarm", "{}"),
    ("alarm", "0 X", "--state", "{}"),
    ("alarm", "0 X", "--evaluation-periods", "{}"),
    ("glossary", "{}"),
    ("check", "{}"),
    ("--pack", "{}", "doctor"),
    ("--pack", "{}", "lab", "list"),
    ("doctor", "--{}"),
]


def seen(text: str) -> bool:
    """Is it all to be seen, and can any encoding take it?"""
    return REFUSED.search(text) is None


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_arguments_are_repeated_as_they_look(mlcourse, plan_file, command, form):
    """No command lets them through, neither in words nor in JSON, nor does it break over them."""
    arguments = [word.replace("{plan}", plan_file("reference.yaml")).replace("{}", EVIL) for word in command]
    result = mlcourse(*arguments, *form)

    assert result.code in (0, 1, 2)
    assert seen(result.out + result.err)
    assert "Traceback" not in result.err
    if form and result.out:
        assert result.json is not None
    for line in result.err.splitlines():
        assert line != "b", "a line feed of an argument is none of ours"


def test_a_file_with_such_a_name_can_be_worked_with(mlcourse, tmp_path):
    """The name is spelt out where it is said, and whole in JSON."""
    name = "pl\x1b[2Jan\udcff.yaml"
    started = mlcourse("lab", "start", LAB, name)
    checked = mlcourse("lab", "check", LAB, name)
    again = mlcourse("lab", "start", LAB, name, "--force", "--json")

    assert (tmp_path / name).exists()
    assert started.out.startswith("Wrote pl\\x1b[2Jan\\udcff.yaml. Edit it")
    assert checked.out.startswith("pl\\x1b[2Jan\\udcff.yaml:")
    assert again.json["file"] == name


def test_a_home_with_such_a_name(mlcourse, tmp_path, monkeypatch):
    """History, outline and packs are kept there like anywhere."""
    home = tmp_path / "h\x1b[2J\udcff"
    monkeypatch.setenv("MLCOURSE_HOME", str(home))
    for command in (("lab", "list"), ("progress",), ("doctor",)):
        result = mlcourse(*command)
        assert (result.code, result.err) == (0, "")
        assert seen(result.out)

    assert mlcourse("doctor", "--json").json["facts"]["history"] == str(home / "history.db")


def test_packs_and_reports_with_such_names(mlcourse, plan_file, tmp_path):
    """A clash names both places; a report is drawn where it was asked for."""
    for id, name in (("ours", "one\udcff\x1b[2J\n"), ("theirs", "two")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "course.yaml").write_text(
            f"format: 1\nid: {id}\ntitle: Ours\nglossary: terms.yaml\nparts: []\n"
        )
        (tmp_path / name / "terms.yaml").write_text(
            "format: 1\nterms:\n  - {id: t, term: A t, definition: Ours.,"
            " source: {url: 'https://t.org', checked: 2026-11-27}}\n"
        )
    clash = mlcourse("--pack", "one\udcff\x1b[2J\n", "--pack", "two", "lab", "list")
    drawn = mlcourse("lab", "grade", LAB, plan_file("reference.yaml"), "--seeds", "1", "--plot", "r\udcff\x1b.png")

    assert "is taken in " in clash.err
    assert len(clash.err.splitlines()) == 1
    assert "one\\udcff\\x1b[2J\\n/terms.yaml" in clash.err
    assert drawn.code == 0
    assert drawn.err == "Report: r\\udcff\\x1b.png\n"
    assert (tmp_path / "r\udcff\x1b.png").exists()


def test_a_history_of_somebody_else_is_shown_and_not_obeyed(mlcourse, home):
    """What another program wrote into it is text."""
    mlcourse("progress")
    with closing(sqlite3.connect(home / "history.db")) as connection:
        event = ("2026-11-22T12:00:00+00:00", "lab-graded", "\x1b]0;owned\x07", '{"score": 50.0}')
        connection.execute("INSERT INTO events (at, kind, subject, data) VALUES (?, ?, ?, ?)", event)
        connection.commit()
    told, data = mlcourse("progress"), mlcourse("progress", "--json")

    assert "lab \\x1b]0;owned\\x07: best 50" in told.out
    assert seen(told.out + data.out)
    assert list(data.json["labs"]) == ["\x1b]0;owned\x07"]


@pytest.mark.parametrize("arguments", [["lab", "show", b"caf\xe9\x1b[2J"], [b"\xff\x9b"], ["simulate", b"\xff", "x"]])
def test_bytes_that_are_no_text(tmp_path, arguments):
    """A name in another encoding is a sentence, on a real terminal's streams too."""
    result = subprocess.run(
        [sys.executable, "-m", "course", *arguments],
        env={**os.environ, "MLCOURSE_HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )

    assert result.returncode == 2
    assert seen(result.stderr.decode())
    assert b"Traceback" not in result.stderr


@given(st.text(st.characters()))
def test_everything_is_shown_or_spelt_out(text):
    """Nothing that is plain is changed, and nothing that is not gets through."""
    assert seen(spelt_out(text))
    assert one_line(text).isprintable()
    if text.isprintable():
        assert spelt_out(text) == one_line(text) == text


def test_what_any_text_needs_is_left_alone():
    """Lines, tabs, hard spaces and the joiners of other scripts."""
    text = "10 %\tof\nलेखक‍"

    assert spelt_out(text) == text


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters())))
def test_json_holds_everything(value):
    """What is escaped on its way out is read as it was."""
    with redirect_stdout(StringIO()) as out:
        print_json(value)

    assert seen(out.getvalue())
    assert json.loads(out.getvalue()) == value
