"""A lab is read with everything it names; what cannot be used is refused at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.content.pack import Pack
from course.content.yaml.errors import ContentError
from engine.plan import Plan
from engine.serving.faults import Errors

LAB = "01-fleets/update/lab.yaml"


def said(root: Path) -> list[str]:
    """What is wrong with the small pack's lab, without the folder's name."""
    with pytest.raises(ContentError) as caught:
        Pack(root).lab("update")
    return [str(problem).removeprefix("01-fleets/update/") for problem in caught.value.problems]


def test_a_lab_is_read_with_its_plans(root: Path):
    """World, releases, goals, texts and plans become one value."""
    lab = Pack(root).lab("update")

    assert (lab.id, lab.lesson, lab.minutes, lab.seeds) == ("update", "fleets", 20, 20)
    assert (lab.brief, lab.debrief) == ("Update the endpoint.\n", "Well done.\n")
    assert lab.release("bad").model.faults == (Errors(rate=0.2),)
    assert [(goal.id, goal.measure, goal.at_least, goal.in_) for goal in lab.goals] == [
        ("finishes", "promoted", 0.9, 0.95),
        ("goes-back", "rolled-back", 0.9, 0.95),
    ]
    assert lab.reference.plan.updates
    assert [(miss.file.name, miss.fails) for miss in lab.near_misses] == [("slow.yaml", "goes-back")]


def test_a_lab_about_serving(root: Path):
    """Its releases are days, each with its own load, and nothing has to be updated."""
    file = root / "01-fleets" / "update" / "lab.yaml"
    text = re.sub(r"expect: [a-z-]+", "expect: served", file.read_text())
    text = re.sub(r"(id: good), .* (expect)", r"\1, workload: {rate: 1}, \2", text)
    file.write_text(text)
    lab = Pack(root).lab("update")

    assert lab.serves
    assert lab.world_with(lab.release("good")).workload.rate == 1
    assert lab.world_with(lab.release("bad")).workload == lab.world.workload


def test_a_start_may_be_refused_by_aws(root: Path):
    """To mend it can be the exercise; until then nothing would be sent."""
    start = Pack(root).lab("update").start

    assert start.text == "UpdateEndpoint: {}\n"
    assert start.plan == Plan()


GOOD_RELEASE = "  - {id: good, replaces: new, model: {service: {mean_ms: 1}}, expect: promoted, say: Fine.}\n"
SAME_GOAL = "  - {id: finishes, title: F, measure: promoted, release: good, at_least: 1, say: No.}\n"
WRONG = [
    pytest.param(
        LAB,
        "id: update",
        "id: upgrade",
        "lab.yaml:2:5: the lab lies in the folder 'update'; give it that id, or rename the folder",
        id="id",
    ),
    pytest.param(
        LAB,
        "near_misses: [{plan: slow.yaml, fails: goes-back}]",
        "near_misses: [{plan: slow.yaml, fails: goes}]",
        "lab.yaml:30:40: `fails` names 'goes', which does not exist; did you mean goes-back?",
        id="near miss without a goal",
    ),
    pytest.param(
        LAB,
        "measure: promoted, release: good",
        "measure: promoted, release: god",
        "lab.yaml:32:65: `release` names 'god', which does not exist; did you mean good?",
        id="goal without a release",
    ),
    pytest.param(
        LAB,
        "{service: {mean_ms: 45}}, expect: promoted",
        "{service: {curve: bert-base-128-t4-fp16}}, expect: promoted",
        "lab.yaml:22:56: the curve 'bert-base-128-t4-fp16' was measured on ml.g4dn.xlarge, and the model runs on "
        "'ml.m5.large'; use ml.g4dn.xlarge, or give the model a mean_ms instead of the curve",
        id="release measured elsewhere",
    ),
    pytest.param(
        LAB,
        "expect: promoted",
        "expect: rolled-back",
        "lab.yaml:22:3: no release is expected to be promoted; add one, or a plan that judges nothing would pass",
        id="no good release",
    ),
    pytest.param(
        LAB,
        "expect: promoted",
        "expect: served",
        "lab.yaml:22:3: some releases are expected to be served, and others are not; a lab is about serving or about "
        "an update",
        id="half an update",
    ),
    pytest.param(
        LAB,
        "expect: rolled-back",
        "expect: promoted",
        "lab.yaml:22:3: no release is expected to be rolled-back; add one, or a plan that judges nothing would pass",
        id="no bad release",
    ),
    pytest.param(
        LAB,
        "- {id: good, replaces: new",
        "- {id: good, replaces: now",
        "lab.yaml:22:26: `replaces` names 'now', which does not exist; did you mean new?",
        id="model",
    ),
    pytest.param(
        LAB,
        "    say: It failed.\n",
        "    say: It failed.\n" + GOOD_RELEASE,
        "lab.yaml:28:10: the release id 'good' is taken in 01-fleets/update/lab.yaml:22:10; choose another",
        id="release twice",
    ),
    pytest.param(
        LAB,
        "goals:\n",
        "goals:\n" + SAME_GOAL,
        "lab.yaml:33:10: the goal id 'finishes' is taken in 01-fleets/update/lab.yaml:32:10; choose another",
        id="goal twice",
    ),
    pytest.param(
        LAB,
        "measure: promoted, release: good, at_least: 0.9",
        "measure: harmed, release: good",
        "lab.yaml:32:5: `at_most` or `at_least` must be given; a goal on harmed needs a bound",
        id="goal without a bound",
    ),
    pytest.param(
        LAB,
        "rate: 20",
        "rate: 1e9",
        "lab.yaml:20:20: `rate` must be at least 0 and at most 100000, got 1000000000.0",
        id="rate",
    ),
    pytest.param(
        LAB,
        "workload: {rate: 20}",
        "workload: {rate: 20}\n  timing: {provision_s: -1}",
        "lab.yaml:21:25: `provision_s` must be at least 0 and at most 7200, got -1",
        id="negative time",
    ),
    pytest.param(
        LAB,
        "minutes: 20",
        "minutes: 0",
        "lab.yaml:5:10: `minutes` must be at least 1 and at most 600, got 0",
        id="minutes",
    ),
    pytest.param(
        LAB,
        "minutes: 20",
        "minutes: .inf",
        "lab.yaml:5:10: .inf is no number that can be used; give a finite one",
        id="infinity",
    ),
    pytest.param(
        LAB,
        "replaces: new, model: {",
        "replaces: new, model: {converts: 0.1, ",
        "lab.yaml:22:39: the workload has no `outcome`, so nobody counts what a model converts; add it, or take "
        "this out",
        id="converts for nobody",
    ),
    pytest.param(
        LAB,
        "start: start.yaml",
        "start: strat.yaml",
        "lab.yaml:28:8: 'strat.yaml' is no file here; did you mean start.yaml?",
        id="missing file",
    ),
    pytest.param(
        LAB,
        "brief: brief.md",
        "brief: ../lesson.md",
        "lab.yaml:6:8: '../lesson.md' leaves its folder; name a file below it",
        id="a file above",
    ),
    pytest.param(
        "01-fleets/update/reference.yaml",
        "UpdateEndpoint:",
        "UpdateEndpont:",
        "reference.yaml:1:1: UpdateEndpont is not an operation of a plan. Did you mean UpdateEndpoint?",
        id="reference",
    ),
    pytest.param(
        "01-fleets/update/slow.yaml",
        "UpdateEndpoint:",
        "UpdateEndpoint: [",
        "slow.yaml:1:17: this list is not closed, or lacks a comma; end it with ]",
        id="near miss",
    ),
    pytest.param(
        "01-fleets/update/start.yaml",
        "UpdateEndpoint: {}\n",
        "",
        "start.yaml:1:1: there is nothing here; write the first key",
        id="empty start",
    ),
    pytest.param(
        "01-fleets/update/start.yaml",
        "UpdateEndpoint: {}\n",
        "a: &b 1\n",
        "start.yaml:1:4: anchors and aliases (& and *) are not used here; put text that begins so in quotes, or write "
        "the value out where it is needed",
        id="unreadable start",
    ),
    pytest.param(
        "01-fleets/update/brief.md",
        "Update",
        "<b>Update",
        "brief.md:1:1: HTML is not shown; put it in backticks, or write Markdown",
        id="HTML in the brief",
    ),
    pytest.param(
        "01-fleets/update/debrief.md",
        "Well",
        "\x1b[2JWell",
        "debrief.md:1:1: the invisible character U+001B is not allowed; remove it",
        id="escape in the debrief",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "complaint"), WRONG)
def test_mistakes_have_their_places(root: Path, edit, name, old, new, complaint):
    """In the lab's file or in one that it names."""
    edit(name, old, new)

    assert said(root) == [complaint]


