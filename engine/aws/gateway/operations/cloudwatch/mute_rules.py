"""Mute rules: windows of time in which alarms go on and do nothing. Of what alarms do, only scaling happens here.

When a window of `at(...)` is over its rule is EXPIRED, which AWS does not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from engine.autoscaling.cron import parse_cron
from engine.autoscaling.schedules import At, Schedule, is_timezone, times
from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.moments import run_second
from engine.aws.gateway.operations.cloudwatch.limits import keep_to_the_model
from engine.aws.gateway.operations.cloudwatch.tags import forget_tags, keep_tags
from engine.aws.gateway.operations.noted import Does, noted
from engine.aws.gateway.pages import page
from engine.requests.arns import mute_rule_arn
from engine.requests.fields import present
from engine.requests.refusal import INVALID

REMEMBERED = "PutAlarmMuteRule"
UPDATED = "When mute rules were put"
"""Where `Account.remembered` has rules, and seconds of the run, both by name."""
PAGE = 50
LEAST, MOST = timedelta(minutes=1), timedelta(days=15)
_DURATION = re.compile(r"P(?:(\d{1,3})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?")
_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+)\)")
_AT = re.compile(r"at\((\d{4}-\d\d-\d\dT\d\d:\d\d)\)")
Output = Mapping[str, Any]


def put(account: Account, request: Raw) -> Output:
    """Create or replace a rule."""
    keep_to_the_model(REMEMBERED, request)
    schedule = request["Rule"]["Schedule"]
    _schedule(schedule["Expression"])
    _duration(schedule["Duration"])
    if not is_timezone(schedule.get("Timezone", "UTC")):
        raise ServiceError(INVALID, f"There is no time zone {schedule['Timezone']!r}.")
    for each in ("StartDate", "ExpireDate"):
        if each in request:
            run_second(account, request[each])
    name, rules = request["Name"], account.remembered.setdefault(REMEMBERED, {})
    if name not in rules:
        keep_tags(account, mute_rule_arn(name), request.get("Tags", ()))
    rules[name] = request
    account.remembered.setdefault(UPDATED, {})[name] = {"t": account.live.now}
    account.live.alarms.is_muted = partial(_is_muted, account)
    return {}


def _get(account: Account, request: Raw) -> Output:
    name = request["AlarmMuteRuleName"]
    rule = account.remembered.get(REMEMBERED, {}).get(name)
    if rule is None:
        fields = {"ResourceType": "AWS::CloudWatch::AlarmMuteRule", "ResourceId": name}
        raise ServiceError("ResourceNotFoundException", f"There is no mute rule {name}.", status=404, fields=fields)
    shown = {key: rule[key] for key in ("Name", "Description", "Rule", "MuteTargets") if key in rule}
    return {**shown, **_summary(account, name, rule), **_moments(account, rule, "StartDate")}


def _list(account: Account, request: Raw) -> Output:
    keep_to_the_model("ListAlarmMuteRules", request)
    rules = account.remembered.get(REMEMBERED, {})
    found = [
        _summary(account, name, rules[name])
        for name in sorted(rules)
        if request.get("AlarmName") in (None, *_targets(rules[name]))
    ]
    asked = [each for each in found if each["Status"] in (request.get("Statuses") or [each["Status"]])]
    shown = page(
        asked,
        request,
        of="mute rules",
        size=PAGE,
        key=lambda each: str(each["AlarmMuteRuleArn"]),
        size_field="MaxRecords",
        wrong_token="InvalidNextToken",
    )
    return {"AlarmMuteRuleSummaries": shown.items, "NextToken": shown.next_token}


def _delete(account: Account, request: Raw) -> Output:
    """Delete a rule; one that is not there is no error."""
    name = request["AlarmMuteRuleName"]
    account.remembered.get(REMEMBERED, {}).pop(name, None)
    forget_tags(account, mute_rule_arn(name))
    return {}


def _summary(account: Account, name: str, rule: Raw) -> Output:
    once = rule["Rule"]["Schedule"]["Expression"].startswith("at(")
    return {
        "AlarmMuteRuleArn": mute_rule_arn(name),
        "Status": _status(account, rule),
        "MuteType": "ONE_TIME" if once else "RECURRING",
        "LastUpdatedTimestamp": account.live.world.clock(account.remembered[UPDATED][name]["t"]),
        **_moments(account, rule, "ExpireDate"),
    }


def _moments(account: Account, rule: Raw, field: str) -> Output:
    clock = account.live.world.clock
    return present(**{field: clock(run_second(account, rule[field])) if field in rule else None})


def _targets(rule: Raw) -> tuple[str, ...]:
    return tuple(rule.get("MuteTargets", {}).get("AlarmNames", ()))


def _is_muted(account: Account, alarm: str) -> bool:
    """Does a rule mute this alarm now?"""
    rules = account.remembered.get(REMEMBERED, {}).values()
    return any(alarm in _targets(rule) and _status(account, rule) == "ACTIVE" for rule in rules)


def _status(account: Account, rule: Raw) -> str:
    now, clock = account.now.astimezone(UTC), account.live.world.clock
    begin, end = (
        clock(run_second(account, rule[each])).astimezone(UTC) if each in rule else None
        for each in ("StartDate", "ExpireDate")
    )
    if end is not None and now >= end:
        return "EXPIRED"
    raw = rule["Rule"]["Schedule"]
    schedule, zone, lasts = _schedule(raw["Expression"]), raw.get("Timezone"), _duration(raw["Duration"])
    if begin is not None and now < begin:
        return "SCHEDULED"
    if any(times(schedule, zone, since=now - lasts, start=None, until=now)):
        return "ACTIVE"
    is_over = isinstance(schedule, At) and any(
        times(schedule, zone, since=datetime.min.replace(tzinfo=UTC), start=None, until=now)
    )
    return "EXPIRED" if is_over else "SCHEDULED"


def _schedule(expression: str) -> Schedule:
    """Return when windows begin; ServiceError for what is no schedule, in our wording."""
    found: Schedule | None = None
    if cron := _CRON.fullmatch(expression):
        minutes, hours, of_month, month, of_week = cron.groups()
        days = (of_month, month, "?") if of_week == "*" else ("?", month, of_week)
        if "*" in (of_month, of_week):
            found = parse_cron(" ".join((minutes, hours, *days, "*")))
    elif at := _AT.fullmatch(expression):
        try:
            found = At(datetime.fromisoformat(at[1]))
        except ValueError:
            found = None
    if found is None:
        say = (
            f"{expression!r} is no schedule: write cron(0 2 * * SUN), one of its days being *, or at(2026-05-10T14:00)."
        )
        raise ServiceError(INVALID, say)
    return found


def _duration(text: str) -> timedelta:
    """Return how long a window is; ServiceError for what is no duration, in our wording."""
    found = _DURATION.fullmatch(text)
    if found is not None:
        days, hours, minutes = (int(each or 0) for each in found.groups())
        lasts = timedelta(days=days, hours=hours, minutes=minutes)
        if LEAST <= lasts <= MOST:
            return lasts
    raise ServiceError(INVALID, f"{text!r} is no duration from PT1M to P15D.")


OPERATIONS: Mapping[tuple[str, str], Does] = {
    ("cloudwatch", "PutAlarmMuteRule"): noted("PutAlarmMuteRule", put),
    ("cloudwatch", "GetAlarmMuteRule"): _get,
    ("cloudwatch", "ListAlarmMuteRules"): _list,
    ("cloudwatch", "DeleteAlarmMuteRule"): noted("DeleteAlarmMuteRule", _delete),
}
