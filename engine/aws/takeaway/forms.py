"""A plan to take home: as commands for the AWS CLI, as Python, and for CloudFormation, Terraform and the CDK.

A plan's requests are the real ones; these only dress them. They expect a plan in which a check refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.aws.takeaway.boto3 import as_boto3
from engine.aws.takeaway.cdk import as_cdk
from engine.aws.takeaway.cli import as_cli
from engine.aws.takeaway.cloudformation import as_cloudformation
from engine.aws.takeaway.terraform import as_terraform

__all__ = ["FORMS", "as_boto3", "as_cdk", "as_cli", "as_cloudformation", "as_terraform"]
FORMS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "cli": as_cli,
    "boto3": as_boto3,
    "cloudformation": as_cloudformation,
    "terraform": as_terraform,
    "cdk": as_cdk,
}
"""How each form is written."""
