"""A script is run against every hidden release, and what it sent in each run is graded."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from course.cli.exercises.scripts import words
from course.content.yaml.reader import read_yaml
from course.serving.plan import taken_down
from course.serving.rehearsal import Rehearsals, Rehearsed, rehearse_all, rehearsing
from labs.grading.grade_plan import grade
from labs.grading.record import view
from tests.built_in import PACK
from tests.course.cli.conftest import LAB, home, mlcourse  # noqa: F401 - fixtures
from tests.course.serving.talking import Client
from tests.labs.tiny import GUARDED
from tests.labs.tiny import LAB as TINY

SCRIPT = Path(__file__).with_name("deploy.py")


def rehearsed(world, seed=0, sends=()):
    """Return what came of somebody who sends these requests at the update's time."""
    client = Client(world, seed)
    for operation, request in sends:
        client.at(world.update_at_s, operation, request)
    return Rehearsed(sent=taken_down(client.account))


def by_the_reference(world, seed):
    """Send the tiny lab's guarded update as a client does."""
    from engine.aws.translation.writing import write_request

    return rehearsed(world, seed, [write_request(step.request) for step in GUARDED.steps])


def test_a_script_that_sends_a_plan_is_graded_as_the_plan():
    """To the byte, in the order of releases and seeds."""
    done = rehearse_all(TINY, by_the_reference, (0, 1))
    by_script = view(grade(TINY, done.plans, (0, 1)))

    assert by_script == view(grade(TINY, GUARDED, (0, 1)))
    assert list(done.runs) == [("broken", 0), ("broken", 1), ("healthy", 0), ("healthy", 1)]


def only_the_good(world, seed):
    """Update if the new model never fails, which nobody could know."""
    update = ("UpdateEndpoint", {"EndpointName": "churn", "EndpointConfigName": "v2"})
    return rehearsed(world, seed, [] if world.models["v2"].error_rate_5xx else [update])


def test_each_run_has_its_own_plan():
    """Who reacts sends nothing in one run and an update in the other; both count."""
    done = rehearse_all(TINY, only_the_good, (0,))
    found = grade(TINY, done.plans, (0,))

    assert {name: set(each.outcomes) for name, each in found.releases.items()} == {
        "broken": {"no-update"},
        "healthy": {"promoted"},
    }
    assert list(done.told()) == ["In 1 of 2 runs the script sent nothing that changes anything."]


def python(code):
    """Return a rehearsal of some Python."""
    return rehearsing([sys.executable, "-c", code], at_most_s=5)(TINY.world, 0)


@pytest.mark.parametrize(
    "code, say",
    [
        (
            "import sys; print('no\\x1b[31m role', file=sys.stderr); sys.exit(3)",
            "exit code 3 (its last words: 'no␛[31m role')",
        ),
        ("import sys; sys.stdout.write('x' * 3_000_000)", "wrote up to 3 MB in a run"),
        ("pass", "In 1 of 1 runs the script sent nothing"),
    ],
)
def test_what_went_wrong_is_a_sentence(code, say):
    """Whatever a script does."""
    assert say in " ".join(Rehearsals({("a", 0): python(code)}).told())


def test_runs_that_no_plan_gives_are_named():
    """There is no grade of them."""
    fine = python("pass")
    found = Rehearsals({("a", 0): fine, ("a", 1): replace(fine, lost=("PutAlarmMuteRule",))})

    assert found.went_apart == "In 1 of 2 runs the endpoint did what no plan gives, because of PutAlarmMuteRule."
    assert Rehearsals({("a", 0): fine}).went_apart == ""


def test_a_script_that_never_ends_is_ended():
    """With all that it has started."""
    found = rehearsing([sys.executable, "-c", "while True: pass"], at_most_s=1)(TINY.world, 0)

    assert not found.in_time
    assert "took too long" in next(Rehearsals({("a", 0): found}).told())


@pytest.mark.skipif(os.name != "posix", reason="asks processes to end")
def test_a_grade_that_is_given_up(tmp_path, request):
    """Scripts that never end are ended, and no further ones are begun."""
    (tmp_path / "hangs.py").write_text(
        "import os, threading\nprint(os.getpid(), file=open(f'{os.getpid()}.pid', 'w'))\nthreading.Event().wait()"
    )
    script = f"{shlex.quote(sys.executable)} hangs.py"
    grading = ["lab", "grade", LAB, "--with", script, "--workers", "2", "--no-record"]
    command = [sys.executable, "-c", "import sys; from course.cli import main; sys.exit(main(sys.argv[1:]))", *grading]
    environment = {**os.environ, "PYTHONPATH": str(request.config.rootpath), "MLCOURSE_HOME": str(tmp_path)}
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        last = monotonic() + 60
        while len(begun := list(tmp_path.glob("*.pid"))) < 2 and monotonic() < last and running.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                running.wait(0.05)
        running.send_signal(signal.SIGTERM)
        err = running.communicate(timeout=30)[1]

    assert (len(begun), running.returncode) == (2, 143)
    assert err.endswith("Stopped; what was saved stays saved.\n")
    assert set(tmp_path.glob("*.pid")) == set(begun)
    for each in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(int(each.stem), 0)


