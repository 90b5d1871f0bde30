"""The run without any update, which harm is measured against."""

from __future__ import annotations

from collections.abc import Mapping

from engine.plan import Plan
from engine.run import RequestLog
from engine.simulate import simulate
from engine.traffic.arrivals import Arrivals
from engine.world import World
from labs.exercise.exercise import Release
from labs.lab import Lab


def world_before(lab: Lab, release: Release) -> World:
    """Return the world in which nothing is updated: the lab's own, unless the release replaces a model that is in
    service already, as where old and new configuration share one."""
    config = lab.world.config(lab.world.endpoint.endpoint_config_name)
    serving = {variant.model_name for variant in config.production_variants} if config else set()
    return lab.world_with(release) if release.replaces in serving else lab.world


def without_update(lab: Lab, release: Release, arrivals: Arrivals) -> RequestLog:
    """Return which requests go wrong when nothing is updated."""
    return simulate(world_before(lab, release), Plan(), arrivals.seed, arrivals=arrivals, series=False).requests


def logs_without_update(lab: Lab, arrivals: Arrivals) -> Mapping[str, RequestLog]:
    """Return the same for every release by id; those that leave the old model alone share one run."""
    logs: dict[str, RequestLog] = {}
    shared: RequestLog | None = None
    for release in lab.releases:
        if world_before(lab, release) is lab.world:
            shared = logs[release.id] = shared or without_update(lab, release, arrivals)
        else:
            logs[release.id] = without_update(lab, release, arrivals)
    return logs
