"""What lessons and labs state: numbers are worked out again, and what is said of AWS is asked of its own model."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.loaders import Loader

import lessons
from engine.catalogue.instances import instance_types
from engine.serving.model import ServiceTime
from engine.timing import Timing

PACK = Path(lessons.__file__).parent


def said(file: str) -> str:
    """The text of a file of the pack, on one line."""
    return " ".join((PACK / file).read_text(encoding="utf-8").split())


def busy(work_ms: float, rate: float) -> float:
    """Mean answer of one worker, in ms: work / (1 - utilization)."""
    return work_ms / (1 - rate * work_ms / 1000)


def steadier(work_ms: float, rate: float, cv: float) -> float:
    """Mean answer of one worker whose work varies by `cv`, in ms: the formula of Pollaczek and Khinchine."""
    used = rate * work_ms / 1000
    return work_ms + used * work_ms * (1 + cv**2) / 2 / (1 - used)


def beyond(limit: int, rate: float) -> float:
    """Per cent of Poisson requests that are beyond a limit in their second."""
    chances = (math.exp(k * math.log(rate) - rate - math.lgamma(k + 1)) for k in range(limit + 1, limit + 300))
    return 100 * sum(over * chance for over, chance in enumerate(chances, start=1)) / rate


def price(kind: str) -> float:
    """USD an hour of an instance type of the catalogue."""
    found = instance_types()[kind].usd_per_hour
    assert found is not None
    return found


def any_of(times: int, chance: float) -> float:
    """Per cent of cases in which it happens at least once."""
    return 100 * (1 - (1 - chance) ** times)


def green_must_fail(share: float) -> float:
    """Per cent of green's requests that must fail until both fleets together fail 1 %, where blue fails 0.1 %."""
    return 100 * (0.01 - (1 - share) * 0.001) / share


def decides(requests: int, bad: float, base: float = 0.001) -> bool:
    """Is there a count that a good model reaches in at most 1 % of the cases, and the bad one in at least 90 %?"""

    def reached(count: int, p: float) -> float:
        n = requests
        below = (math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) for k in range(count))
        logs = (ways + k * math.log(p) + (n - k) * math.log(1 - p) for k, ways in enumerate(below))
        return 1 - sum(map(math.exp, logs))

    least = next(count for count in range(1, requests) if reached(count, base) <= 0.01)
    return reached(least, bad) >= 0.9


