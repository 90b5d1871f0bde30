"""Requests about shadow tests of the endpoint `churn`, whose variant `main` runs the model `v1`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from engine.plan import Plan
from engine.requests.experiments import (
    CreateInferenceExperiment,
    DeleteInferenceExperiment,
    ModelVariant,
    Schedule,
    ShadowMode,
    StartInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.simulate import simulate
from tests.engine.rollouts import STEADY, world

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
KEPT = {"main": "Retain", "Shadow-01": "Remove"}
PROMOTED = {"main": "Remove", "Shadow-01": "Promote"}
"""As in AWS's example (spec inference 7.2)."""


def variant(name="Shadow-01", model="v2", kind="ml.m5.large", count=2):
    """Return a model variant."""
    return ModelVariant(variant_name=name, model_name=model, instance_type=kind, instance_count=count)


def mode(percent=50):
    """Return the mode with so many percent of the requests."""
    return ShadowMode(source_variant="main", shadow_variant="Shadow-01", sampling_percentage=percent)


def created(percent=50, *, source=None, shadow=None, **fields):
    """Return the request that creates the shadow test `try`."""
    variants = (source or variant("main", "v1", count=4), shadow or variant())
    given = {"name": "try", "role_arn": ROLE, "endpoint_name": "churn", "model_variants": variants, **fields}
    return CreateInferenceExperiment(shadow_mode=mode(percent), **given)


def changed(**fields):
    """Return the request that changes it."""
    return UpdateInferenceExperiment(name="try", **fields)


def started():
    """Return the request that starts it early."""
    return StartInferenceExperiment(name="try")


def stopped(actions=None, **fields):
    """Return the request that stops it."""
    return StopInferenceExperiment(name="try", actions=actions or KEPT, **fields)


def deleted():
    """Return the request that forgets it."""
    return DeleteInferenceExperiment(name="try")


def where(**fields):
    """Return a world for an hour in which nothing is left to chance: requests are sent at second 300."""
    return world(**{"timing": replace(STEADY, experiment_s=10.0), "duration_s": 3600.0, "update_at_s": 300.0, **fields})


def between(world, start_s=None, end_s=None):
    """Return a schedule by seconds of the run."""
    return Schedule(
        start_time=None if start_s is None else world.clock(start_s),
        end_time=None if end_s is None else world.clock(end_s),
    )


def run_of(world, *steps):
    """Return the run of these requests, each alone or as a step."""
    return simulate(world, Plan(tuple(steps)), 1)


def statuses(run):
    """Return when the test had which status."""
    return [(event.t, event.what) for event in run.events if event.say.startswith("The shadow test")]


def the_test(run):
    """Return what DescribeInferenceExperiment answers at the end."""
    [test] = run.experiments
    return test


DAY = timedelta(days=1)
