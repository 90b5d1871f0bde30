"""The times that AWS does not publish, each a named parameter with its reason.

Calibrated to three recorded deployments. One is known second by second (spec sagemaker 4.1: 2 x ml.m5.xlarge,
us-west-2, 21 March 2024): first canary traffic about 187 s after UpdateEndpoint, ALARM about 177 s after the first
failure, all traffic back about 52 s after ALARM, a slow first minute on the new fleet. Two are known in outline: in one
a canary's errors lasted about 172 s until all traffic was back, in the other a latency alarm fired inside a final bake
of 120 s. No single delay fits all three, so the delay of metrics and the second of evaluation are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.bounds import Bounded, bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing(Bounded):
    """Seconds, unless a name says otherwise."""

    provision_s: float = bounded(180.0, low=0, high=7200)
    """UpdateEndpoint or CreateEndpoint to instances in service, most often; with one activation it makes the measured
    187 s. A serverless endpoint took over ten minutes once (spec inference 3.1), which is not its usual time."""
    provision_jitter: float = bounded(1.0, low=0, high=3)
    """How far it varies: at 1 from two thirds to seven sixths of `provision_s`, as endpoints took 2 to 3.5 minutes on
    AWS (spec 4.5); at 0 not at all."""
    provision_failure_s: float = bounded(1440.0, low=0, high=7200)
    """A crash-looping container was given up after about 24 minutes (spec 4.5)."""
    capacity_failure_s: float = bounded(2040.0, low=0, high=86_400)
    """How long AWS tries to get instances of a type of which it has none left: scaling was given up after 34 minutes
    (spec inference 2); how long a creation tries was not measured, users speak of an hour."""
    activate_s: float = bounded(7.0, low=0, high=600)
    """One traffic shift, ActivatingTraffic to effective: a few seconds, the rest of the measured 187 s."""
    reweigh_s: float = bounded(58.5, low=0, high=600)
    """UpdateEndpointWeightsAndCapacities that needs no new instances: Updating for 58 and 59 polls of a second, with
    other weights alone (spec inference 8). Fewer instances were not timed; here they take as long."""
    alarm_poll_s: float = bounded(10.0, above=0, high=300)
    """How often a bake looks at its alarms (not published, spec 13.9); it also looks when the bake ends."""
    rollback_s: float = bounded(49.0, low=0, high=600)
    """Alarm seen to all traffic back; the poll before it makes up the rest of the measured 52 s."""
    terminate_s: float = bounded(30.0, low=0, high=600)
    """Teardown of a fleet, of a batch, or of an endpoint that is deleted: not published."""
    experiment_s: float = bounded(5.0, low=0, high=600)
    """How long a shadow test is Creating, before anything is launched for it: not published, a matter of writing it
    down (spec inference 7.2)."""
    metric_delay_s: float = bounded(75.0, low=0, high=3600)
    """End of a metric minute to its visibility, on average over runs. In the measured run the evaluation at (m+3):10
    saw minute m and the one at (m+2):10 did not (spec 4.1), so there it lay above 70 s and at most at 130 s."""
    metric_delay_jitter: float = bounded(0.6, low=0, high=1)
    """Relative half-width of that delay, drawn once per run: 30 to 120 s, in which all three recorded deployments lie.
    With more, an alarm of one period that is evaluated early in a minute would never find a point among the periods
    that it looks back."""
    evaluation_second: float | None = bounded(None, low=0, high=59)
    """The second of each minute at which every alarm is evaluated; None: each alarm has one of its own, drawn per run
    (in the measured run both transitions came at :10)."""
    first_evaluation_s: float = bounded(60.0, low=0, high=600)
    """How old an alarm is at its first evaluation, at least; not published ("then evaluated", spec cloudwatch 1). An
    alarm that was created before 15:58:06 had no state until 15:59:10 (spec 4.1), which makes it about a minute."""
    evaluation_range_extra: int = bounded(2, low=0, high=10)
    """Periods beyond N that an evaluation looks back; AWS prints only 5 for N = 3 (spec cloudwatch 2)."""
    container_timeout_s: float = bounded(60.0, above=0, high=480)
    """InvokeEndpoint gives up on a container (spec sagemaker 5)."""
    warmup_s: float = bounded(60.0, low=0, high=3600)
    """How long a new fleet is slow: the first minute (spec 4.1)."""
    warmup_model_factor: float = bounded(1.7, low=1, high=100)
    """5934 us against about 3500 us (spec 4.1)."""
    warmup_overhead_factor: float = bounded(2.7, low=1, high=100)
    """12495 us against about 4600 us (spec 4.1)."""
    overhead_ms: float = bounded(4.6, low=0, high=1000)
    """Mean OverheadLatency of a warm fleet (spec 4.1)."""
    overhead_cv: float = bounded(0.4, low=0, high=10)
    """Spread of OverheadLatency; not measured, kept modest."""
    autoscaling_s: float = bounded(35.0, low=0, high=600)
    """ALARM to the request for other capacity: in one run 35 s (spec inference 2.1: ALARM 67 s after the first request,
    capacity asked for after 102 s)."""
    tracking_scale_in: Literal["proportional", "one-at-a-time"] = "proportional"
    """How far a policy that tracks a target scales in at once: AWS says only that it is gentle (spec inference 1.5)."""
    percent_rounding: Literal["half-up", "ceil", "floor"] = "floor"
    """CAPACITY_PERCENT to instances, at least 1, within AWS's bounds: 33 % of 3 is 1, although that is 0.99 (spec 1.3),
    and 50 % of 3 is 1 too, as two would be more than the half that AWS allows."""
    on_timeout: Literal["roll-back"] = "roll-back"
    """MaximumExecutionTimeoutInSeconds exceeded "causes a timeout"; what follows is not published (spec 13.6)."""
    default_execution_timeout_s: float = bounded(28_800.0, low=600, high=28_800)
    """Used without MaximumExecutionTimeoutInSeconds; the default is not published, this is the maximum."""
    transform_wait_s: float = bounded(218.0, low=0, high=7200)
    """CreateTransformJob to TransformStartTime, in which nothing is billed: measured once (spec inference 5)."""
    transform_load_s: float = bounded(104.0, low=0, high=7200)
    """TransformStartTime to the first record: billed, and measured in the same run (spec inference 5)."""
    transform_overhead_s: float = bounded(0.098, low=0, high=60)
    """What a request of a transform job costs beside the work on its records: 100 objects of one image took 9.8 s,
    although a prediction takes 1.2 ms (spec inference 5)."""
    transform_stop_s: float = bounded(30.0, low=0, high=600)
    """StopTransformJob to Stopped; not published, as long as other teardowns here."""
    transform_assignment: Literal["key-order", "key-hash"] = "key-order"
    """Objects go to instances "by key" (spec inference 5), no source says how: in turn in the order of their keys,
    or by a hash of each, which is seldom as even."""
    linear_waits_after_last_step: bool = False
    """Whether LINEAR waits once more before TerminationWait; no source decides (spec 13.5)."""
    too_recent_state: Literal["OK", "INSUFFICIENT_DATA"] = "OK"
    """State for a breaching point that is too recent to decide, with `missing`; AWS says only "not ALARM"."""
    cold_start_s: float = bounded(10.0, low=0, high=180)
    """A new serverless environment until its container answers, unless the model says more: 5 to 30 s in reports, 60 s
    for a large image; three minutes are the bound (spec inference 3.1)."""
    cold_start_cv: float = bounded(0.1, low=0, high=10)
    """Spread of it: 90 cold requests took 62 to 79 s, and warm ones 12 s (spec inference 3.1)."""
    idle_release_s: float = bounded(300.0, low=0, high=86_400)
    """How long a serverless environment stays warm without a request: not published, about five minutes in reports
    (spec inference 3.1)."""
    cold_start_billed: bool = False
    """Whether the setup of an environment is paid for: AWS bills the processing of requests (spec inference 3.4), and
    says nothing of the setup."""
    throttles_published: bool = True
    """Whether throttled requests count in Invocations and Invocation4XXErrors. No source says so: the exception is
    not even in the service model (spec inference 3.2). ModelLatency never has them, since no model saw them."""
    async_concurrency: int = bounded(4, low=1, high=1000)
    """Invocations that an asynchronous instance takes at once without MaxConcurrentInvocationsPerInstance: SageMaker
    then picks, and how is not published (spec inference 4)."""
    backlog_counts_work: bool = True
    """Whether ApproximateBacklogSize counts what is in work too: the guide says so, and one report saw 0 while a long
    job ran (spec inference 4)."""
