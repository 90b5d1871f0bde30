"""Characters that CloudWatch does not take in names of alarms, namespaces and dimensions: its service model says so in
words and not as a pattern."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, Wrong, shortened
from engine.aws.shapes.partial import as_far_as_known

NAMED = ("PutMetricAlarm", "PutCompositeAlarm", "SetAlarmState")
"""Operations whose AlarmName is that of an alarm of CloudWatch."""
LAST_CONTROL, FIRST_BEYOND = 0x1F, 0x7F
"""ASCII's control characters end with the one and begin again with the other, behind which ASCII is over."""
Said = Iterator[tuple[Path, Wrong]]


def name_refusals(call: Call) -> Iterator[Finding]:
    """Yield each name that holds a character which CloudWatch does not take."""
    rules = (_alarm,) if call.operation in NAMED else ()
    if call.operation == "PutMetricAlarm":
        rules = (*rules, _namespace, _own_dimensions, _dimensions_in_math)
    for rule in rules:
        for inside, wrong in as_far_as_known(rule(call)):
            yield wrong.at(call.at(*inside))


def _alarm(call: Call) -> Said:
    name = call.request["AlarmName"]
    if controls := "".join(each for each in name if _is_control(each)):
        right = "".join(each for each in name if not _is_control(each)) or "v2-errors"
        say = f"AlarmName {shortened(name)} holds the control character {controls[0]}, which no alarm's name may."
        yield ("AlarmName",), Wrong(say, f"Write {right}.")


def _namespace(call: Call) -> Said:
    """A namespace in Metrics is not looked at."""
    if "Namespace" in call.request:
        yield from _beyond_ascii(("Namespace",), "Namespace", call.request["Namespace"])


def _own_dimensions(call: Call) -> Said:
    for index, dimension in enumerate(call.request.get("Dimensions", ())):
        for field in ("Name", "Value"):
            yield from _beyond_ascii(("Dimensions", index, field), f"A dimension's {field}", dimension[field])


def _dimensions_in_math(call: Call) -> Said:
    for index, query in enumerate(call.request.get("Metrics", ())):
        metric = query["MetricStat"]["Metric"] if "MetricStat" in query else {}
        for place, dimension in enumerate(metric.get("Dimensions", ())):
            for field in ("Name", "Value"):
                at = ("Metrics", index, "MetricStat", "Metric", "Dimensions", place, field)
                yield from _beyond_ascii(at, f"A dimension's {field}", dimension[field])


def _beyond_ascii(at: Path, what: str, text: str) -> Said:
    beyond = [each for each in text if _is_control(each) or not each.isascii()]
    if beyond:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        right = "".join(each for each in plain if not _is_control(each)).strip()
        say = f"{what} may hold ASCII characters alone, and {shortened(text)} holds {beyond[0]}."
        yield at, Wrong(say, f"Write it in plain letters{f', such as {shortened(right)}' if right else ''}.")


def _is_control(character: str) -> bool:
    return ord(character) <= LAST_CONTROL or ord(character) == FIRST_BEYOND