OF_ONE_LINE = [case for case in WRONG if case.values[1].count("\n") == case.values[2].count("\n")]


@pytest.mark.parametrize(("name", "old", "new", "complaint"), [case for case in OF_ONE_LINE if case.id != "minutes"])
def test_a_wrong_field_hides_no_other_mistake(root: Path, edit, name, old, new, complaint):
    """A mistake between fields, or in a file that is named, is said beside one of a single field, and once."""
    edit(LAB, "title: An update", "title: 5")
    edit(name, old, new)
    title = "lab.yaml:4:8: `title` is the number 5; it must be text, so put it in quotes"

    assert sorted(said(root)) == sorted({complaint, title})


def test_many_mistakes_come_at_once(root: Path, edit):
    """One of every kind, each at its place and none twice."""
    for old, new in (
        ("id: update", "id: upgrade"),
        ("revision: 1", "revision: 0"),
        ("brief: brief.md", "brief: brif.md"),
        ("EndpointName: churn, EndpointConfigName: churn-v1", "EndpointName: churn, EndpointConfigName: churn-v3"),
        ("ModelName: old", "ModelName: odl"),
        ("rate: 20", "rate: -1"),
        ("{id: good, replaces: new, ", "{id: good, replaces: newer, "),
        ("fails: goes-back", "fails: goes-bak"),
        ("measure: promoted, release: good, at_least: 0.9", "measure: duration, release: god, in: 2"),
    ):
        edit(LAB, old, new)
    edit("01-fleets/update/slow.yaml", "UpdateEndpoint:", "UpdateEndpont:")

    assert [complaint.split(";")[0] for complaint in said(root)] == [
        "lab.yaml:2:5: the lab lies in the folder 'update'",
        "lab.yaml:3:11: `revision` must be at least 1, got 0",
        "lab.yaml:6:8: 'brif.md' is no file here",
        "lab.yaml:9:55: `EndpointConfigName` names 'churn-v3', which does not exist",
        "lab.yaml:13:42: `ModelName` names 'odl', which does not exist",
        "lab.yaml:20:20: `rate` must be at least 0 and at most 100000, got -1",
        "lab.yaml:22:26: `replaces` names 'newer', which does not exist",
        "lab.yaml:30:40: `fails` names 'goes-bak', which does not exist",
        "lab.yaml:32:5: `at_most` or `at_least` must be given",
        "lab.yaml:32:65: `release` names 'god', which does not exist",
        "lab.yaml:32:74: `in` must be above 0 and at most 1, got 2",
        "slow.yaml:1:1: UpdateEndpont is not an operation of a plan. Did you mean UpdateEndpoint?",
    ]


