"""What AWS documents about a DeploymentConfig beside its shape (spec sagemaker 1.1 to 1.5, 2.9).

Sizes in instances are judged with the world, in `world_rules`. AWS's own sentences for these refusals are
not published (spec 13.7), so the sentences are ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path
from engine.aws.shapes.partial import as_far_as_known
from engine.aws.translation.fields import Raw

CANARY_PERCENT = (1, 50)
"""CanarySize, in % of the variant's instances (spec sagemaker 1.2)."""
LINEAR_PERCENT = (10, 50)
"""LinearStepSize (spec sagemaker 1.2)."""
BATCH_PERCENT = (5, 50)
"""MaximumBatchSize (spec sagemaker 1.4)."""
ROLLBACK_PERCENT = (1, 100)
"""RollbackMaximumBatchSize; 100 % is the whole old fleet at once (spec sagemaker 1.4)."""


def deployment_refusals(call: Call) -> Iterator[Finding]:
    """Yield what the service refuses in the DeploymentConfig of an UpdateEndpoint."""
    if call.operation != "UpdateEndpoint":
        return
    config = call.request.get("DeploymentConfig", {})
    at = call.at("DeploymentConfig")
    for rule in (_two_policies, _nameless_alarms, _routing):
        yield from as_far_as_known(rule(at, config))
    for place, size, limits in sizes(call):
        yield from as_far_as_known(_percent(place, size, limits))


def sizes(call: Call) -> Iterator[tuple[Path, Raw, tuple[int, int]]]:
    """Yield every CapacitySize, its place, and the least and most % of the fleet that it may be."""
    config = call.request.get("DeploymentConfig", {})
    blue_green, rolling = ("BlueGreenUpdatePolicy", "TrafficRoutingConfiguration"), ("RollingUpdatePolicy",)
    places = (
        (blue_green, "CanarySize", CANARY_PERCENT),
        (blue_green, "LinearStepSize", LINEAR_PERCENT),
        (rolling, "MaximumBatchSize", BATCH_PERCENT),
        (rolling, "RollbackMaximumBatchSize", ROLLBACK_PERCENT),
    )
    for parents, field, limits in places:
        owner = config
        for parent in parents:
            owner = owner.get(parent, {})
        if field in owner:
            yield call.at("DeploymentConfig", *parents, field), owner[field], limits


def _two_policies(at: Path, config: Raw) -> Iterator[Finding]:
    if "BlueGreenUpdatePolicy" in config and "RollingUpdatePolicy" in config:
        say = (
            "Only one update policy may be used. Keep BlueGreenUpdatePolicy or RollingUpdatePolicy."
            " (The client lets both pass; how AWS words its refusal is not published.)"
        )
        yield Finding((*at, "RollingUpdatePolicy"), "service", say)


def _nameless_alarms(at: Path, config: Raw) -> Iterator[Finding]:
    for index, alarm in enumerate(config.get("AutoRollbackConfiguration", {}).get("Alarms", ())):
        if "AlarmName" not in alarm:
            place = (*at, "AutoRollbackConfiguration", "Alarms", index)
            yield Finding(
                place,
                "service",
                "This entry names no alarm, although the client lets it pass. Add AlarmName.",
            )


def _routing(at: Path, config: Raw) -> Iterator[Finding]:
    routing = config.get("BlueGreenUpdatePolicy", {}).get("TrafficRoutingConfiguration", {})
    needs = {"CANARY": "CanarySize", "LINEAR": "LinearStepSize"}.get(routing.get("Type"))
    if needs and needs not in routing:
        example = f"{needs}: {{Type: CAPACITY_PERCENT, Value: 10}}"
        say = f"{routing['Type']} needs {needs}. Add it, for example {example}."
        yield Finding((*at, "BlueGreenUpdatePolicy", "TrafficRoutingConfiguration"), "service", say)


def _percent(place: Path, size: Raw, limits: tuple[int, int]) -> Iterator[Finding]:
    low, high = limits
    if size["Type"] == "CAPACITY_PERCENT" and not low <= size["Value"] <= high:
        say = f"{place[-1]} is {size['Value']} % of the fleet. Write {low} to {high}."
        yield Finding((*place, "Value"), "service", say)
