"""Scripts and programs are told apart from plans with slips, and what makes a plan of them is said."""

from __future__ import annotations

import pytest

from course.content.files.other_languages import other_language
from course.content.files.plan import check_plan
from course.content.yaml.reader import read_yaml
from engine.aws.takeaway.forms import FORMS
from tests.built_in import PACK

WORDS = {
    "cli": "This is a script of a shell",
    "boto3": "This is a program in Python",
    "terraform": "This is Terraform's own language",
    "cdk": "This is an app of the CDK",
}
LAB = PACK.lab("first-guarded-update")


@pytest.mark.parametrize("form", WORDS)
def test_what_is_taken_away_is_recognised(form):
    """One finding, at the line that tells it, in place of what YAML makes of it."""
    text = FORMS[form](read_yaml(LAB.reference.text, "plan.yaml").data)
    [finding] = check_plan(text, LAB.world).findings

    assert finding.say.startswith(WORDS[form])
    assert text.splitlines()[finding.line - 1].split()[0] in ("aws", "import", "resource", "terraform")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('\n\nresource "aws_sagemaker_endpoint" "e" {\n  name = "churn"\n}\n', "Terraform's own language"),
        ('{"@level":"info","type":"version"}\n{"@level":"info"}\n', "logs with -json"),
        ("$ aws sagemaker update-endpoint --endpoint-name churn", "script of a shell"),
        ("import * as cdk from 'aws-cdk-lib';\n", "app of the CDK"),
        ("client.update_endpoint(EndpointName='churn')", "program in Python"),
        ("const {SageMakerClient} = require('@aws-sdk/client-sagemaker')", "Node.js"),
    ],
)
def test_pieces_of_them(text, words):
    """As people paste them."""
    [finding] = check_plan(text, None).findings

    assert words in finding.say


@pytest.mark.parametrize("text", ["UpdateEndpoint: {EndpointName: churn", "a: b: c", "just words", "- a\n- b", "\t"])
def test_slips_in_a_plan_are_told_as_ever(text):
    """Nothing is taken for a script that is none."""
    assert other_language(text) is None
    assert check_plan(text, None).findings


def test_a_plan_may_say_such_words():
    """Whatever stands in its texts, as long as it can be read."""
    text = (
        "PutMetricAlarm:\n  AlarmName: a\n  AlarmDescription: |\n    import boto3\n    aws sagemaker update-endpoint\n"
    )

    assert all("program" not in each.say and "script" not in each.say for each in check_plan(text, None).findings)
