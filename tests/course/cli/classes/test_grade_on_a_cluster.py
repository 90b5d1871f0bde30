"""A class graded by a cluster, from the command line to the gradebook: `make cluster-test`."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from course.classes.submission import submission, written
from course.content.packs import built_in_pack
from course.history import Event
from tests.course.classes.clusters import WORKER, running

pytestmark = pytest.mark.cluster
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAB = "warm-up"


@pytest.fixture
def class_folder(tmp_path):
    """Three learners, each with a plan of the lab's own."""
    [lab] = built_in_pack().glob(f"*/{LAB}")
    plans = sorted(path for path in lab.glob("*.yaml") if "lab" not in path.name)
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(3):
        text = plans[number % len(plans)].read_text()
        graded = Event(AT, "lab-graded", LAB, {"passed": True, "score": 100.0, "text": text})
        given = submission(f"learner {number}", AT, "0.1.0", (), [graded])
        (folder / f"{number}.jsonl").write_text(written(given))
    return folder


def test_the_gradebook_is_the_same_to_the_byte(mlcourse, class_folder, tmp_path):
    """By the two workers of a cluster, of which one is killed for the second of two classes, and by this machine."""
    asked = ("class", "grade", str(class_folder), "--seeds", "2")
    with running(tmp_path, (WORKER,), (WORKER,)) as there:
        by_two = mlcourse(*asked, "--out", str(tmp_path / "two"), "--scheduler", there.address)
        there.workers[0].kill()
        by_one = mlcourse(*asked, "--out", str(tmp_path / "one"), "--scheduler", there.address)
    here = mlcourse(*asked, "--out", str(tmp_path / "here"), "--workers", "1")

    assert by_two.code == by_one.code == here.code == 0
    for name in ("gradebook.csv", "gradebook.json", "gradebook.html"):
        assert (
            (tmp_path / "two" / name).read_bytes()
            == (tmp_path / "one" / name).read_bytes()
            == (tmp_path / "here" / name).read_bytes()
        )
    assert len(json.loads((tmp_path / "here" / "gradebook.json").read_text())["learners"]) == 3


def test_without_the_scheduler_there_is_a_sentence(mlcourse, class_folder, tmp_path):
    with running(tmp_path) as there:
        address = there.address
    found = mlcourse("class", "grade", str(class_folder), "--scheduler", address)

    assert found.code == 2
    assert f"No scheduler answers at {address}" in found.err
