"""What the service refuses of shadow tests because of what exists (spec sagemaker 9, inference 7.1, 7.2).

Codes are the service model's; AWS's texts are not published.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.requests.experiments import Schedule
from engine.requests.sagemaker import AsyncInferenceConfig, EndpointConfig, ProductionVariant, ServerlessConfig
from tests.engine.rollouts import canary, config, later, update
from tests.engine.sagemaker.shadow_tests.experiments import (
    DAY,
    PROMOTED,
    between,
    changed,
    created,
    deleted,
    mode,
    run_of,
    started,
    stopped,
    variant,
    where,
)
from tests.engine.shadows import shadow, shadowed

WORLD = where()
SOON = Schedule(start_time=WORLD.clock(2000))
AT_ONCE, PLANNED = created(), created(schedule=SOON)
TWO = EndpointConfig(
    endpoint_config_name="v1",
    production_variants=tuple(ProductionVariant(variant_name=name, model_name="v1") for name in ("main", "b")),
)

ENVIRONMENTS = ServerlessConfig(memory_size_in_mb=2048, max_concurrency=200)
SERVERLESS = EndpointConfig(
    endpoint_config_name="v1",
    production_variants=(ProductionVariant(variant_name="main", model_name="v1", serverless_config=ENVIRONMENTS),),
)


def refused(run):
    """Return code and text of each refusal."""
    return [(event.what, event.detail["message"]) for event in run.events if event.is_refusal]


@pytest.mark.parametrize(
    "steps, code, say",
    [
        ([AT_ONCE, AT_ONCE], "ResourceInUse", "called try exists already"),
        ([PLANNED, stopped(), created(name="TRY")], "ResourceInUse", "called try exists already"),
        ([AT_ONCE, created(name="other")], "ResourceInUse", "is used by the inference experiment try"),
        ([PLANNED, created(name="other")], "ResourceInUse", "which is not over"),
        ([created(endpoint_name="chrun")], "ValidationException", "Could not find endpoint"),
        ([created(shadow=variant(model="v9"))], "ValidationException", "Could not find model"),
        ([created(source=variant("main", "v2"))], "ValidationException", "runs the model v1, not v2"),
        ([created(schedule=Schedule(end_time=WORLD.clock(100)))], "ValidationException", "would end at"),
        ([created(schedule=Schedule(end_time=WORLD.clock(0) + 40 * DAY))], "ValidationException", "at most 30 days"),
        ([update(canary()), AT_ONCE], "ValidationException", "Cannot update in-progress endpoint"),
        ([changed()], "ResourceNotFound", "called try"),
        ([started()], "ResourceNotFound", "called try"),
        ([stopped()], "ResourceNotFound", "called try"),
        ([deleted()], "ResourceNotFound", "called try"),
        ([AT_ONCE, started()], "ConflictException", "It must be Created"),
        ([AT_ONCE, deleted()], "ConflictException", "It must be Completed or Cancelled"),
        ([PLANNED, deleted()], "ConflictException", "It must be Completed or Cancelled"),
        ([PLANNED, stopped(PROMOTED)], "ConflictException", "has not begun"),
        ([AT_ONCE, changed(schedule=SOON)], "ConflictException", "only its end may change"),
        ([AT_ONCE, changed(model_variants=(variant(count=3),))], "ConflictException", "and no more"),
        ([PLANNED, changed(model_variants=(variant(model="v1"),))], "ValidationException", "models of a test stay"),
        ([AT_ONCE, changed(schedule=Schedule(end_time=WORLD.clock(400)))], "ValidationException", "would end at"),
        ([AT_ONCE, stopped(), changed()], "ConflictException", "It must be Created or Running"),
        ([AT_ONCE, stopped(), stopped()], "ConflictException", "It must be Created or Running"),
        ([AT_ONCE, update()], "ValidationException", "is used by the inference experiment try, which is Running"),
    ],
)
def test_what_is_refused(steps, code, say):
    """Each request 250 seconds after the one before; the last one is refused, and the run says why."""
    run = run_of(WORLD, *(later(250 * place, request) for place, request in enumerate(steps)))
    [(found, message)] = refused(run)

    assert found == code
    assert say in message


def test_a_test_is_creating_for_a_moment():
    """Whatever is asked of it then is a conflict."""
    run = run_of(WORLD, later(0, AT_ONCE), later(5, stopped()), later(6, changed(shadow_mode=mode(10))))

    assert [code for code, _ in refused(run)] == ["ConflictException"] * 2


@pytest.mark.parametrize(
    "configs, say",
    [
        ((TWO, config("v2")), "has 2 production variants"),
        ((config("v1", variant_name="other"), config("v2")), "no production variant main"),
        ((shadowed("v1", shadow(model_name="v2")), config("v2")), "has the shadow variant shadow already"),
        ((replace(config("v1"), async_inference_config=AsyncInferenceConfig()), config("v2")), "is asynchronous, and"),
        ((SERVERLESS, config("v2")), "is serverless, and a shadow test takes a real-time one"),
    ],
)
def test_endpoints_that_take_none(configs, say):
    """One production variant, the one that is named, real-time, and no shadow yet (spec sagemaker 9)."""
    [(_, message)] = refused(run_of(where(configs=configs), later(0, AT_ONCE)))

    assert say in message


@pytest.mark.parametrize("quota, codes", [(6, []), (5, ["ResourceLimitExceeded"])])
def test_the_quota(quota, codes):
    """Four in production, and two of the shadow (spec sagemaker 8.1)."""
    assert [code for code, _ in refused(run_of(where(instance_quota=quota), later(0, AT_ONCE)))] == codes


def test_after_one_test_another():
    """The endpoint is free again once a test is over."""
    end = between(WORLD, None, 1200)
    run = run_of(WORLD, later(0, created(schedule=end)), later(1500, created(name="next", shadow=variant("Shadow-01"))))

    assert refused(run) == []
    assert [each["Status"] for each in run.experiments] == ["Completed", "Running"]
