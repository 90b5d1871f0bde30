"""`mlcourse lab check`, `run` and `grade` read what people have in place of a plan, and say so."""

from __future__ import annotations

import json

import pytest

from course.content.files.pasted import read_as_plan
from course.content.files.plan import check_plan
from course.content.yaml.reader import read_yaml
from engine.aws.takeaway.forms import as_cloudformation
from engine.aws.takeaway.terraform import as_terraform_json
from tests.built_in import PACK
from tests.course.cli.conftest import LAB

TAGGED = """
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Name: {Type: String, Default: churn}
Resources:
  Endpoint:
    Type: AWS::SageMaker::Endpoint
    Properties:
      EndpointName: !Ref Name
      EndpointConfigName: !Sub "${Name}-v2"
  Topic: {Type: AWS::SNS::Topic}
"""


@pytest.fixture
def lab():
    return PACK.lab(LAB)


@pytest.mark.parametrize("form", ["template", "terraform", "json"])
def test_what_was_taken_away_is_checked_like_the_plan(mlcourse, tmp_path, lab, form):
    """The same findings about the same requests."""
    requests = read_yaml(lab.reference.text, "plan.yaml").data
    text = as_cloudformation(requests)
    if form != "template":
        data = as_terraform_json(requests) if form == "terraform" else read_yaml(text, "t.yaml").data
        text = json.dumps(data)
    (tmp_path / "pasted").write_text(text)
    (tmp_path / "plan.yaml").write_text(lab.reference.text)
    done, plain = (mlcourse("lab", "check", LAB, name, "--json") for name in ("pasted", "plan.yaml"))

    assert "it is read as a plan with PutMetricAlarm, UpdateEndpoint." in done.err
    assert (done.code, done.json) == (plain.code, plain.json)
    assert check_plan(read_as_plan(text, lab.world).text, lab.world).plan == lab.reference.plan


def test_short_tags_are_read_in_templates_alone(mlcourse, tmp_path):
    """`!Ref` and its like; in a plan a tag is refused as ever."""
    (tmp_path / "stack.yaml").write_text(TAGGED)
    (tmp_path / "plan.yaml").write_text("UpdateEndpoint: {EndpointName: !Ref x}\n")
    done = mlcourse("lab", "run", LAB, "stack.yaml", "--json")
    plan = mlcourse("lab", "check", LAB, "plan.yaml")

    assert done.code == 0
    assert "stack.yaml: This is a CloudFormation template; it is read as a plan with UpdateEndpoint." in done.err
    assert "stack.yaml: Topic is an AWS::SNS::Topic, which is nothing for a plan." in done.err
    assert (plan.code, "tags (!) are not used here" in plan.err) == (2, True)


def test_a_bare_request_is_read(mlcourse, tmp_path):
    """As `aws ... --cli-input-json` takes it."""
    (tmp_path / "update.json").write_text(json.dumps({"EndpointName": "churn", "EndpointConfigName": "churn-v2"}))
    done = mlcourse("lab", "run", LAB, "update.json", "--json")

    assert done.code == 0
    assert "This is a bare UpdateEndpoint request; it is read as a plan with UpdateEndpoint." in done.err


def test_the_plan_that_it_becomes_is_printed(mlcourse, tmp_path, lab):
    """Findings are counted in its lines, and are those of a file that holds it."""
    (tmp_path / "stack.yaml").write_text(TAGGED)
    first = mlcourse("lab", "check", LAB, "stack.yaml")
    (tmp_path / "plan.yaml").write_text(mlcourse("lab", "export", LAB, "stack.yaml", "--as", "plan").out)
    again = mlcourse("lab", "check", LAB, "plan.yaml")

    assert first.out.startswith("stack.yaml as a plan:")
    assert again.out == first.out.replace("stack.yaml as a plan", "plan.yaml")
    assert "is read as" not in again.err


def test_what_tells_no_request_is_said(mlcourse, tmp_path):
    """With the reason, and where the parts would go."""
    alarm = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"AlarmName": {"Ref": "Name"}}}
    (tmp_path / "stack.json").write_text(json.dumps({"Resources": {"Errors": alarm}}))
    done = mlcourse("lab", "check", LAB, "stack.json")

    assert done.code == 2
    assert "stack.json: This is a CloudFormation template; no request is told by it." in done.err
    assert "Errors is left out: Name is not told by the template. Write the value itself." in done.err
    assert "stack.json:1:1: This is a CloudFormation template, and a plan holds requests." in done.err


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: json.dumps({"TemplateBody": text}),
        lambda text: f"---\n{text}...\n",
    ],
    ids=["byte-order-mark", "windows", "get-template", "document"],
)
def test_however_it_was_written(wrap, lab):
    """By programs of other systems, and by AWS's client."""
    assert read_as_plan(wrap(TAGGED), lab.world) == read_as_plan(TAGGED, lab.world)


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!Include", "&a"])
def test_no_other_tag_is_read(tag, lab):
    """Nor an anchor."""
    assert read_as_plan(TAGGED.replace("!Ref", tag), lab.world) is None


def test_the_labs_own_tools_are_shown(mlcourse):
    """Lines to paste, for people and for programs."""
    line = f'mlcourse lab grade {LAB} --with "bash deploy.sh"'

    assert line in mlcourse("lab", "show", LAB).out
    assert mlcourse("lab", "show", LAB, "--json").json["own_tools"]["grade a script"] == line
