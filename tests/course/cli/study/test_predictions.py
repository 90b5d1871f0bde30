"""Runs predicted line by line, and the terms of a page explained on request."""

from __future__ import annotations

import sys
from io import StringIO

import pytest

from course.cli.study.lesson.words import terms_on
from course.syllabus import Prose, Reading
from tests.course.cli.study.test_practice import events
from tests.course.content.conftest import FILES, LAB, TEAL, write_pack
from tests.course.content.test_prediction_files import PREDICTIONS
from tests.course.test_terms import BAKE, CANARY


@pytest.fixture
def read(mlcourse, tmp_path, clock, monkeypatch):
    """Read the lesson of the small pack, which has a prediction, and type these lines."""
    pack = write_pack(
        tmp_path / "pack",
        FILES
        | {
            "course.yaml": FILES["course.yaml"]
            .replace("id: small", "id: small-course")
            .replace("id: first", "id: one"),
            "glossary.yaml": TEAL,
            "01-fleets/lesson.yaml": FILES["01-fleets/lesson.yaml"]
            .replace("[blue, green]", "[teal]")
            .replace("questions: [questions.yaml]", "predictions: [predictions.yaml]"),
            "01-fleets/lesson.md": "## Colours\n\nA teal fleet.\n\n{predict: unguarded}\n\n{lab: update}\n",
            "01-fleets/predictions.yaml": PREDICTIONS,
            "01-fleets/update/lab.yaml": LAB.replace(
                "workload: {rate: 20}", "workload: {rate: 20}\n  duration_s: 1800"
            ),
        },
    )

    def run(*lines, command=("lesson", "fleets")):
        monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{line}\n" for line in lines)))
        return mlcourse("--pack", str(pack), *command)

    return run


def test_asked_played_and_told(read, home):
    """The situation, the plan, each part with its bounds; what cannot be read is asked again; then the run, and what
    held."""
    run = read("", "perhaps", "promoted", "0", "", "quit")
    [said] = events(home, "predicted")

    assert "Nobody watches." in run.out
    assert "The plan, 3 lines of YAML:\nUpdateEndpoint:" in run.out
    assert "How does it end? Promoted, rolled back, or neither?" in run.out
    assert "Say promoted, rolled back or neither." in run.out
    assert "minute 0.0: UpdateEndpoint to churn-v2: accepted." in run.out
    assert "The ending: you said promoted, and it was promoted. This held." in run.out
    assert "The harm: you said 0 requests, and it was " in run.out
    assert run.out.index("This did not hold.") < run.out.index("There was no alarm.")
    assert (said.subject, said.data["lesson"]) == ("unguarded", "fleets")
    assert said.data["held"] == {"ending": True, "harmed": False}
    assert said.data["happened"]["harmed"] > 1000


def test_who_leaves_has_not_seen_it(read, home):
    """Nothing is told, and nothing counts; who comes again is told how it was before."""
    left = read("", "promoted", "quit")
    assert "There was no alarm." not in left.out
    assert events(home, "predicted") == []

    read("promoted", "0", "quit")
    assert "You have predicted this before: 1 of 2 parts held." in read("quit", command=("lesson", "fleets")).out


def test_it_counts_for_the_lesson_and_for_the_learner(read, home, mlcourse):
    """Open until it was seen; afterwards `progress` adds up what held."""
    before = read("", "quit")
    assert before.code == 0
    read("promoted", "0", "", "")
    found = read(command=("progress", "--json")).json

    assert found["mastery"]["lessons"]["fleets"]["predicted"] == 1
    assert "prediction" not in found["mastery"]["lessons"]["fleets"]["note"]
    assert found["predicted"] == {
        "runs": 1,
        "held": 1,
        "of": 2,
        "parts": {"ending": {"held": 1, "of": 1}, "harmed": {"held": 0, "of": 1}},
    }
    assert "1 of 2 parts held, in 1 run of lessons and labs." in read(command=("progress",)).out


def test_programs_see_what_is_asked_and_not_what_comes(read, home):
    """Nothing is simulated for who only prints."""
    view = read(command=("lesson", "fleets", "--json")).json
    [page] = [page for page in view["pages"] if page["kind"] == "prediction"]

    assert (page["id"], page["asks"]) == ("unguarded", ["ending", "harmed"])
    assert "There was no alarm." not in str(view)


def test_terms_are_explained_on_request(read):
    """They are named at the end of the page, and told when asked for."""
    run = read("terms", "quit")

    assert "Terms on this page: Teal." in run.out
    assert "Teal: A colour.\n    Source: https://a.org/, checked 2026-11-27" in run.out


def test_nothing_is_a_term_in_code_links_and_headings():
    """As on the screens; the end of a line is a space like any other."""
    text = "### Canary\n\n`canary` and [canary](https://a.org/)\n\n- It may **bake** here.\n"
    page = Reading(title="Canary", blocks=(Prose(markdown=text),))

    assert terms_on(page, [CANARY, BAKE]) == (BAKE,)
    assert terms_on(Reading(title="", blocks=(Prose(markdown=f"{text}\nA canary.\n"),)), [CANARY]) == (CANARY,)
