"""Any world and any plan, for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from engine.plan import Plan, Step
from engine.requests.sagemaker import DesiredWeightAndCapacity, UpdateEndpointWeightsAndCapacities
from engine.serving.faults import Errors, Leak
from engine.timing import Timing
from engine.traffic.workload import Workload
from tests.engine.rollouts import (
    OF_BOTH,
    OF_V2,
    ONE,
    all_at_once,
    canary,
    errors_alarm,
    in_batches,
    linear,
    model,
    percent,
    update,
    world,
)

sizes = st.sampled_from([ONE, percent(20), percent(33), percent(50)])
waits = st.sampled_from([0, 60, 300, 700])
timeouts = st.sampled_from([None, 600, 900])
alarm_names = st.sampled_from([(), ("errors",), ("errors", "missing")])
common = {"alarms": alarm_names, "timeout": timeouts}
settings = st.one_of(
    st.none(),
    st.builds(all_at_once, waits, **common),
    st.builds(canary, sizes, waits, waits, **common),
    st.builds(linear, sizes, waits, waits, **common),
    st.builds(in_batches, sizes, waits, back=st.none() | sizes, **common),
)
updates = st.builds(update, settings, retain_all_variant_properties=st.booleans())
alarms = st.builds(
    errors_alarm,
    dimensions=st.sampled_from([OF_V2, OF_BOTH]),
    stat=st.sampled_from(["Sum", "Average"]),
    threshold=st.sampled_from([0.0, 0.2, 1.0, 30.0]),
    evaluation_periods=st.integers(1, 2),
    treat_missing_data=st.sampled_from(["missing", "ignore", "breaching", "notBreaching"]),
)
new_models = st.one_of(
    st.builds(model, error_rate_5xx=st.sampled_from([0.0, 0.02, 1.0])),
    st.builds(lambda after: model(faults=(Errors(rate=1, after_s=after),)), st.sampled_from([0.0, 200.0, 500.0])),
    st.builds(lambda n: model(faults=(Leak(requests=n),)), st.sampled_from([50, 400])),
    st.builds(lambda start: model(start=start), st.sampled_from(["ok", "bad-image", "failed-ping"])),
)
timings = st.builds(
    Timing,
    provision_s=st.sampled_from([0.0, 40.0, 157.0]),
    provision_failure_s=st.just(300.0),
    terminate_s=st.sampled_from([0.0, 30.0]),
    metric_delay_s=st.sampled_from([0.0, 100.0]),
    percent_rounding=st.sampled_from(["half-up", "ceil", "floor"]),
    linear_waits_after_last_step=st.booleans(),
)
worlds = st.builds(
    world,
    count=st.integers(1, 5),
    new_count=st.integers(1, 5),
    new=new_models,
    workload=st.builds(Workload, rate=st.sampled_from([1.0, 4.0]), arrivals=st.sampled_from(["poisson", "regular"])),
    duration_s=st.sampled_from([600.0, 1234.5]),
    update_at_s=st.sampled_from([0.0, 66.0, 200.25]),
    relaunch=st.sampled_from(["ok", "insufficient-capacity"]),
    timing=timings,
)
desires = st.builds(
    DesiredWeightAndCapacity,
    variant_name=st.sampled_from(["main", "other"]),
    desired_weight=st.none() | st.sampled_from([0.0, 1.0, 3.0]),
    desired_instance_count=st.none() | st.integers(0, 6),
)
reweighs = st.builds(
    lambda desire: UpdateEndpointWeightsAndCapacities(endpoint_name="churn", desired_weights_and_capacities=(desire,)),
    desires,
)
steps = st.builds(
    Step,
    request=st.one_of(alarms, updates, reweighs, st.builds(update, settings, to=st.sampled_from(["v1", "gone"]))),
    after_s=st.sampled_from([0.0, 100.0, 400.0, 1000.0, 2500.0]),
)
simple_plans = st.builds(Plan.of, alarms, updates)
plans = st.one_of(simple_plans, st.lists(steps, max_size=5).map(lambda rows: Plan(tuple(rows))))
