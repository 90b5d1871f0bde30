"""What a learner takes home works outside the course."""

from __future__ import annotations

import ast
import json
import shlex
from typing import Any

import yaml
from hypothesis import given, settings

from engine.aws.checking import check
from engine.aws.takeaway.forms import as_boto3, as_cli, as_cloudformation
from engine.aws.translation.writing import write_plan, write_request
from engine.plan import Plan
from tests.engine.aws.examples import ALARM, AT_ONCE, CANARY, LINEAR, config, transform, update
from tests.engine.aws.plans import plans
from tests.engine.aws.scaling_examples import ACTION, TARGET, scaling
from tests.engine.aws.test_shadow_tests import TEST, create

FEW = settings(max_examples=40, deadline=None)
"""Drawing a whole plan takes milliseconds, and the first check loads the service models."""
HOSTILE = {**ALARM, "AlarmName": 'it\'s $HOME `x` "y"', "AlarmDescription": "--a\nb: # c", "Threshold": -5}
PLAN: dict[str, Any] = {**config(), "PutMetricAlarm": HOSTILE, **update(CANARY, RetainDeploymentConfig=False)}


def commands(text: str) -> list[list[str]]:
    """Return the words of each command, as a shell would split them."""
    joined = text.replace(" \\\n", " ")
    return [words for block in joined.split("\n\n") if (words := shlex.split(block))]


def options(words: list[str]) -> dict[str, str]:
    """Return the options of a command that have values."""
    found, rest = {}, iter(words[3:])
    for word in rest:
        name, equals, value = word.partition("=")
        if not name.startswith("--no-"):
            found[name] = value if equals else next(rest)
    return found


def test_commands_survive_the_shell() -> None:
    """Every value arrives as it was written, whatever quotes and signs it holds."""
    _, alarm, change = commands(as_cli(PLAN))

    assert alarm[:3] == ["aws", "cloudwatch", "put-metric-alarm"]
    assert options(alarm)["--alarm-name"] == HOSTILE["AlarmName"]
    assert options(alarm)["--alarm-description"] == HOSTILE["AlarmDescription"]
    assert options(alarm)["--threshold"] == "-5"
    assert json.loads(options(alarm)["--dimensions"]) == ALARM["Dimensions"]
    assert change[:3] == ["aws", "sagemaker", "update-endpoint"]
    assert "--no-retain-deployment-config" in change


LIFE: dict[str, Any] = {
    **config(),
    "CreateEndpoint": {"EndpointName": "churn", "EndpointConfigName": "churn-v2"},
    "Later": [{"AfterSeconds": 900, "DeleteEndpoint": {"EndpointName": "churn"}}],
}


def test_an_endpoint_is_created_and_deleted() -> None:
    """As commands, as Python, and as a resource of a template, which has no word for the end."""
    _, create, delete = commands(as_cli(LIFE).replace("sleep 900\n", ""))
    template = yaml.safe_load(as_cloudformation(LIFE))["Resources"]["ChurnEndpoint"]

    assert create[:3] == ["aws", "sagemaker", "create-endpoint"]
    assert options(create) == {"--endpoint-name": "churn", "--endpoint-config-name": "churn-v2"}
    assert delete == ["aws", "sagemaker", "delete-endpoint", "--endpoint-name", "churn"]
    assert "time.sleep(900)" in as_boto3(LIFE)
    assert "sagemaker.delete_endpoint(" in as_boto3(LIFE)
    assert template["Type"] == "AWS::SageMaker::Endpoint"
    assert (template["DependsOn"], template["Properties"]) == (["ChurnV2EndpointConfig"], LIFE["CreateEndpoint"])
    assert "# Not in this template: DeleteEndpoint, 900 s later." in as_cloudformation(LIFE)


def test_deployment_configs_are_whole_json() -> None:
    """AWS's own command line examples lack brackets (spec sagemaker 0.2 item 5); these do not."""
    for deployment in (AT_ONCE, CANARY, LINEAR):
        [change] = commands(as_cli(update(deployment)))

        assert json.loads(options(change)["--deployment-config"]) == deployment


def test_what_is_sent_later_sleeps_first() -> None:
    """Between two requests the script waits for the difference of their times."""
    plan = {"Later": [{"AfterSeconds": t, **update(AT_ONCE)} for t in (60, 600)]}

    assert [line for line in as_cli(plan).splitlines() if line.startswith("sleep")] == ["sleep 60", "sleep 540"]
    assert [line for line in as_boto3(plan).splitlines() if "sleep" in line] == ["time.sleep(60)", "time.sleep(540)"]