def test_a_script_that_looks_and_reacts(mlcourse, tmp_path):  # noqa: F811
    """From the command line: graded, kept with its name and the plan of its first run."""
    lab = PACK.lab(LAB)
    plan = read_yaml(lab.reference.text, "plan.yaml").data
    script = shlex.join([sys.executable, str(SCRIPT), json.dumps(plan)])
    done = mlcourse("lab", "grade", LAB, "--with", script, "--seeds", "1", "--workers", "1", "--json")
    kept = mlcourse("lab", "replay", LAB, "--workers", "1").out

    assert (done.code, done.json["passed"]) == (0, True), done.err
    assert "3 times on this machine, with your rights" in done.err
    assert "This is the plan of one run of" in kept
    assert "The same as what was kept" in kept


DELETING = shlex.join(
    [
        sys.executable,
        str(SCRIPT),
        json.dumps(read_yaml(PACK.lab(LAB).reference.text, "plan.yaml").data | {"DeleteAlarms": True}),
    ]
)
"""It sends the reference, and deletes its alarm at once."""


def test_a_script_that_deletes_its_alarm_is_graded_so(mlcourse):  # noqa: F811
    """Nothing brings the broken release back then, and the grade says it."""
    done = mlcourse("lab", "grade", LAB, "--with", DELETING, "--seeds", "1", "--workers", "1", "--json")

    assert (done.code, done.json["passed"]) == (1, False), done.err
    assert "not all is in the plan" not in done.err


OWN = """
import os, time
import boto3

sagemaker, cloudwatch = boto3.client("sagemaker"), boto3.client("cloudwatch")
endpoint = [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}]
new = [*endpoint, {"Name": "EndpointConfigName", "Value": "churn-v2"}]
cloudwatch.put_metric_alarm(
    AlarmName="own", Namespace="Team", MetricName="Failed", Statistic="Maximum", Period=60, EvaluationPeriods=1,
    Threshold=0.05, ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching",
)
size = {"Type": "INSTANCE_COUNT", "Value": 1}
routing = {"Type": "CANARY", "CanarySize": size, "WaitIntervalInSeconds": 600}
sagemaker.update_endpoint(
    EndpointName="churn", EndpointConfigName="churn-v2", DeploymentConfig={
        "BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing, "TerminationWaitInSeconds": 600},
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "own"}]},
    },
)
while sagemaker.describe_endpoint(EndpointName="churn")["EndpointStatus"] == "Updating":
    time.sleep(30)
    now = time.time()
    asked = {"Namespace": "AWS/SageMaker", "MetricName": "Invocation5XXErrors", "Dimensions": new, "Period": 60}
    seen = cloudwatch.get_metric_statistics(**asked, StartTime=now - 600, EndTime=now, Statistics=["Average"])
    if seen["Datapoints"]:
        values = [point["Average"] for point in seen["Datapoints"]]
        cloudwatch.put_metric_data(Namespace="Team", MetricData=[{"MetricName": "Failed", "Values": values}])
"""
"""A script that guards its update by what it measures itself."""


def test_a_script_that_measures_itself_is_graded_by_it(mlcourse, tmp_path):  # noqa: F811
    """Its alarm on its own metric brings the broken release back, in the run and in the grade."""
    (tmp_path / "own.py").write_text(OWN)
    script = shlex.join([sys.executable, str(tmp_path / "own.py")])
    done = mlcourse("lab", "grade", LAB, "--with", script, "--seeds", "1", "--workers", "1", "--json")

    assert (done.code, done.json["passed"]) == (0, True), done.err
    assert done.json["releases"]["broken"]["outcomes"]["rolled-back"] == 1
    assert "not all is in the plan" not in done.err


@pytest.mark.parametrize(
    "arguments, say",
    [
        (("--with", "true", "plan.yaml"), "name what is to be graded"),
        ((), "the following arguments are required: PLAN.yaml"),
        (("--with", "'", "--seeds", "1"), "write it as for a shell"),
        (("--with", " ", "--seeds", "1"), "--with needs a command"),
        (
            ("--with", "no-such-program-here", "--seeds", "1", "--workers", "1"),
            "no-such-program-here cannot be started",
        ),
        (("--with", "no-such-program"), "no-such-program cannot be started"),
        (("--with", f"{sys.executable} -c pass", "--seeds", "1", "--workers", "1"), "there is nothing to grade"),
    ],
)
def test_what_cannot_be_graded_is_told(mlcourse, arguments, say):  # noqa: F811
    """Exit code 2, and nothing is kept."""
    done = mlcourse("lab", "grade", LAB, *arguments)

    assert (done.code, done.out) == (2, "")
    assert say in done.err


def test_words_of_a_command():
    """As a shell splits them."""
    assert words("bash 'my deploy.sh' --fast") == ["bash", "my deploy.sh", "--fast"]
