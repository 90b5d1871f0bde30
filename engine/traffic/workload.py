"""How many requests come, when, and what kind: the knobs of a world's traffic.

Rates are requests per second, times are seconds from the start of the run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, Literal

from engine.bounds import Bounded, Counted, Spelt, bounded

MAX_RATE = 100_000.0
"""Requests per second; a hundred times what any lab needs, and a minute of it still fits in memory."""


OWN_NAMESPACE = "Business"
"""Where a caller publishes who gives its metrics no other namespace."""


_SOMETHING = r"[\s\S]*\S[\s\S]*"
_OWN = Spelt(rf"(?!:|/aws/|AWS/){_SOMETHING}", "must be a name of your own, as AWS keeps AWS/ for itself")
_SAID = Spelt(_SOMETHING, "must say something")


def _shares(target_variants: tuple[tuple[str, float], ...]) -> str | None:
    shares = [share for _, share in target_variants]
    if all(share >= 0 for share in shares) and sum(shares) <= 1 + 1e-9:
        return None
    return f"must be shares from 0 to 1 that add up to at most 1, got {shares}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Bounded):
    """The same rate all the time."""

    kind: ClassVar[str] = "constant"

    def factor(self, second: float) -> float:
        """Return the multiple of the base rate at `second`."""
        return 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily(Bounded):
    """A sine over the day: quiet at night, busy in the afternoon."""

    kind: ClassVar[str] = "daily"
    amplitude: float = bounded(0.5, low=0, high=1)
    """Share of the base rate by which it swings."""
    period_s: float = bounded(86_400.0, low=60)
    """From one peak to the next."""
    peak_s: float = bounded(0.0, low=0)
    """When the first peak is."""

    def factor(self, second: float) -> float:
        """Return the multiple of the base rate at `second`."""
        return 1.0 + self.amplitude * math.cos(2 * math.pi * (second - self.peak_s) / self.period_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bursts(Bounded):
    """A higher rate for some seconds, again and again."""

    kind: ClassVar[str] = "bursts"
    times: float = bounded(low=1, high=100)
    """Rate inside a burst, as a multiple of the base rate."""
    every_s: float = bounded(low=60)
    """From one to the next."""
    lasts_s: float = bounded(low=1)
    """How long each goes on."""
    first_s: float = bounded(0.0, low=0)
    """When the first one begins."""

    def factor(self, second: float) -> float:
        """Return the multiple of the base rate at `second`."""
        since = second - self.first_s
        return self.times if since >= 0 and since % self.every_s < self.lasts_s else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp(Bounded):
    """From the base rate to a multiple of it, in a straight line."""

    kind: ClassVar[str] = "ramp"
    to: float = bounded(low=0, high=100)
    """The last rate, as a multiple of the base rate."""
    from_s: float = bounded(0.0, low=0)
    """When it begins."""
    until_s: float = bounded(low=1)
    """When it is over."""

    def factor(self, second: float) -> float:
        """Return the multiple of the base rate at `second`."""
        done = (second - self.from_s) / max(self.until_s - self.from_s, 1e-9)
        return 1.0 + (self.to - 1.0) * min(1.0, max(0.0, done))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Bounded):
    """The base rate between two moments and no request outside them, as from a load script."""

    kind: ClassVar[str] = "window"
    from_s: float = bounded(0.0, low=0)
    """When requests begin to come."""
    until_s: float = bounded(low=1)
    """When they stop."""

    def factor(self, second: float) -> float:
        """Return the multiple of the base rate at `second`."""
        return 1.0 if self.from_s <= second < self.until_s else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Bounded):
    """Recorded traffic: how many requests came in each minute; after the last one it starts again."""

    kind: ClassVar[str] = "trace"
    per_minute: tuple[int, ...] = bounded(
        low=0, high=MAX_RATE * 60, rule=Counted(1, say="must hold at least one minute")
    )
    """Requests of each minute."""


Shape = Constant | Daily | Bursts | Ramp | Window | Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload(Bounded):
    """The size of a request's body: lognormal."""

    median_kb: float = bounded(10.0, above=0, high=999_999)
    """Up to the 1 GB of asynchronous requests (spec sagemaker 8)."""
    sigma: float = bounded(1.0, low=0, high=4)
    """How widely sizes are spread: that of the logarithm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessOutcome(Bounded):
    """What the business hopes that an answer leads to, such as an order.

    SageMaker knows nothing of it (spec inference 8). The caller does, who reports it to CloudWatch with PutMetricData,
    as a metric of its own: for each answer 1 if it led to the outcome and 0 if not, by EndpointName and VariantName. So
    Average is the rate, Sum the number of outcomes and SampleCount the number of answers.
    """

    name: str = bounded(rule=_SAID)
    """MetricName."""
    base_rate: float = bounded(low=0, high=1)
    """Share of the answers that lead to it, unless a model says otherwise (`converts`)."""
    namespace: str = bounded(OWN_NAMESPACE, rule=_OWN)
    """Where it is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComparison(Bounded):
    """How answers of a shadow are compared with those of production, which callers got.

    SageMaker compares none (spec inference 7.3): data capture keeps the answers of both, and a job of the team's own
    joins them by InferenceId and reports to CloudWatch. Here it reports for each copy that both have answered 1 if the
    answers are alike and 0 if not, by EndpointName and the shadow's VariantName, in the minute of the shadow's answer.
    """

    name: str = bounded("Agreement", rule=_SAID)
    """MetricName."""
    namespace: str = bounded(OWN_NAMESPACE, rule=_OWN)
    """Where it is published."""


