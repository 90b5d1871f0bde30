"""Requests about alarms."""

from __future__ import annotations

OF_BOTH = [{"Name": "EndpointName", "Value": "churn"}, {"Name": "VariantName", "Value": "main"}]
ARN = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:"
TOPIC = "arn:aws:sns:us-east-1:111122223333:pager"


def alarm(name="errors", **changes):
    """Return a PutMetricAlarm request."""
    fields = {
        "AlarmName": name,
        "Namespace": "Team",
        "MetricName": "WrongAnswers",
        "Statistic": "Sum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 30,
        "ComparisonOperator": "GreaterThanThreshold",
        **changes,
    }
    return {key: value for key, value in fields.items() if value is not None}


def composite(name="page", rule="ALARM(errors)", **more):
    """Return a PutCompositeAlarm request."""
    return {"AlarmName": name, "AlarmRule": rule, **more}


def by_hand(name="errors", state="ALARM", **more):
    """Return a SetAlarmState request."""
    return {"AlarmName": name, "StateValue": state, "StateReason": "a drill", **more}


def names(answer):
    """Return the names of the alarms of an answer, metric alarms first."""
    return [each["AlarmName"] for kind in ("MetricAlarms", "CompositeAlarms") for each in answer[kind]]