BLUE_GREEN, CANARY, ALL_AT_ONCE = "01-blue-green/lesson.md", "03-canary/lesson.md", "02-all-at-once/lesson.md"
LINEAR, SCALE, BAKING = "04-linear/lesson.md", "10-scale-during-updates/lesson.md", "12-baking-period/lesson.md"
ALARMS, MISSING, VARIANTS = (
    "13-alarms-that-fire/lesson.md",
    "14-missing-data/lesson.md",
    "07-production-variants/lesson.md",
)
COUNT, ROLLBACK = "03-canary/count-is-not-percent", "15-automated-rollback/lesson.md"
REPAIR = "15-automated-rollback/repair-that-cannot-get-in"
DETECTED_S, BACK_S = 177, 52
"""Measured on AWS: first failure to ALARM, and ALARM to the last failure."""
NUMBERS = [
    (BLUE_GREEN, "make {:,} in an hour", 20 * 3600),
    (BLUE_GREEN, "and {:,.0f} of them go wrong", 20 * 3600 / 5),
    (BLUE_GREEN, "after four minutes: {:.0f} requests go wrong", 20 * 240 / 4 / 5),
    (ALL_AT_ONCE, "{} in all", DETECTED_S + BACK_S),
    (ALL_AT_ONCE, "= **{:.0f}** spoiled answers", 20 * 0.2 * (DETECTED_S + BACK_S)),
    (ALL_AT_ONCE, "A canary of a quarter would have spoiled {:.0f}.", 20 * 0.2 * (DETECTED_S + BACK_S) / 4),
    (CANARY, "97 of 275 = {:.0f} %", 100 * 97 / 275),
    (CANARY, "60 of 172 = {:.0f} %", 100 * 60 / 172),
    (CANARY, "120 of 226 = {:.0f} %", 100 * 120 / 226),
    (CANARY, "| 77 | {:.1f} min | 0.3 min |", 77 / 30),
    (CANARY, "| 18,667 | {:.0f} min | 62 min |", 18_667 / 30),
    *((CANARY, f"[{n}, {{:.0f}}]", any_of(n, 0.001)) for n in (300, 600, 1000, 1500, 2000, 3000)),
    (CANARY, "sent home from the canary **{:.0f} times out of 100**", any_of(3000, 0.001)),
    (CANARY, "needs {:.0f} minutes at 300 requests a minute", 18_667 / 300),
    (LINEAR, "one minute into the climb above it says {:.0f} %", 100 / (4 * 5)),
    *((LINEAR, f"[{rate}, {{:.1f}}]", beyond(90, rate)) for rate in (90, 95, 100)),
    (LINEAR, "and {:.1f} % of the requests fail", beyond(90, 80)),
    (LINEAR, "At 100 %, {:.0f} % fail.", beyond(90, 100)),
    (LINEAR, "| 20 % | 300 s | 600 s | {:.0f} min |", (4 * 300 + 600) / 60),
    (LINEAR, "| 10 % | 300 s | 600 s | {:.0f} min |", (9 * 300 + 600) / 60),
    (LINEAR, "| 10 % | 900 s | 900 s | {:.0f} min |", (9 * 900 + 900) / 60),
    *((SCALE, f"[{rate}, {{:.0f}}]", busy(50, rate)) for rate in (2, 6, 8, 10, 12, 14, 16)),
    *((SCALE, f"[{rate}, {{:.0f}}]", busy(60, rate)) for rate in (2, 4, 6, 8, 10, 12, 14, 15, 16)),
    (SCALE, "| 30 % | 71 ms | 94 ms | {:.2f} |", busy(60, 6) / busy(50, 6)),
    (SCALE, "| 83 % | 294 ms | 15,000 ms | {:.0f} |", busy(60, 16.6) / busy(50, 16.6)),
    (SCALE, "| exponential | 250 ms | {:,.0f} ms | 6.0 |", steadier(60, 16, 1)),
    (SCALE, "| half as much (our models, unless a lab says otherwise) | {:.0f} ms | 960 ms |", steadier(50, 16, 0.5)),
    (SCALE, "| 175 ms | {:.0f} ms | 5.5 |", steadier(60, 16, 0.5)),
    (SCALE, "| not at all | {:.0f} ms | 780 ms |", steadier(50, 16, 0)),
    (SCALE, "| 150 ms | 780 ms | {:.1f} |", steadier(60, 16, 0) / steadier(50, 16, 0)),
    (BAKING, "so 9,000 take {:,.0f} seconds", 9000 / (15 / 5)),
    (BAKING, "it takes a hundred minutes", 9000 / (15 / 10) / 60),
    *((ALARMS, f"| {100 * share:.0f} % | {{:.1f}} % |", green_must_fail(share)) for share in (0.05, 0.1, 0.5)),
    *((ALARMS, f"[{alarms}, {{:.1f}}]", any_of(alarms, 0.01)) for alarms in (5, 10, 15, 20)),
    (ALARMS, "| p95 | {:.0f} | 6.7 min |", 10 / 0.05),
    (ALARMS, "| p99 | 1,000 | {:.0f} min |", 10 / 0.01 / 30),
    *((MISSING, f"| {t} minute{'s' * (t > 1)} | {{:.1g}} % |", 100 * math.exp(-t)) for t in (5, 10)),
    (MISSING, "| 1 minute | {:.0f} % |", 100 * math.exp(-1)),
    (MISSING, "| 2 minutes | {:.0f} % |", 100 * math.exp(-2)),
    (VARIANTS, "| Average | {:.0f} ms |", 0.98 * 50 + 0.02 * 2000),
    (VARIANTS, "1,000 take five and a half minutes", 1000 / 3 / 60),
    (VARIANTS, "it holds {:.0f}", 3 * 60),
    *((MISSING, f"[{n}, {{:.0f}}]", 100 * math.exp(-n)) for n in (0.5, 1, 1.5, 2, 3, 4, 5)),
    (ROLLBACK, "| 25 % | {:.1f} % |", 0.75 * 6),
    (ROLLBACK, "| 50 %, the largest canary | {:.1f} % |", 0.5 * 6),
    (f"{REPAIR}/debrief.md", "0.75 × 6 %  +  0.25 × 0 %  =  {:.1f} %".replace("  ", " "), 0.75 * 6),
    (f"{COUNT}/debrief.md", "one error among 42 is {:.1f} %", 100 / 42),
    (
        f"{COUNT}/lab.yaml",
        "costs eight times as much",
        price("ml.m5.4xlarge") / price("ml.m5.large"),
    ),
]
WORDS = {"a hundred": 100.0, "five and a half": 5.5, "eight times": 8.0}


@pytest.mark.parametrize(("file", "form", "value"), NUMBERS)
def test_a_number_is_what_it_should_be(file: str, form: str, value: float):
    """The sentence stands in its file with the number that comes out; in words it may be rounded."""
    spelled = [number for words, number in WORDS.items() if words in form]

    assert form.format(value) in said(file)
    assert not spelled or value == pytest.approx(spelled[0], rel=0.02)


