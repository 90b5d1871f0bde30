"""What other programs rely on: the keys of `--json`, and what kind of thing stands under each."""

from __future__ import annotations

import json

import pytest

from course.cli.present import plain
from course.content.packs import built_in_pack
from tests.course.cli.conftest import LAB
from tests.course.content.conftest import FILES, write_pack

NUMBER = (int, float)
FINDING = {"line": int, "column": int, "path": str, "severity": str, "say": str}
RELEASE = {
    "outcomes": {"promoted": int, "rolled-back": int, "timed-out": int},
    "harmed": {"mean": NUMBER, "p95": NUMBER},
    "detected_in": int,
    "time_to_detect_s": (int, float, type(None)),
    "duration_s": NUMBER,
    "extra_instance_minutes": NUMBER,
}
GOAL = {"id": str, "passed": bool, "measured": (int, float, type(None)), "needed": str, "say": str}
RUN = {
    "outcome": str,
    "endpoint": {"EndpointName": str, "EndpointConfigName": str, "EndpointStatus": str, "ProductionVariants": list},
    "events": [{"t": NUMBER, "what": str}],
    "alarms": [{"t": NUMBER, "alarm": str, "from": str, "to": str, "reason": str}],
    "metrics": [{"name": str, "dimensions": dict, "period": int, "points": list}],
    "totals": {"requests": int, "errors_5xx": int},
    "findings": list,
    "instances": [{"t": NUMBER, "config": str, "variant": str, "count": int}],
    "endpoint_history": [{"t": NUMBER, "EndpointName": str, "EndpointStatus": str}],
    "scaling_activities": list,
    "others": dict,
    "experiments": list,
    "agreement": dict,
    "outcomes": list,
    "jobs": list,
    "cost": {"total": NUMBER, "by": dict, "per_thousand_answers": NUMBER, "while_updating": dict, "idle": dict},
}
OTHER = {
    "endpoint": dict,
    "endpoint_history": [{"t": NUMBER}],
    "instances": [{"t": NUMBER, "config": str, "variant": str, "count": int}],
    "traffic": list,
    "phases": list,
    "totals": {"requests": int, "errors_5xx": int},
    "cost": {"total": NUMBER, "by": dict},
}


def holds(value, form) -> bool:
    """Does the value have the form? A mapping may hold more keys, a list must hold something."""
    if isinstance(form, dict):
        return isinstance(value, dict) and all(key in value and holds(value[key], form[key]) for key in form)
    if isinstance(form, list):
        return isinstance(value, list) and bool(value) and all(holds(each, form[0]) for each in value)
    return isinstance(value, form) and not (isinstance(value, bool) and form is not bool)


def test_a_grade(mlcourse, plan_file):
    """`lab grade --json`: each goal with what was measured, each release with its figures, beside two other plans."""
    grade = mlcourse("lab", "grade", LAB, plan_file("reference.yaml"), "--seeds", "2", "--workers", "1", "--json").json

    assert holds(grade, {"lab": str, "passed": bool, "score": NUMBER, "goals": [GOAL], "releases": dict})
    for results in (grade["releases"], *grade["compared"].values()):
        assert all(holds(result, RELEASE) for result in results.values())
        assert all(sum(result["outcomes"].values()) == 2 for result in results.values())
    assert list(grade["compared"]) == ["reference", "unguarded"]
    assert grade["releases"] == grade["compared"]["reference"]


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_a_run(mlcourse, plan_file, number):
    """`lab run --json`, whatever the release does."""
    run = mlcourse("lab", "run", LAB, plan_file("reference.yaml"), "--release", number, "--json").json

    assert holds(run, RUN)
    assert run["events"] == sorted(run["events"], key=lambda event: event["t"])
    assert {len(metric["points"]) * metric["period"] for metric in run["metrics"]} == {3600}


def test_a_simulation(mlcourse, request):
    """`simulate --json` has the form of a run."""
    folder = request.config.rootpath / "docs" / "replay"

    assert holds(mlcourse("simulate", str(folder / "world.yaml"), str(folder / "plan.yaml"), "--json").json, RUN)


