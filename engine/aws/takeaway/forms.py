"""A plan to take home: as commands for the AWS CLI, as Python, and as a CloudFormation template.

A plan's requests are the real ones; these only dress them. They expect a plan in which a check refuses nothing.
"""

from engine.aws.takeaway.boto3 import as_boto3
from engine.aws.takeaway.cli import as_cli
from engine.aws.takeaway.cloudformation import as_cloudformation

__all__ = ["as_boto3", "as_cli", "as_cloudformation"]
