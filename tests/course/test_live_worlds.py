"""Every world of the course as a client of AWS sees it: described by the model, and made again from what is shown."""

from __future__ import annotations

import pytest

from course.shelf import Shelf
from tests.engine.aws.gateway.in_process import gateway_of
from tests.engine.aws.gateway.test_any_calls import ask, fits

REMADE = ("ProductionVariants", "ShadowProductionVariants", "AsyncInferenceConfig")
"""What a tool takes over from one configuration to the next."""


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """The worlds of all labs and incidents, by name."""
    shelf = Shelf([], tmp_path_factory.mktemp("data"))
    found = {name: shelf.lab(name).world for name in shelf.lab_ids()}
    return found | {name: shelf.incident(name).world for name in shelf.incident_ids()}


def answer(gateway, operation, service="sagemaker", **given):
    """Return an answer that has the form of the model."""
    status, body = ask(gateway, service, operation, given)
    assert (status, fits(service, operation, status, body)) == (200, ""), body
    return body


def test_all_of_a_world_is_described(worlds):
    """Endpoint, configurations, models, and what is registered for scaling."""
    assert worlds
    for world in worlds.values():
        gateway = gateway_of(world)
        configs = answer(gateway, "ListEndpointConfigs", MaxResults=100)["EndpointConfigs"]
        models = answer(gateway, "ListModels", MaxResults=100)["Models"]
        scaling = {"service": "application-autoscaling", "ServiceNamespace": "sagemaker"}

        assert {each["EndpointConfigName"] for each in configs} == {each.endpoint_config_name for each in world.configs}
        assert {each["ModelName"] for each in models} == world.models.keys()
        assert len(answer(gateway, "DescribeScalableTargets", **scaling)["ScalableTargets"]) == len(
            world.scalable_targets
        )
        assert len(answer(gateway, "DescribeScalingPolicies", **scaling)["ScalingPolicies"]) == len(
            world.scaling_policies
        )
        assert len(answer(gateway, "ListEndpoints")["Endpoints"]) == world.endpoint.exists
        if world.endpoint.exists:
            answer(gateway, "DescribeEndpoint", EndpointName=world.endpoint.endpoint_name)
        for model in world.models:
            answer(gateway, "DescribeModel", ModelName=model)


def test_what_is_described_makes_the_same_configuration(worlds):
    """As tools do that change one thing of a configuration."""
    for world in worlds.values():
        gateway = gateway_of(world)
        for config in world.configs:
            shown = answer(gateway, "DescribeEndpointConfig", EndpointConfigName=config.endpoint_config_name)
            parts = {name: shown[name] for name in REMADE if name in shown}
            answer(gateway, "CreateEndpointConfig", EndpointConfigName="again", **parts)
            made = gateway.account.live.first.control.configs["again"]

            assert made.variants == config.variants
            assert made.async_inference_config == config.async_inference_config
            answer(gateway, "DeleteEndpointConfig", EndpointConfigName="again")
