"""What a data plane answered, request by request, without the rest of the simulated cloud."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.requests.sagemaker import ProductionVariant
from engine.serving.data_plane import DataPlane
from engine.serving.fleet import ALWAYS, Fleet
from engine.serving.ledger import Accounting
from engine.serving.routing import Routes, VariantRoute
from engine.timing import Timing
from engine.traffic.arrivals import Arrivals
from engine.traffic.workload import Workload

NEVER_LATE = 600.0
QUICK = Timing(overhead_ms=0.0, overhead_cv=0.0)


class Tape:
    """Takes the place of the metric store and keeps every answer."""

    def __init__(self):
        self.chunks = []

    def record(self, fleet, chunk):
        """Keep the answers."""
        self.chunks.append((fleet, chunk))

    def close(self, minute):
        """Nothing needs to be worked out."""

    def answers(self):
        """Return all answers in order of arrival."""
        columns = ("arrival", "completion", "status", "model_s", "overhead_s")
        joined = [np.concatenate([getattr(chunk, name) for _, chunk in self.chunks]) for name in columns]
        order = np.argsort(joined[0], kind="stable")
        return Answered(*(column[order] for column in joined))


@dataclass
class Answered:
    """Columns, one row per request."""

    arrival: np.ndarray
    completion: np.ndarray
    status: np.ndarray
    model_s: np.ndarray
    overhead_s: np.ndarray


def fleet_of(model, instances=1, *, timing=QUICK, routing="RANDOM", cold=False, workload=None, name="v1"):
    """Return a fleet with traffic, warm unless it is to be cold."""
    variant = ProductionVariant(variant_name="main", model_name="m", routing_strategy=routing)
    fleet = Fleet(variant, name, model, timing, (workload or Workload(rate=1)).payload)
    fleet.launch(instances)
    fleet.enable(instances, 0.0 if cold else ALWAYS)
    return fleet


def routes_to(*fleets, shares=None):
    """Return a table over the fleets of one variant."""
    shares = shares or [1 / len(fleets)] * len(fleets)
    return Routes.over([VariantRoute(name="main", weight=1.0, fleets=list(zip(fleets, shares, strict=True)))])


def plane_of(arrivals, routes, *, slo_s=NEVER_LATE, until_s=1e9):
    """Return a data plane and its tape."""
    tape = Tape()
    accounting = Accounting(
        until_s=until_s,
        slo_s=slo_s,
        client_timeout_s=arrivals.workload.client_timeout_s,
        keep_requests=True,
    )
    plane = DataPlane(arrivals, tape, routes, accounting)
    plane.bring(0.0, "v2")
    return plane, tape


def served(model, workload, until_s, *, seed=0, cuts=(), **fleet):
    """Return the answers of one fleet, the stretches cut at `cuts`."""
    plane, tape = plane_of(Arrivals(workload, seed), routes_to(fleet_of(model, workload=workload, **fleet)))
    for cut in sorted(cuts):
        plane.advance(cut)
    plane.advance(until_s)
    return tape.answers()


def slots_of(workload, seed, until_s):
    """Return the slots of [0, until_s)."""
    arrivals = Arrivals(workload, seed)
    return [arrivals.slot(k) for k in range(arrivals.index_at(until_s) + 1)]


def arrived(workload, seed, until_s):
    """Return when the requests of [0, until_s) arrive."""
    return np.concatenate([slot.arrival[slot.arrival < until_s] for slot in slots_of(workload, seed, until_s)])


def drawn(workload, purpose, seed, until_s):
    """Return the variates that belong to the requests of [0, until_s), in order."""
    slots = slots_of(workload, seed, until_s)
    return np.concatenate([slot.draw(purpose)[slot.arrival < until_s] for slot in slots])


def mean_and_error(values, batches=50):
    """Return the mean and its standard error by batch means, which sees that neighbours are alike."""
    means = np.array([part.mean() for part in np.array_split(values, batches)])
    return float(values.mean()), float(means.std(ddof=1) / np.sqrt(batches))
