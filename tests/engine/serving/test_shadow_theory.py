"""Shadow fleets against queueing theory: copies of a Poisson stream are one too, and theirs is a queue as any other."""

from __future__ import annotations

import numpy as np
import pytest

from engine.serving.model import Model
from engine.serving.routing import Copies, Routes, VariantRoute
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Workload
from tests.engine.serving.tape import fleet_of, mean_and_error, plane_of
from tests.engine.serving.test_queueing_theory import EXPONENTIAL, MEAN_S, MU, erlang_c, loss

SHARE = 0.4


def copies_of(model, rho, copies, *, seed):
    """Return the answers to about so many copies, which keep the workers of one shadow busy for a share `rho`, and how
    many requests there were."""
    rate = rho * MU * model.workers / SHARE
    main, shadow = fleet_of(Model(service=EXPONENTIAL), 40), fleet_of(model, name="shadow")
    routes = Routes.over([VariantRoute(name="main", weight=1.0, fleets=[(main, 1.0)])], (Copies(main, shadow, SHARE),))
    plane, tape = plane_of(Arrivals(Workload(rate=rate), seed), routes)
    plane.advance(copies / SHARE / rate)
    taken = sum(len(chunk.arrival) for fleet, chunk in tape.chunks if fleet is main)
    tape.chunks = [(fleet, chunk) for fleet, chunk in tape.chunks if fleet is shadow]
    return tape.answers(), taken


@pytest.mark.parametrize("rho", [0.3, 0.7])
def test_copies_wait_as_m_m_1_says(rho):
    """A share p of the requests is a Poisson stream of p lambda: latency 1 / (mu - p lambda)."""
    answers, requests = copies_of(Model(service=EXPONENTIAL), rho, 60_000, seed=3)
    mean, error = mean_and_error(answers.model_s)
    share_error = np.sqrt(SHARE * (1 - SHARE) / requests)

    assert mean == pytest.approx(MEAN_S / (1 - rho), abs=3 * error)
    assert len(answers.arrival) / requests == pytest.approx(SHARE, abs=3 * share_error)


def test_copies_in_a_shared_line_wait_as_erlang_c_says():
    """M/M/c: latency C / (c mu - p lambda) beyond the service."""
    rho, workers = 0.7, 4
    answers, _ = copies_of(Model(service=EXPONENTIAL, workers=workers, queue="shared"), rho, 60_000, seed=4)
    mean, error = mean_and_error(answers.model_s)

    assert mean == pytest.approx(MEAN_S + erlang_c(workers, rho) / (workers * MU * (1 - rho)), abs=3 * error)


def test_a_shadow_without_room_loses_what_m_m_c_k_says():
    """M/M/1/3: one worker and room for two more."""
    rho = 0.9
    answers, _ = copies_of(Model(service=EXPONENTIAL, queue="shared", queue_limit=2), rho, 40_000, seed=5)
    lost, error = mean_and_error(answers.status != 0)

    assert lost == pytest.approx(loss(1, 2, rho), abs=3 * error)


def test_littles_law_on_the_sample_path_of_copies():
    """The time integral of the copies there is the sum of their latencies: exactly, not on average."""
    answers, _ = copies_of(Model(service=EXPONENTIAL), 0.8, 5_000, seed=6)
    moments = np.concatenate((answers.arrival, answers.completion))
    order = np.argsort(moments, kind="stable")
    level = np.cumsum(np.repeat([1.0, -1.0], len(answers.arrival))[order])[:-1]

    assert float((level * np.diff(moments[order])).sum()) == pytest.approx(float(answers.model_s.sum()), rel=1e-9)
    assert level.min() >= 0
