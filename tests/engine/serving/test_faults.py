"""Every kind of fault strikes where its docstring says, and as often.

A share is held against its binomial standard error, four of them: seeds are fixed, so a test that passes stays so.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.serving.faults import ColdStart, Errors, LargePayload, Leak, Saturation, Slow, SomeUsers, WarmUp
from engine.serving.model import Model, ServiceTime
from engine.timing import Timing
from engine.traffic.arrivals import Arrivals
from engine.traffic.streams import Purpose
from engine.traffic.workload import Payload, Workload
from tests.engine.serving.tape import QUICK, drawn, fleet_of, plane_of, routes_to, served

UNTIL = 1800.0
BUSY = Workload(rate=20)
ROOMY = {"service": ServiceTime(mean_ms=10, kind="constant"), "workers": 64, "queue": "shared"}
"""So many workers that nobody waits: the response is the service time."""


def answers_of(*faults, workload=BUSY, seed=1, until=UNTIL, instances=1, cold=True, timing=None, **model):
    """Return the answers of a model with these faults; its instances are new at second 0."""
    timing = timing or Timing(overhead_ms=0, overhead_cv=0, warmup_s=0)
    behaviour = Model(**{**ROOMY, "faults": faults, **model})
    return served(behaviour, workload, until, seed=seed, instances=instances, cold=cold, timing=timing)


def share(mask, of=None):
    """Return the share of requests, and four standard errors of a share that size."""
    chosen = mask if of is None else mask[of]
    p = chosen.mean()
    return p, 4 * math.sqrt(max(p * (1 - p), 1e-9) / len(chosen))


@pytest.mark.parametrize("status, code", [("4xx", 4), ("5xx", 5)])
@pytest.mark.parametrize("rate", [0.001, 0.05, 0.2, 1.0])
def test_a_share_fails(rate, status, code):
    """`errors`: each request fails with this probability, with this status and no other."""
    found = answers_of(Errors(rate=rate, status=status)).status
    p, error = share(found == code)

    assert p == pytest.approx(rate, abs=error)
    assert set(found.tolist()) <= {0, code}


def test_errors_between_two_ages():
    """`errors` with after_s and until_s: nothing fails before, everything in between, nothing after."""
    answers = answers_of(Errors(rate=1, after_s=300, until_s=900))
    struck = (answers.arrival >= 300) & (answers.arrival < 900)

    assert (answers.status[struck] == 5).all()
    assert (answers.status[~struck] == 0).all()


def test_two_causes_are_independent():
    """Two faults of 20 % and 10 % fail 28 % of the requests, not 30 %."""
    p, error = share(answers_of(Errors(rate=0.2), Errors(rate=0.1)).status == 5)

    assert p == pytest.approx(0.28, abs=error)


def test_4xx_and_5xx_side_by_side():
    """A request that meets both kinds of error ends in the 5xx: 10 % of 5xx leave 90 % x 30 % of 4xx."""
    status = answers_of(error_rate_5xx=0.1, error_rate_4xx=0.3).status
    fives, five_error = share(status == 5)
    fours, four_error = share(status == 4)

    assert fives == pytest.approx(0.1, abs=five_error)
    assert fours == pytest.approx(0.27, abs=four_error)


def test_a_worse_error_rate_fails_a_superset():
    """One uniform per request decides for every rate, so the requests that fail at 5 % fail at 20 % too."""
    before = np.zeros(1, dtype=bool)
    for rate in (0.0, 0.05, 0.2, 0.7):
        failed = answers_of(Errors(rate=rate)).status != 0
        assert (failed | ~before).all()
        before = failed


def test_a_slow_tail():
    """`slow` on a share: that share takes factor x plus add_ms, the rest is as ever."""
    response = answers_of(Slow(share=0.02, factor=3, add_ms=1950)).model_s
    p, error = share(response > 1)

    assert p == pytest.approx(0.02, abs=error)
    assert response[response > 1] == pytest.approx(3 * 0.010 + 1.95)
    assert response[response <= 1] == pytest.approx(0.010)


def test_average_hides_the_tail():
    """2 % at 2 s among 50 ms: the mean of 89 ms passes an alarm of 100 ms, p99 is 2 s (spec labs 8)."""
    slow = Slow(share=0.02, factor=1, add_ms=1950)
    response = answers_of(slow, service=ServiceTime(mean_ms=50, kind="constant"), until=7200).model_s
    _, error = share(response > 1)

    assert response.mean() == pytest.approx(0.089, abs=1.95 * error)
    assert np.quantile(response, 0.99) == pytest.approx(2.0)


def test_slow_between_two_ages():
    """`slow` with ages strikes there alone."""
    answers = answers_of(Slow(factor=5, after_s=600, until_s=1200))
    struck = (answers.arrival >= 600) & (answers.arrival < 1200)

    assert answers.model_s[struck] == pytest.approx(0.05)
    assert answers.model_s[~struck] == pytest.approx(0.01)


def test_a_leak_kills_after_so_many_requests():
    """`leak`: an instance answers exactly so many requests and then fails all of them (spec labs 11)."""
    status = answers_of(Leak(requests=5000)).status

    assert (status[:5000] == 0).all()
    assert (status[5000:] == 5).all()


def test_a_leak_counts_per_instance():
    """Four instances survive four times as many requests: time to failure is headroom over requests per instance."""
    status = answers_of(Leak(requests=2000), instances=4).status
    first = int(np.flatnonzero(status)[0])

    assert int((status == 0).sum()) == 4 * 2000
    assert first == pytest.approx(4 * 2000, rel=0.1)


def test_a_restart_ends_the_leak_for_a_while():
    """With restart_requests the container fails that many requests, then answers the next lot."""
    status = answers_of(Leak(requests=100, restart_requests=10)).status
    place = np.arange(len(status)) % 110

    assert (status[place < 100] == 0).all()
    assert (status[place >= 100] == 5).all()


def test_saturation_strikes_beyond_the_limit_of_a_second():
    """`saturation`: in each clock second the first requests up to the limit are answered, the rest fails."""
    answers = answers_of(Saturation(requests_per_second=20))
    seconds = answers.arrival.astype(int)
    for second in range(0, int(UNTIL), 97):
        status = answers.status[seconds == second]
        assert (status[:20] == 0).all()
        assert (status[20:] == 5).all()


def test_saturation_below_the_limit_is_harmless():
    """Regular traffic of ten requests a second never exceeds ten."""
    calm = Workload(rate=10, arrivals="regular")

    assert (answers_of(Saturation(requests_per_second=10), workload=calm).status == 0).all()


@pytest.mark.parametrize("of, instances, shown", [("instance", 4, False), ("fleet", 4, True), ("instance", 1, True)])
def test_whose_limit(of, instances, shown):
    """A limit of each instance is not exceeded by a quarter of the traffic; one that all share is."""
    calm = Workload(rate=20, arrivals="regular")
    answers = answers_of(Saturation(requests_per_second=19, of=of), workload=calm, instances=instances, until=600)

    assert bool((answers.status == 5).any()) == shown


def test_warm_up_of_a_model():
    """`warm-up`: young instances are slower and fail sometimes, until they are old enough."""
    answers = answers_of(WarmUp(lasts_s=600, factor=4, error_rate=0.1))
    young = answers.arrival < 600
    p, error = share(answers.status == 5, young)

    assert p == pytest.approx(0.1, abs=error)
    assert (answers.status[~young] == 0).all()
    assert answers.model_s[young] == pytest.approx(0.04)
    assert answers.model_s[~young] == pytest.approx(0.01)


def test_every_new_fleet_is_slow_in_its_first_minute():
    """ModelLatency x 1.7 and OverheadLatency x 2.7 for the first 60 s (spec sagemaker 4.1)."""
    timing = Timing(overhead_ms=4.6, overhead_cv=0.0)
    answers = answers_of(timing=timing, until=180)
    young = answers.arrival < 60

    assert answers.model_s[young] == pytest.approx(1.7 * 0.010)
    assert answers.overhead_s[young] == pytest.approx(2.7 * 0.0046)
    assert answers.model_s[~young] == pytest.approx(0.010)
    assert answers.overhead_s[~young] == pytest.approx(0.0046)


def test_warming_goes_by_instance():
    """Instances that get their first traffic later are cold then, while the others stay warm."""
    model = Model(**ROOMY)
    fleet = fleet_of(model, 2, timing=Timing(overhead_ms=0, overhead_cv=0))
    fleet.launch(2)
    plane, tape = plane_of(Arrivals(BUSY, 1), routes_to(fleet))
    plane.advance(600)
    fleet.enable(4, 600.0)
    plane.route(600, routes_to(fleet))
    plane.advance(720)
    answers = tape.answers()
    slow, when = answers.model_s > 0.0101, answers.arrival
    p, error = share(slow, (when >= 600) & (when < 660))

    assert p == pytest.approx(0.5, abs=error)
    assert not slow[(when < 600) | (when >= 660)].any()


def test_large_payloads_fail():
    """`large-payload`: a lognormal of median 10 KB exceeds 10 KB in half of the requests, and those fail."""
    workload = Workload(rate=20, payload=Payload(median_kb=10, sigma=1))
    answers = answers_of(LargePayload(above_kb=10, factor=2), workload=workload)
    large = drawn(workload, Purpose.PAYLOAD, 1, UNTIL) > 0
    p, error = share(large)

    assert p == pytest.approx(0.5, abs=error)
    assert ((answers.status == 5) == large).all()
    assert answers.model_s[large] == pytest.approx(0.02)
    assert answers.model_s[~large] == pytest.approx(0.01)


@pytest.mark.parametrize("sigma, above_kb, expected", [(1.0, 10 * math.e, 0.158655), (0.5, 10 * math.e, 0.022750)])
def test_payloads_are_lognormal(sigma, above_kb, expected):
    """One unit of log above the median is 1/sigma standard deviations."""
    workload = Workload(rate=20, payload=Payload(median_kb=10, sigma=sigma))
    p, error = share(answers_of(LargePayload(above_kb=above_kb), workload=workload).status == 5)

    assert p == pytest.approx(expected, abs=error)


def test_the_same_users_suffer():
    """`some-users`: a share of the users fails, decided apart from every other chance."""
    status = answers_of(SomeUsers(share=0.3, rate=0.5, factor=3, status="4xx"))
    theirs = drawn(BUSY, Purpose.USER, 1, UNTIL) < 0.3
    p, error = share(status.status == 4, theirs)

    assert p == pytest.approx(0.5, abs=error)
    assert (status.status[~theirs] == 0).all()
    assert status.model_s[theirs] == pytest.approx(0.03)


@pytest.mark.parametrize("after_idle_s, cold", [(0.0, True), (9.4, True), (10.0, False)])
@pytest.mark.parametrize("queue", ["shared", "per-worker"])
def test_a_worker_that_was_idle_starts_cold(queue, after_idle_s, cold):
    """`cold-start`: one request in ten seconds that takes 10 ms finds its worker idle for more than 9.4 s."""
    calm = Workload(rate=0.1, arrivals="regular")
    answers = answers_of(ColdStart(add_ms=500, after_idle_s=after_idle_s), workload=calm, queue=queue, workers=1)

    assert answers.model_s[1:] == pytest.approx(0.51 if cold else 0.01)


def test_the_container_is_given_up_after_a_minute():
    """A container that takes longer than 60 s counts as 5xx with a latency of 60 s (spec sagemaker 5)."""
    slow = Workload(rate=1, arrivals="regular")
    hanging = answers_of(Slow(add_ms=70_000, share=0.3), workload=slow, until=3600)
    given_up = drawn(slow, Purpose.TAIL, 1, 3600) < 0.3

    assert (hanging.status[given_up] == 5).all()
    assert hanging.model_s[given_up] == pytest.approx(60)
    assert hanging.completion[given_up] == pytest.approx(hanging.arrival[given_up] + 60)
    assert (hanging.status[~given_up] == 0).all()


@pytest.mark.parametrize("slo_s, client_timeout_s", [(600, 1.5), (1.5, 70)])
def test_the_caller_gives_up(slo_s, client_timeout_s):
    """An answer later than the SLO, or than the client's timeout, is missed, although the endpoint counts no error."""
    workload = Workload(rate=20, client_timeout_s=client_timeout_s)
    model = Model(**ROOMY, faults=(Slow(share=0.1, add_ms=2000),))
    plane, tape = plane_of(Arrivals(workload, 1), routes_to(fleet_of(model, timing=QUICK)), slo_s=slo_s)
    plane.advance(UNTIL)
    late = int((tape.answers().model_s > 1.5).sum())

    assert plane.ledger.counts.slo_missed == late > 1000
    assert plane.ledger.counts.errors_4xx == plane.ledger.counts.errors_5xx == 0
