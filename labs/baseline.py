"""The requests that all runs of a seed meet, and the run without any update, which harm is measured against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.plan import Plan
from engine.run import RequestLog
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.world import World
from labs.exercise.exercise import Release
from labs.lab import Lab


def requests_met(lab: Lab, seed: int) -> Mapping[str, Arrivals]:
    """Return the requests of each release by id; those without a load of their own share the world's."""
    shared = Arrivals(lab.world.workload, seed, keep=True)
    return {
        release.id: shared if release.workload is None else Arrivals(release.workload, seed, keep=True)
        for release in lab.releases
    }


def world_before(lab: Lab, release: Release) -> World:
    """Return the world in which nothing is updated: the lab's own on that day, unless the release replaces a model that
    is in service already, as where old and new configuration share one."""
    config = lab.world.config(lab.world.endpoint.endpoint_config_name)
    serving = {variant.model_name for variant in config.production_variants} if config else set()
    if release.replaces in serving:
        return lab.world_with(release)
    return lab.world if release.workload is None else replace(lab.world, workload=release.workload)


def without_update(lab: Lab, release: Release, arrivals: Arrivals) -> RequestLog:
    """Return which requests go wrong when nothing is updated."""
    return simulate(world_before(lab, release), Plan(), arrivals.seed, arrivals=arrivals, series=False).requests


def logs_without_update(lab: Lab, arrivals: Mapping[str, Arrivals]) -> Mapping[str, RequestLog]:
    """Return the same for every release by id; those that leave world and load alone share one run."""
    logs: dict[str, RequestLog] = {}
    shared: RequestLog | None = None
    for release in lab.releases:
        if world_before(lab, release) is lab.world:
            shared = logs[release.id] = shared or without_update(lab, release, arrivals[release.id])
        else:
            logs[release.id] = without_update(lab, release, arrivals[release.id])
    return logs
