"""The incident commands, from the first look to the grade."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.packs import built_in_pack
from tests.built_in import PACK

INCIDENT = "silent-rollback"
HIDDEN = [release.id for release in PACK.incident(INCIDENT).releases]
CRASHING, SOUND, PICKY = "1", "2", "3"


@pytest.fixture
def actions():
    """Return the path of one of the incident's own answers."""
    [folder] = built_in_pack().glob(f"*/{INCIDENT}")
    return lambda name: str(folder / name)


def test_the_list_names_each_incident_with_its_lesson(mlcourse):
    """`incident list --json` is a list of id, title, minutes and lesson."""
    rows = mlcourse("incident", "list", "--json").json

    assert {"id": INCIDENT, "title": "The silent rollback", "minutes": 10, "lesson": "automated-rollback"} in rows
    assert INCIDENT in mlcourse("incident", "list").out


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_showing_an_incident_gives_no_release_away(mlcourse, form):
    """Brief, goals and the colleague's plan are shown; what is hidden stays hidden until a grade."""
    result = mlcourse("incident", "show", INCIDENT, *form)

    assert result.code == 0
    assert "Tomás" in result.out
    assert "UpdateEndpoint" in result.out
    assert not [name for name in HIDDEN if name in result.out]


def test_the_right_answer_passes(mlcourse, actions):
    """A passed grade exits with 0 and tells what it was."""
    name = actions("stop-by-hand.yaml")
    result = mlcourse("incident", "grade", INCIDENT, name, "--release", PICKY, "--seed", "5", "--json")
    grade = result.json

    assert result.code == 0
    assert (grade["passed"], grade["release"], grade["seed"]) == (True, "picky", 5)
    assert [goal["passed"] for goal in grade["goals"]] == [True] * 4
    assert "4xx" in grade["say"]


def test_believing_the_waiter_fails(mlcourse, actions):
    """A failed grade exits with 1, and says what was deleted and how to do better."""
    result = mlcourse("incident", "grade", INCIDENT, actions("believe-the-waiter.yaml"), "--release", CRASHING)

    assert result.code == 1
    assert "Not yet: 3 of 4 goals" in result.out
    assert "arrivals-v1 was deleted, and it is the one in service" in result.out
    assert "hint: What does the waiter look at" in result.out
    assert "FailureReason: One or more configured alarm" in result.out


def test_a_grade_is_kept_and_the_next_release_is_another(mlcourse, actions):
    """Without --release it is the next one's turn, until all have come up."""
    name = actions("believe-the-waiter.yaml")
    drawn = [mlcourse("incident", "grade", INCIDENT, name, "--json").json["release"] for _ in range(3)]
    kept = mlcourse("progress", "--json").json["incidents"]

    assert sorted(drawn) == sorted(HIDDEN)
    assert kept == {INCIDENT: {"attempts": 3, "abandoned": 0, "passed": False, "revision": 1}}
    assert f"incident {INCIDENT}: 3 shifts" in mlcourse("progress").out


def test_a_grade_need_not_be_kept(mlcourse, actions):
    """--no-record leaves the history alone."""
    mlcourse("incident", "grade", INCIDENT, actions("let-it-through.yaml"), "--release", SOUND, "--no-record")

    assert mlcourse("progress", "--json").json["incidents"] == {}


def test_what_aws_refuses_costs_no_attempt(mlcourse, tmp_path: Path):
    """A typo is found before anything is sent."""
    (tmp_path / "actions.yaml").write_text(
        "Later: [{AfterSeconds: 9, DeleteEndpointConfig: {EndpointConfigName: v9}}]\n"
    )
    result = mlcourse("incident", "grade", INCIDENT, "actions.yaml")

    assert result.code == 1
    assert (
        'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/v9"'
        in result.err
    )
    assert not [name for name in HIDDEN if name in result.out + result.err]
    assert mlcourse("progress", "--json").json["incidents"] == {}


@pytest.mark.parametrize(
    ("arguments", "say"),
    [
        (["show", "silent-rollbak"], "did you mean silent-rollback?"),
        (["grade", INCIDENT, "nowhere.yaml"], "nowhere.yaml"),
        (["grade", INCIDENT, "-", "--release", "0"], "from 1"),
        (["grade"], "required"),
    ],
    ids=["unknown incident", "no file", "release 0", "nothing named"],
)
def test_wrong_words_exit_with_2(mlcourse, arguments, say):
    """Each says what would be right."""
    result = mlcourse("incident", *arguments)

    assert result.code == 2
    assert say in result.err


def test_a_release_that_is_not_there_is_said_without_names(mlcourse, actions):
    """It says how many there are."""
    result = mlcourse("incident", "grade", INCIDENT, actions("let-it-through.yaml"), "--release", "4")

    assert result.code == 2
    assert "has no release 4; it has 3, numbered from 1" in result.err
    assert not [name for name in HIDDEN if name in result.err]