def test_an_experiment(mlcourse, request, tmp_path):
    """`simulate --json` of two variants: what was counted of each, minute by minute, and who met both."""
    text = (request.config.rootpath / "docs" / "replay" / "world.yaml").read_text()
    counting = text.replace("workload:\n", "workload:\n  outcome: {name: Orders, base_rate: 0.5}\n  users: 100\n")
    (tmp_path / "world.yaml").write_text(counting)
    (tmp_path / "plan.yaml").write_text("{}\n")
    run = mlcourse("simulate", str(tmp_path / "world.yaml"), str(tmp_path / "plan.yaml"), "--json").json
    [found] = run["outcomes"]

    assert counting != text
    assert holds(found, {"variant": str, "config": str, "model": str, "answers": int, "outcomes": int})
    assert [sum(column) for column in zip(*found["per_minute"], strict=True)] == [found["answers"], found["outcomes"]]
    assert 0 < found["outcomes"] < found["answers"] == run["totals"]["requests"]
    assert run["users"] == {"answered": 100, "met_several": 0}


def test_a_check(mlcourse, plan_file):
    """`lab check --json` tells refusals from advice."""
    advised = mlcourse("lab", "check", LAB, plan_file("start.yaml"), "--json").json

    assert advised["ok"] is True
    assert holds(advised, {"findings": [FINDING]})
    assert {finding["severity"] for finding in advised["findings"]} == {"advice"}


def test_lists_and_briefs(mlcourse):
    """`lab list --json` and `lab show --json`; incidents the same."""
    card = {"id": str, "title": str, "minutes": int, "lesson": str}
    brief = card | {"brief": str, "goals": [{"id": str, "title": str}]}

    assert holds(mlcourse("lab", "list", "--json").json, [card])
    assert holds(mlcourse("lab", "show", LAB, "--json").json, brief | {"start": str})
    assert holds(mlcourse("incident", "list", "--json").json, [card])
    assert holds(mlcourse("incident", "show", "silent-rollback", "--json").json, brief | {"sent": str})


def test_the_small_tools(mlcourse):
    """`alarm`, `glossary`, `progress` and `doctor`."""
    row = ("0 - X - X", "--evaluation-periods", "3", "--datapoints-to-alarm", "2", "--treat-missing-data", "missing")

    assert holds(mlcourse("alarm", *row, "--state", "OK", "--json").json, {"state": str, "reason": str})
    assert holds(mlcourse("glossary", "canary", "--json").json, [{"id": str, "term": str, "definition": str}])
    assert holds(mlcourse("progress", "--json").json, {"lessons": dict, "questions": dict, "labs": dict})
    assert holds(mlcourse("doctor", "--json").json, {"ok": bool, "facts": dict, "problems": list})


def test_the_check_of_a_pack(mlcourse, tmp_path):
    """`check` says what there is and whether it is well."""
    pack = write_pack(tmp_path / "pack", FILES)
    checked = mlcourse("check", "--no-labs", "--json", str(pack)).json

    counts = {"lessons": int, "labs": [str], "incidents": list, "proven": bool}
    assert holds(checked, {"ok": bool, "problems": list, **counts})


def test_a_plan_to_take_home(mlcourse, plan_file):
    """`lab export --json` holds the text, and `lab start --json` the plan to begin with."""
    assert holds(mlcourse("lab", "export", LAB, plan_file("reference.yaml"), "--json").json, {"form": str, "text": str})
    assert holds(mlcourse("lab", "start", LAB, "--json").json, {"lab": str, "start": str})


@pytest.mark.parametrize("command", ["check", "run", "grade", "export"])
def test_an_unreadable_plan(mlcourse, tmp_path, command):
    """A program is told where the plan is wrong, whatever it wanted to do with it; stderr says the same in words."""
    (tmp_path / "plan.yaml").write_text("UpdateEndpoint: [\n")
    result = mlcourse("lab", command, LAB, "plan.yaml", "--json")

    assert result.code == 2
    assert result.json["ok"] is False
    assert holds(result.json, {"findings": [FINDING]})
    assert result.err.startswith("plan.yaml:2:1: ")