def test_what_cannot_be_known_is_not_guessed(root: Path, edit):
    """An item without an id may be the one that is named; a misspelt outcome may be the missing one."""
    edit(LAB, "expect: rolled-back", "expect: rolledback")
    edit(LAB, "- {id: good, replaces", "- {ids: good, replaces")

    assert [complaint.split(";")[0] for complaint in said(root)] == [
        "lab.yaml:22:5: `id` is missing",
        "lab.yaml:22:6: unknown key 'ids'",
        "lab.yaml:26:13: `expect` is the text 'rolledback'",
    ]


def test_mistakes_of_all_its_files_come_at_once(root: Path, edit):
    """A wrong plan does not hide a wrong text, nor a wrong name."""
    edit("01-fleets/update/reference.yaml", "EndpointName: churn\n", "EndpointNam: churn\n")
    edit("01-fleets/update/brief.md", "Update", "<b>Update")
    edit(LAB, "fails: goes-back", "fails: nothing")

    assert [complaint.split(":")[0] for complaint in said(root)] == [
        "brief.md",
        "lab.yaml",
        "reference.yaml",
        "reference.yaml",
    ]


def test_there_is_no_lab_of_an_unknown_name(root: Path):
    """A KeyError, as for a mapping."""
    with pytest.raises(KeyError):
        Pack(root).lab("other")
