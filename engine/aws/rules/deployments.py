"""What AWS documents about a DeploymentConfig beside its shape (spec sagemaker 1.1 to 1.5, 2.9).

Sizes in instances are judged with the world, in `engine.sagemaker.refusals`. AWS's own sentences for these refusals
are not published (spec 13.7), so the sentences are ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path, Wrong
from engine.aws.shapes.partial import as_far_as_known
from engine.requests.fields import Raw
from engine.sagemaker.updates.terms import SIZES, Size


def deployment_refusals(call: Call) -> Iterator[Finding]:
    """Yield what the service refuses in the DeploymentConfig of an UpdateEndpoint or a CreateEndpoint."""
    if call.operation not in ("UpdateEndpoint", "CreateEndpoint"):
        return
    config = call.request.get("DeploymentConfig", {})
    at = call.at("DeploymentConfig")
    for rule in (_two_policies, _nameless_alarms, _routing):
        yield from as_far_as_known(rule(at, config))
    for place, value, size in sizes(call):
        yield from as_far_as_known(_percent(place, value, size))


def sizes(call: Call) -> Iterator[tuple[Path, Raw, Size]]:
    """Yield every CapacitySize with its place and its terms."""
    for size in SIZES:
        owner = call.request.get("DeploymentConfig", {})
        for parent in size.parents:
            owner = owner.get(parent, {})
        if size.field in owner:
            yield call.at("DeploymentConfig", *size.path), owner[size.field], size


def _two_policies(at: Path, config: Raw) -> Iterator[Finding]:
    if "BlueGreenUpdatePolicy" in config and "RollingUpdatePolicy" in config:
        remedy = (
            "Keep BlueGreenUpdatePolicy or RollingUpdatePolicy. (The client lets both pass; how AWS words its refusal "
            "is not published.)"
        )
        yield Wrong("Only one update policy may be used.", remedy).at((*at, "RollingUpdatePolicy"))


def _nameless_alarms(at: Path, config: Raw) -> Iterator[Finding]:
    for index, alarm in enumerate(config.get("AutoRollbackConfiguration", {}).get("Alarms", ())):
        if "AlarmName" not in alarm:
            place = (*at, "AutoRollbackConfiguration", "Alarms", index)
            yield Wrong(
                "This entry names no alarm, although the client lets it pass.",
                "Add AlarmName.",
                answer="An entry of Alarms has no AlarmName.",
            ).at(place)


def _routing(at: Path, config: Raw) -> Iterator[Finding]:
    routing = config.get("BlueGreenUpdatePolicy", {}).get("TrafficRoutingConfiguration", {})
    needs = next((size.field for size in SIZES if size.strategy == routing.get("Type") and size.required), None)
    if needs and needs not in routing:
        example = f"{needs}: {{Type: CAPACITY_PERCENT, Value: 10}}"
        wrong = Wrong(f"{routing['Type']} needs {needs}.", f"Add it, for example {example}.")
        yield wrong.at((*at, "BlueGreenUpdatePolicy", "TrafficRoutingConfiguration"))


def _percent(place: Path, value: Raw, size: Size) -> Iterator[Finding]:
    if value["Type"] == "CAPACITY_PERCENT" and not size.low <= value["Value"] <= size.high:
        wrong = Wrong(f"{size.field} is {value['Value']} % of the fleet.", f"Write {size.low} to {size.high}.")
        yield wrong.at((*place, "Value"))
