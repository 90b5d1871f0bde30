"""The data plane against the textbook: means, tails and losses of classical queues (spec labs, theory).

Every seed is fixed. Tolerances are three standard errors: from theory for M/M/1, else from batch means.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.serving.faults import ColdStart
from engine.serving.model import Model, ServiceTime
from engine.ticks import whole_ticks
from engine.traffic.streams import Purpose
from engine.traffic.workload import Workload
from tests.engine.serving.tape import drawn, mean_and_error, served

MEAN_S = 0.04
MU = 1 / MEAN_S
EXPONENTIAL = ServiceTime(mean_ms=1000 * MEAN_S, kind="exponential")


def load(rho, requests, workers=1):
    """Return the traffic that keeps `workers` busy for a share `rho`, and how long so many requests take."""
    rate = rho * MU * workers
    return Workload(rate=rate), requests / rate


def waits(answers, workload, seed, until_s):
    """Return how long each request waited before exponential service."""
    return answers.model_s - whole_ticks(MEAN_S * drawn(workload, Purpose.SERVICE_EXPONENTIAL, seed, until_s))


def mm1_wait_error(rho, n):
    """Return the standard error of the mean wait over n requests (spec labs, theory), in seconds."""
    return MEAN_S * math.sqrt(rho * (2 + 5 * rho - 4 * rho**2 + rho**3) / (1 - rho) ** 4 / n)


@pytest.mark.parametrize("rho", [0.1, 0.5, 0.8, 0.9])
def test_mm1_mean_wait(rho):
    """M/M/1: a request waits rho / (mu - lambda) on average."""
    workload, until = load(rho, 200_000)
    answers = served(Model(service=EXPONENTIAL), workload, until, seed=1)
    wait = waits(answers, workload, 1, until)

    assert wait.mean() == pytest.approx(rho / (MU - workload.rate), abs=3 * mm1_wait_error(rho, len(wait)))


@pytest.mark.parametrize("queue", ["shared", "per-worker"])
@pytest.mark.parametrize("rho, cold_s", [(0.1, 0.2), (0.5, 0.04), (0.7, 1.0)])
def test_mm1_with_a_cold_start(rho, cold_s, queue):
    """M/M/1 whose worker needs D after every idle time: the wait grows by (2 D + lambda D^2) / (2 (1 + lambda D))."""
    workload, until = load(rho, 120_000)
    model = Model(service=EXPONENTIAL, queue=queue, faults=(ColdStart(add_ms=1000 * cold_s),))
    mean, error = mean_and_error(waits(served(model, workload, until, seed=9), workload, 9, until))
    more = (2 * cold_s + workload.rate * cold_s**2) / (2 * (1 + workload.rate * cold_s))

    assert mean == pytest.approx(rho / (MU - workload.rate) + more, abs=3 * error)


@pytest.mark.parametrize("rho", [0.3, 0.7])
@pytest.mark.parametrize("p", [0.5, 0.9, 0.99])
def test_mm1_response_quantiles(rho, p):
    """M/M/1: the quantile p of the response is -ln(1 - p) / (mu - lambda)."""
    workload, until = load(rho, 400_000)
    response = served(Model(service=EXPONENTIAL), workload, until, seed=2).model_s
    quantile = -math.log(1 - p) / (MU - workload.rate)
    share, error = mean_and_error(response <= quantile)

    assert share == pytest.approx(p, abs=3 * error)


@pytest.mark.parametrize("rho", [0.4, 0.8])
@pytest.mark.parametrize(
    "service, cv",
    [
        pytest.param(ServiceTime(mean_ms=40, kind="constant"), 0.0, id="constant"),
        pytest.param(ServiceTime(mean_ms=40, cv=0.5), 0.5, id="lognormal"),
        pytest.param(ServiceTime(mean_ms=40, cv=1.5), 1.5, id="lognormal with a tail"),
    ],
)
def test_mg1_pollaczek_khinchine(rho, service, cv):
    """M/G/1: the wait is that of M/M/1 times (1 + cv²) / 2, however service times are spread."""
    workload, until = load(rho, 400_000)
    response = served(Model(service=service), workload, until, seed=3).model_s
    mean, error = mean_and_error(response)
    wait = rho / (1 - rho) * MEAN_S * (1 + cv**2) / 2

    assert mean - MEAN_S == pytest.approx(wait, abs=3 * error)


@pytest.mark.parametrize(
    "kind, mean, cv",
    [("lognormal", 0.04, 0.5), ("lognormal", 0.04, 2.0), ("exponential", 0.04, 1.0), ("constant", 0.04, 0.0)],
)
def test_service_times_have_the_mean_and_spread_that_was_asked_for(kind, mean, cv):
    """With so many workers that nobody waits, the response is the service time."""
    service = ServiceTime(mean_ms=1000 * mean, kind=kind, cv=cv)
    response = served(Model(service=service, workers=64, queue="shared"), Workload(rate=20.0), 5000, seed=4).model_s
    error = cv * mean / math.sqrt(len(response))

    assert response.mean() == pytest.approx(mean, abs=3 * error + 1e-12, rel=1e-3)
    assert response.std() / mean == pytest.approx(cv, abs=1e-9, rel=0.15 if cv > 1 else 0.02)


def erlang_c(workers, rho):
    """Return the probability of waiting in M/M/c."""
    offered = workers * rho
    own = offered**workers / math.factorial(workers) / (1 - rho)
    return own / (sum(offered**k / math.factorial(k) for k in range(workers)) + own)


@pytest.mark.parametrize("workers, rho", [(2, 0.7), (4, 0.8), (8, 0.6)])
def test_mmc_erlang_c(workers, rho):
    """M/M/c: with a shared line the share that waits is Erlang C, the mean wait C / (c mu - lambda)."""
    workload, until = load(rho, 120_000, workers)
    model = Model(service=EXPONENTIAL, workers=workers, queue="shared")
    wait = waits(served(model, workload, until, seed=5), workload, 5, until)
    waiting, error = mean_and_error(wait > 0)
    mean, mean_error = mean_and_error(wait)
    probability = erlang_c(workers, rho)

    assert waiting == pytest.approx(probability, abs=3 * error)
    assert mean == pytest.approx(probability / (workers * MU - workload.rate), abs=3 * mean_error)


def loss(workers, room, rho):
    """Return the probability that M/M/c/K with K = workers + room is full."""
    offered, states = workers * rho, []
    for k in range(workers + room + 1):
        busy = min(k, workers)
        states.append(offered**k / math.factorial(busy) / workers ** (k - busy))
    return states[-1] / sum(states)


@pytest.mark.parametrize("workers, room, rho", [(1, 3, 0.9), (4, 0, 0.8), (4, 6, 1.2), (2, 2, 2.0)])
def test_mmck_loss(workers, room, rho):
    """M/M/c/K: a full line refuses with 5xx as often as the textbook says, over capacity too."""
    workload, until = load(rho, 120_000, workers)
    model = Model(service=EXPONENTIAL, workers=workers, queue="shared", queue_limit=room)
    answers = served(model, workload, until, seed=6)
    share, error = mean_and_error(answers.status == 5)

    assert share == pytest.approx(loss(workers, room, rho), abs=3 * error)
    assert (answers.model_s[answers.status == 5] == 0).all()


@pytest.mark.parametrize("cv", [0.2, 2.0])
def test_erlang_b_does_not_care_how_service_times_are_spread(cv):
    """M/G/c/c: the loss depends on the mean service time alone (spec labs, theory)."""
    workload, until = load(0.8, 120_000, 4)
    service = ServiceTime(mean_ms=1000 * MEAN_S, cv=cv)
    model = Model(service=service, workers=4, queue="shared", queue_limit=0)
    share, error = mean_and_error(served(model, workload, until, seed=7).status == 5)

    assert share == pytest.approx(loss(4, 0, 0.8), abs=3 * error)


def test_littles_law_on_the_sample_path():
    """The time integral of the number in the system is the sum of the times in it: exactly, not on average."""
    workload, until = load(0.8, 50_000)
    answers = served(Model(service=EXPONENTIAL), workload, until, seed=8)
    moments = np.concatenate((answers.arrival, answers.completion))
    change = np.repeat([1.0, -1.0], len(answers.arrival))
    order = np.argsort(moments, kind="stable")
    level = np.cumsum(change[order])[:-1]
    integral = float((level * np.diff(moments[order])).sum())

    assert integral == pytest.approx(float(answers.model_s.sum()), rel=1e-9)
    assert level.min() >= 0


@pytest.mark.parametrize(
    "rate, factor",
    [pytest.param(2.0, 1.23, id="rho 0.1"), pytest.param(6.0, 1.31, id="0.3"), pytest.param(16.0, 6.0, id="0.8")],
)
def test_it_is_only_slow_under_load(rate, factor):
    """Service of 60 in place of 50 ms: the mean response grows by so much more the busier it is (spec labs 9)."""
    means = []
    for mean_ms in (50, 60):
        service = ServiceTime(mean_ms=mean_ms, kind="exponential")
        answers = served(Model(service=service), Workload(rate=rate), 300_000 / rate, seed=9)
        means.append(mean_and_error(answers.model_s))
    (before, error), (after, after_error) = means
    spread = factor * math.hypot(error / before, after_error / after)

    assert after / before == pytest.approx(factor, abs=3 * spread + 0.005 * factor)