@pytest.mark.parametrize(("requests", "bad"), [(77, 0.05), (669, 0.01), (2108, 0.005), (18_667, 0.002)])
def test_so_many_requests_decide(requests: int, bad: float):
    """The table of the canary lesson: enough to decide, and with a twentieth fewer not."""
    assert f"| {100 * bad:g} % | {requests:,} |" in said(CANARY)
    assert decides(requests, bad)
    assert not decides(requests * 19 // 20, bad)


def test_a_twentieth_is_cheaper_in_small_instances():
    """Twenty small instances cost less than four large ones, as the lab says."""
    assert "Twenty ml.m5.large cost less than four ml.m5.4xlarge." in said(f"{COUNT}/lab.yaml")
    assert 20 * price("ml.m5.large") < 4 * price("ml.m5.4xlarge")


MODEL = Loader().load_service_model("sagemaker", "service-2")
WAITERS = Loader().load_service_model("sagemaker", "waiters-2")


def shape(name: str) -> dict:
    """A shape of AWS's service model."""
    return MODEL["shapes"][name]


def member(name: str, field: str) -> dict:
    """The shape of a structure's field."""
    return shape(shape(name)["members"][field]["shape"])


AWS: list[tuple[str, str, Callable[[], bool]]] = [
    (
        BLUE_GREEN,
        "Each may last up to an hour.",
        lambda: (
            member("TrafficRoutingConfig", "WaitIntervalInSeconds")["max"] == 3600
            and member("BlueGreenUpdatePolicy", "TerminationWaitInSeconds")["max"] == 3600
        ),
    ),
    (
        BLUE_GREEN,
        "`EndpointConfigName` is required. So are `TrafficRoutingConfiguration`, its `Type` and its",
        lambda: (
            {"Type", "WaitIntervalInSeconds"} <= set(shape("TrafficRoutingConfig")["required"])
            and "TrafficRoutingConfiguration" in shape("BlueGreenUpdatePolicy")["required"]
            and "EndpointConfigName" in shape("UpdateEndpointInput")["required"]
        ),
    ),
    (
        LINEAR,
        "which goes from ten minutes to eight hours",
        lambda: (
            shape("MaximumExecutionTimeoutInSeconds")["min"] == 10 * 60
            and shape("MaximumExecutionTimeoutInSeconds")["max"] == 8 * 3600
        ),
    ),
    (VARIANTS, "up to ten **production variants**", lambda: shape("ProductionVariantList")["max"] == 10),
    (VARIANTS, "One update may name up to ten alarms", lambda: shape("AlarmList")["max"] == 10),
    (
        "05-rolling/lesson.md",
        "There is no `TerminationWaitInSeconds`.",
        lambda: "TerminationWaitInSeconds" not in shape("RollingUpdatePolicy")["members"],
    ),
    (
        "05-rolling/lesson.md",
        "Both are required.",
        lambda: set(shape("RollingUpdatePolicy")["required"]) == {"MaximumBatchSize", "WaitIntervalInSeconds"},
    ),
    (
        "05-rolling/lesson.md",
        "a status that only rolling knows: `UpdateRollbackFailed`",
        lambda: "UpdateRollbackFailed" in shape("EndpointStatus")["enum"],
    ),
    (
        "15-automated-rollback/lesson.md",
        "There is no StopUpdate.",
        lambda: not [name for name in MODEL["operations"] if name.startswith("Stop") and name.endswith("Endpoint")],
    ),
    (
        "15-automated-rollback/lesson.md",
        "It asks for the status every 30 seconds",
        lambda: WAITERS["waiters"]["EndpointInService"]["delay"] == 30,
    ),
    (
        "15-automated-rollback/lesson.md",
        "gives up after 120 looks",
        lambda: WAITERS["waiters"]["EndpointInService"]["maxAttempts"] == 120,
    ),
    (
        "10-scale-during-updates/lesson.md",
        "`DesiredInstanceCount` or `DesiredWeight`",
        lambda: {"DesiredInstanceCount", "DesiredWeight"} <= set(shape("VariantPropertyType")["enum"]),
    ),
]


@pytest.mark.parametrize(("file", "sentence", "holds"), AWS, ids=[sentence[:40] for _, sentence, _ in AWS])
def test_what_is_said_of_aws_holds(file: str, sentence: str, holds: Callable[[], bool]):
    """The sentence stands in its file, and AWS's own model agrees."""
    assert sentence in said(file)
    assert holds()


def test_the_simulator_is_what_the_lessons_say_it_is():
    """How often a bake looks at its alarms is ours to say, and said."""
    assert "Here it is every ten seconds" in said("12-baking-period/bake-shorter-than-the-window/debrief.md")
    assert Timing().alarm_poll_s == 10


def test_how_late_a_metric_and_a_look_are():
    """Lesson 13 says what an alarm needs after its periods, at most: the delay of the data, and the next look."""
    timing = Timing()
    late = timing.metric_delay_s * (1 + timing.metric_delay_jitter)

    assert f"up to {late + 60:.0f} in our simulator" in said(ALARMS)
    assert ServiceTime(mean_ms=50).cv == 0.5