@given(plans())
@FEW
def test_the_script_is_python_with_the_same_requests(plan: Plan) -> None:
    """Each call of the script carries exactly the request of the plan."""
    tree = ast.parse(as_boto3(write_plan(plan)))
    calls = [node.value for node in tree.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    sent = [{str(k.arg): ast.literal_eval(k.value) for k in call.keywords} for call in calls if call.keywords]

    assert sent == [write_request(step.request)[1] for step in plan.steps]


def test_the_script_names_the_clients() -> None:
    """One client per service, one method per operation."""
    script = as_boto3(PLAN)

    assert 'sagemaker = boto3.client("sagemaker")' in script
    assert "cloudwatch.put_metric_alarm(\n    AlarmName=" in script
    assert "import time" not in script


@given(plans())
@FEW
def test_the_template_is_yaml(plan: Plan) -> None:
    """Any plan gives a template that a YAML reader accepts, with the plan's own values in it."""
    template = yaml.load(as_cloudformation(write_plan(plan)), yaml.CSafeLoader)

    assert list(template) == ["AWSTemplateFormatVersion", "Resources"]


def test_the_template_holds_the_requests() -> None:
    """Resources carry the requests as properties, and the endpoint waits for what it needs."""
    text = as_cloudformation({**PLAN, "Later": [{"AfterSeconds": 60, **update(AT_ONCE)}]})
    resources = yaml.load(text, yaml.CSafeLoader)["Resources"]

    assert [each["Type"] for each in resources.values()] == [
        "AWS::SageMaker::EndpointConfig",
        "AWS::CloudWatch::Alarm",
        "AWS::SageMaker::Endpoint",
    ]
    assert resources["ItSHOMEXYAlarm"]["Properties"] == HOSTILE
    assert resources["ChurnEndpoint"]["Properties"]["DeploymentConfig"] == CANARY
    assert resources["ChurnEndpoint"]["DependsOn"] == ["ChurnV2EndpointConfig", "ItSHOMEXYAlarm"]
    assert resources["ChurnV2EndpointConfig"]["Properties"]["ProductionVariants"][0]["InitialVariantWeight"] == 1.0
    assert "# Not in this template: UpdateEndpoint, 60 s later." in text


def test_what_is_taken_home_was_accepted() -> None:
    """The plan of these tests is one that AWS would take."""
    assert [finding for finding in check(PLAN, None) if finding.severity != "advice"] == []


def test_scaling_is_taken_home_too() -> None:
    """A service's name is no Python name, and two of its requests are resources (spec inference 1)."""
    plan = scaling()
    resources = yaml.safe_load(as_cloudformation(plan))["Resources"]
    register, track = commands(as_cli(plan))

    ast.parse(as_boto3(plan))
    assert 'application_autoscaling = boto3.client("application-autoscaling")' in as_boto3(plan)
    assert "application_autoscaling.register_scalable_target(" in as_boto3(plan)
    assert register[:3] == ["aws", "application-autoscaling", "register-scalable-target"]
    assert options(track)["--policy-name"] == "track"
    assert [each["Type"].rpartition("::")[2] for each in resources.values()] == ["ScalableTarget", "ScalingPolicy"]
    assert resources["TrackScalingPolicy"]["DependsOn"] == ["EndpointChurnVariantMainScalableTarget"]


def test_a_shadow_test_is_a_resource() -> None:
    """Its creation is one state; what is done to it later is not."""
    stop = {"Name": "try", "ModelVariantActions": {"main": "Retain", "Shadow-01": "Remove"}}
    text = as_cloudformation({**create(), "StopInferenceExperiment": stop})
    [experiment] = yaml.safe_load(text)["Resources"].values()

    assert experiment == {"Type": "AWS::SageMaker::InferenceExperiment", "Properties": TEST}
    assert "# Not in this template: StopInferenceExperiment. A template describes one state" in text


def test_a_scheduled_action_belongs_to_its_target() -> None:
    """CloudFormation has it as a property there; without the target in the template it is named."""
    target, policy = yaml.safe_load(as_cloudformation({**scaling(), "PutScheduledAction": ACTION}))[
        "Resources"
    ].values()
    alone = as_cloudformation({"PutScheduledAction": ACTION})

    assert target["Properties"]["ScheduledActions"] == [
        {key: value for key, value in ACTION.items() if key not in TARGET}
    ]
    assert policy["Type"].endswith("ScalingPolicy")
    assert "Not in this template: PutScheduledAction. It belongs to the properties of its scalable target" in alone


def test_a_job_is_no_resource() -> None:
    """It is run once; commands and Python have it like any other request."""
    plan = transform()

    assert "Not in this template: CreateTransformJob. A job has no resource type" in as_cloudformation(plan)
    assert commands(as_cli(plan))[0][:3] == ["aws", "sagemaker", "create-transform-job"]
    assert "sagemaker.create_transform_job(" in as_boto3(plan)


def test_what_the_guide_denies_is_told() -> None:
    """Provisioned concurrency is not in CloudFormation, says AWS's guide (spec inference 3.3)."""
    serverless = {"MemorySizeInMB": 2048, "MaxConcurrency": 5}
    plain = {"VariantName": "main", "ModelName": "churn-v2", "ServerlessConfig": serverless}
    warm = {**plain, "ServerlessConfig": {**serverless, "ProvisionedConcurrency": 1}}

    assert "no ProvisionedConcurrency" in as_cloudformation(config(warm))
    assert "ProvisionedConcurrency" not in as_cloudformation(config(plain))
