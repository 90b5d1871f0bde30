"""`--plain`: whatever a command prints can be read out."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from course.cli.drawings import DRAWN, in_ascii
from tests.course.cli.conftest import LAB

REPLAY = Path(__file__).parents[3] / "docs" / "replay"
TYPED = {"quiz": "1\n1\n1\nshow\nquit\n", "incident": "600\nstatus\nrequests\nsend 1\nend\n"}


@pytest.mark.parametrize(
    "command",
    [
        *("--help", "lab list", f"lab brief {LAB}", f"lab plan {LAB}", f"lab check {LAB} PLAN", f"lab run {LAB} PLAN"),
        f"lab grade {LAB} PLAN --seeds 1 --workers 1 --no-record",
        *("incident list", "incident show silent-rollback", "incident live silent-rollback"),
        f"simulate {REPLAY}/world.yaml {REPLAY}/plan.yaml",
        f"compare {REPLAY.parent}/comparison.yaml",
        *("glossary", "progress", "doctor", "alarm 0-X-X", "exam list"),
        *("quiz list", "quiz list --json", "quiz", "review", "lesson", "lesson blue-green --json"),
        *(f"lesson {id} --all" for id in ("blue-green", "rolling", "scale-during-updates", "baking-period")),
    ],
)
def test_nothing_is_drawn(mlcourse, plan_file, monkeypatch, command):
    """No boxes, bars, arrows, ticks and escape codes, on stdout and stderr."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(TYPED.get(command.split()[0], "")))
    words = [plan_file("reference.yaml") if word == "PLAN" else word for word in command.split()]
    run = mlcourse(*words, "--plain")
    said = run.out + run.err

    assert said.strip()
    assert "Traceback" not in said
    assert DRAWN.findall(said) == []
    assert "\x1b" not in said


def test_verdicts_are_words_and_figures_have_names(mlcourse, plan_file):
    """No tick, and no column that must be looked up in the head of a table."""
    grade = ("lab", "grade", LAB, plan_file("reference.yaml"), "--seeds", "1", "--workers", "1", "--no-record")
    plain, drawn = mlcourse("--plain", *grade), mlcourse(*grade)

    assert " Met: " in plain.out
    assert "   yours: harmed " in plain.out
    assert "✓" in drawn.out
    assert "detected" in drawn.out.split("yours")[0]


def test_signs_keep_their_sense():
    """As far as they can be typed."""
    assert in_ascii("┌─┐ a → b ✗ █ ⣿") == "+-+ a -> b no # *"