@pytest.mark.parametrize("command", ["run", "grade", "export"])
def test_a_refused_plan(mlcourse, tmp_path, command):
    """Nothing is done with a plan that AWS would refuse: the findings come instead."""
    (tmp_path / "plan.yaml").write_text("UpdateEndpoint: {EndpointName: churn}\n")
    result = mlcourse("lab", command, LAB, "plan.yaml", "--json")

    assert result.code == 1
    assert result.json["ok"] is False
    assert result.err.startswith("plan.yaml:1:1: AWS's client refuses this: UpdateEndpoint")


def test_numbers_that_json_lacks_become_null():
    """NaN and the infinities have no word in JSON."""
    numbers = {"a": float("nan"), "b": [float("inf"), 1.5], "c": (-float("inf"), 2)}

    assert json.dumps(plain(numbers), allow_nan=False) == '{"a": null, "b": [null, 1.5], "c": [null, 2]}'


WORLD_WITHOUT = """\
format: 1
endpoint: {EndpointName: churn, Exists: false}
configs:
  - EndpointConfigName: v1
    ProductionVariants:
      - {VariantName: main, ModelName: v1, InstanceType: ml.m5.large, InitialInstanceCount: 2}
models:
  v1: {service: {mean_ms: 40}}
workload: {rate: 2}
duration_s: 1500
"""
CREATED_AND_DELETED = """\
CreateEndpoint: {EndpointName: churn, EndpointConfigName: v1}
Later: [{AfterSeconds: 600, DeleteEndpoint: {EndpointName: churn}}]
"""


def test_an_endpoint_that_comes_and_goes(mlcourse, tmp_path):
    """Its history holds every status; while there is none, the error that DescribeEndpoint answers."""
    world, plan = tmp_path / "world.yaml", tmp_path / "plan.yaml"
    world.write_text(WORLD_WITHOUT)
    plan.write_text(CREATED_AND_DELETED)
    run = mlcourse("simulate", str(world), str(plan), "--json").json
    history = run["endpoint_history"]
    none = {"Error": {"Code": str, "Message": str}}

    assert [each.get("EndpointStatus") for each in history] == [None, "Creating", "InService", "Deleting", None]
    assert all(holds(each, {"t": NUMBER, **none}) for each in (history[0], history[-1]))
    assert holds(run["endpoint"], none)
    assert run["instances"][-1]["count"] == 0
    assert "no-update: no endpoint" in mlcourse("simulate", str(world), str(plan)).out


def test_an_endpoint_beside_the_world_s_own(mlcourse, tmp_path):
    """What became of it stands under its name, and its share of the bill in words."""
    world, plan = tmp_path / "world.yaml", tmp_path / "plan.yaml"
    world.write_text(WORLD_WITHOUT)
    plan.write_text(CREATED_AND_DELETED.replace("EndpointName: churn", "EndpointName: mine"))
    run = mlcourse("simulate", str(world), str(plan), "--json").json
    history = run["others"]["mine"]["endpoint_history"]

    assert holds(run["others"], {"mine": OTHER})
    assert [each.get("EndpointStatus") for each in history] == ["Creating", "InService", "Deleting", None]
    assert run["cost"]["by"] == {"endpoint/mine/v1/main": run["others"]["mine"]["cost"]["total"]}
    last = mlcourse("simulate", str(world), str(plan)).out.splitlines()[-1]
    assert last.startswith("mine: no endpoint, 0 requests") and last.endswith("of that bill")


def test_transform_jobs_alone_have_no_requests_to_tell_of(mlcourse):
    """A run ends with what there was: no line of zeros."""
    plan = built_in_pack() / "19-batch-transform/by-morning/reference.yaml"
    told = mlcourse("lab", "run", "by-morning", str(plan)).out

    assert told.endswith("no-update: no endpoint\n$0.83\n")
