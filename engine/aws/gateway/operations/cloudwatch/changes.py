"""What is done to alarms: put with tags, set by hand, deleted, their actions turned on and off."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.operations.cloudwatch.tags import MOST, forget_tags, keep_tags
from engine.aws.gateway.operations.noted import Does
from engine.aws.gateway.operations.sent import refuse, send
from engine.requests.arns import alarm_arn
from engine.requests.refusal import INVALID

Output = Mapping[str, Any]
PUT = ("PutMetricAlarm", "PutCompositeAlarm")


def put(operation: str, account: Account, request: Raw) -> Output:
    """Put an alarm: a new one keeps its tags, those of an update are ignored (spec cloudwatch 1)."""
    if len(request.get("Tags", ())) > MOST:
        say = f"An alarm can have at most {MOST} tags."
        refuse(operation, account, request, ServiceError(INVALID, say))
    is_new = account.live.alarms.alarm(str(request.get("AlarmName"))) is None
    answer = send(operation, account, request)
    if is_new:
        keep_tags(account, alarm_arn(request["AlarmName"]), request.get("Tags", ()))
    return answer


def set_state(account: Account, request: Raw) -> Output:
    """Set an alarm's state by hand, with data of which AWS wants to be JSON."""
    try:
        data = json.loads(request.get("StateReasonData", "{}"))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        error = ServiceError("InvalidFormat", "Data was not syntactically valid JSON.")
        refuse("SetAlarmState", account, request, error)
    return send("SetAlarmState", account, request)


def delete(account: Account, request: Raw) -> Output:
    """Delete alarms, with what is remembered of them; names without an alarm are passed over."""
    answer = _of_many("DeleteAlarms", account, request)
    for name in request["AlarmNames"]:
        forget_tags(account, alarm_arn(name))
        for operation in PUT:
            account.remembered.get(operation, {}).pop(name, None)
    return answer


def _of_many(operation: str, account: Account, request: Raw) -> Output:
    """Send a request about several alarms."""
    try:
        keep_to_the_model(operation, request)
    except ServiceError as error:
        refuse(operation, account, request, error)
    return send(operation, account, request)


OPERATIONS: Mapping[tuple[str, str], Does] = {
    **{("cloudwatch", each): partial(put, each) for each in PUT},
    ("cloudwatch", "SetAlarmState"): set_state,
    ("cloudwatch", "DeleteAlarms"): delete,
    **{("cloudwatch", each): partial(_of_many, each) for each in ("EnableAlarmActions", "DisableAlarmActions")},
}
