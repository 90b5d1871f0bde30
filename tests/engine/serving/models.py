"""Any model, for Hypothesis: all kinds of queue, of service time and of fault."""

from __future__ import annotations

from hypothesis import strategies as st

from engine.serving.faults import ColdStart, Errors, LargePayload, Leak, Saturation, Slow, SomeUsers, WarmUp
from engine.serving.model import Model, ServiceTime

rates = st.sampled_from([0.0, 0.01, 0.3, 1.0])
factors = st.sampled_from([0.5, 1.0, 3.0])
ages = st.sampled_from([(0.0, 1e9), (30.0, 1e9), (0.0, 90.0), (45.0, 130.0)])
statuses = st.sampled_from(["4xx", "5xx"])

faults = st.one_of(
    st.builds(lambda age, **how: Errors(after_s=age[0], until_s=age[1], **how), ages, rate=rates, status=statuses),
    st.builds(lambda age, **how: Slow(after_s=age[0], until_s=age[1], **how), ages, factor=factors, share=rates),
    st.builds(Leak, requests=st.integers(1, 300), restart_requests=st.sampled_from([1, 40, 10**9]), status=statuses),
    st.builds(Saturation, requests_per_second=st.integers(1, 8), of=st.sampled_from(["instance", "fleet"]), rate=rates),
    st.builds(WarmUp, lasts_s=st.sampled_from([20.0, 100.0]), factor=factors, error_rate=rates),
    st.builds(LargePayload, above_kb=st.sampled_from([0.0, 10.0, 30.0]), rate=rates, factor=factors),
    st.builds(SomeUsers, share=rates, rate=rates, factor=factors),
    st.builds(ColdStart, add_ms=st.sampled_from([50.0, 2000.0]), after_idle_s=st.sampled_from([0.0, 0.5])),
)
services = st.builds(
    ServiceTime,
    mean_ms=st.sampled_from([1.0, 40.0, 400.0]),
    kind=st.sampled_from(["lognormal", "exponential", "constant"]),
    cv=st.sampled_from([0.0, 0.5, 2.0]),
)
models = st.builds(
    Model,
    service=services,
    workers=st.integers(1, 3),
    queue=st.sampled_from(["per-worker", "shared"]),
    queue_limit=st.sampled_from([None, 0, 3]),
    error_rate_4xx=rates,
    error_rate_5xx=rates,
    faults=st.lists(faults, max_size=3).map(tuple),
)
