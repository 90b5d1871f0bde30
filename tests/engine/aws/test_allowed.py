"""What a form or a hover may show of a place in a request."""

from __future__ import annotations

import pytest

from engine.aws.allowed import Allowed, allowed

ROUTING = ("DeploymentConfig", "BlueGreenUpdatePolicy", "TrafficRoutingConfiguration")


def test_a_number_has_its_bounds() -> None:
    """Minimum and maximum come from the service model, and a required field is marked."""
    assert allowed("UpdateEndpoint", (*ROUTING, "WaitIntervalInSeconds")) == Allowed(
        kind="whole number", required=True, least=0, most=3600
    )


def test_an_enum_has_its_values() -> None:
    """A closed set of texts is listed in AWS's order."""
    found = allowed("UpdateEndpoint", (*ROUTING, "Type"))

    assert found is not None
    assert (found.kind, found.choices) == ("text", ("ALL_AT_ONCE", "CANARY", "LINEAR"))


@pytest.mark.parametrize(
    "path", [("Alarms", "AlarmName"), ("Alarms", 3, "AlarmName")], ids=["without-index", "with-index"]
)
def test_indices_may_be_left_out(path: tuple[str | int, ...]) -> None:
    """A place inside a list is found with its index or without."""
    found = allowed("UpdateEndpoint", ("DeploymentConfig", "AutoRollbackConfiguration", *path))

    assert found is not None
    assert (found.kind, found.required, found.least, found.most) == ("text", False, 1, 255)


def test_a_mapping_names_its_fields() -> None:
    """Required fields come first; a list of mappings names those of its entries."""
    request, dimensions = allowed("PutMetricAlarm", ()), allowed("PutMetricAlarm", ("Dimensions",))

    assert request is not None and dimensions is not None
    assert (request.kind, request.fields[0]) == ("mapping", "AlarmName")
    assert {"Period", "Threshold"} <= set(request.fields)
    assert (dimensions.kind, dimensions.most, dimensions.fields) == ("list", 30, ("Name", "Value"))


def test_what_the_model_does_not_name_is_listed_too() -> None:
    """TreatMissingData is a plain text to the model, and four values to CloudWatch."""
    found = allowed("PutMetricAlarm", ("TreatMissingData",))

    assert found is not None
    assert found.choices == ("missing", "ignore", "breaching", "notBreaching")


def test_metrics_are_suggested() -> None:
    """Where any text is possible, those that an endpoint publishes are suggested."""
    found = allowed("PutMetricAlarm", ("MetricName",))

    assert found is not None
    assert (found.choices, "ModelLatency" in found.suggestions) == ((), True)


@pytest.mark.parametrize(
    ("operation", "path"),
    [("Nonsense", ()), ("UpdateEndpoint", ("Nonsense",)), ("UpdateEndpoint", ("EndpointName", "Deeper"))],
)
def test_what_does_not_exist_is_nothing(operation: str, path: tuple[str, ...]) -> None:
    """A place that no request has is None, and no error."""
    assert allowed(operation, path) is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((*ROUTING, "WaitIntervalInSeconds"), "a whole number, 0 to 3600"),
        ((*ROUTING, "Type"), "ALL_AT_ONCE or CANARY or LINEAR"),
        ((*ROUTING, "CanarySize", "Value"), "a whole number, at least 1"),
        (("RetainDeploymentConfig",), "true or false"),
        (("DeploymentConfig",), "a mapping"),
        (("EndpointName",), "a text, 0 to 63 characters"),
    ],
)
def test_it_can_be_said_in_words(path: tuple[str, ...], words: str) -> None:
    """The words fit into a sentence."""
    found = allowed("UpdateEndpoint", path)

    assert found is not None
    assert found.in_words() == words