OwnMetric = BusinessOutcome | AnswerComparison
"""What is published beside SageMaker's metrics, by the team itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload(Bounded):
    """All requests that come to an endpoint."""

    rate: float = bounded(low=0, high=MAX_RATE)
    """Requests per second on average; ignored by a trace, which carries its own counts."""
    arrivals: Literal["poisson", "regular"] = "poisson"
    """`regular`: evenly spaced, as from a load script that sends one after the other."""
    shape: Shape = Constant()
    """How the rate goes over the time."""
    payload: Payload = Payload()
    target_variants: tuple[tuple[str, float], ...] = bounded((), rule=_shares)
    """Share of the requests that name a TargetVariant, by variant; of the users, where these are known."""
    users: int | None = bounded(None, low=1, high=1_000_000)
    """How many users there are, each of whom asks as often as any other. The caller keeps a user on one side: it hashes
    the user to a TargetVariant, as SageMaker itself routes each request anew (spec inference 8). None: nobody knows
    who asks, and every request names its variant by chance."""
    outcome: BusinessOutcome | None = None
    """What answers may lead to; None: nobody counts it."""
    comparison: AnswerComparison | None = None
    """How a shadow's answers are held against those of production; None: nobody compares them."""
    client_timeout_s: float = bounded(70.0, above=0, high=600)
    """The caller hangs up after this long; 70 s is what AWS recommends for the SDK (spec sagemaker 5)."""
    request_ttl_s: float = bounded(21_600.0, low=60, high=21_600)
    """RequestTTLSeconds of asynchronous requests: who waits longer expires (spec sagemaker 8)."""
    invocation_timeout_s: float = bounded(900.0, low=1, high=3600)
    """InvocationTimeoutSeconds of asynchronous requests (spec sagemaker 8)."""

    @property
    def own_metrics(self) -> tuple[OwnMetric, ...]:
        """What the team publishes."""
        return tuple(each for each in (self.outcome, self.comparison) if each is not None)

    def rate_at(self, second: float) -> float:
        """Return the requests per second expected at `second`."""
        if isinstance(self.shape, Trace):
            counts = self.shape.per_minute
            return counts[int(second // 60) % len(counts)] / 60
        return self.rate * self.shape.factor(second)

    @property
    def peak_rate(self) -> float:
        """The highest rate that the shape reaches, in requests per second."""
        match self.shape:
            case Trace(per_minute=counts):
                return max(counts) / 60
            case Daily(amplitude=amplitude):
                return self.rate * (1 + amplitude)
            case Bursts(times=times):
                return self.rate * times
            case Ramp(to=to):
                return self.rate * max(1.0, to)
            case Constant() | Window():
                return self.rate
