"""What AWS takes and this simulation cannot do without: a plan that asks for it is not run.

What a run can leave out is in `engine.aws.advice.left_out`. To add something, write a rule and name it in `RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.aws.calls import Call
from engine.aws.finding import Finding, Path
from engine.aws.rules.composites import LONGEST_WAIT_S, WAITS
from engine.aws.rules.configs import KINDS
from engine.aws.shapes.partial import as_far_as_known
from engine.cloudwatch.math.series import unknown_to_the_simulator
from engine.requests.autoscaling import SAGEMAKER, SCALED
from engine.requests.fields import Raw
from engine.requests.sagemaker import MOST_INSTANCES

Said = Iterator[tuple[Path, str]]
SIMULATED_ROUTING = ("RANDOM", "LEAST_OUTSTANDING_REQUESTS")
QUERY = re.compile(r"\s*SELECT\s", re.IGNORECASE)
"""How a Metrics Insights query begins (spec cloudwatch 10)."""


def not_simulated(call: Call) -> Iterator[Finding]:
    """Yield what stops a run although AWS would take it."""
    for rule in RULES.get(call.operation, ()):
        yield from (Finding(call.at(*inside), "not-simulated", say) for inside, say in as_far_as_known(rule(call)))


def _prom_ql(call: Call) -> Said:
    if "EvaluationCriteria" in call.request:
        yield (
            ("EvaluationCriteria",),
            "AWS knows PromQL alarms, this simulation does not. Name a metric with MetricName instead.",
        )


def _anomaly(call: Call) -> Said:
    """A band instead of a threshold (spec cloudwatch 8)."""
    if "ThresholdMetricId" in call.request and "Threshold" not in call.request:
        say = "AWS knows anomaly detection, this simulation does not: nobody published how wide its bands are."
        yield ("ThresholdMetricId",), f"{say} Compare with a Threshold instead."


def _functions(call: Call) -> Said:
    for index, query in enumerate(call.request.get("Metrics", ())):
        expression = query.get("Expression", "")
        place = ("Metrics", index, "Expression")
        if QUERY.match(expression):
            say = "AWS knows Metrics Insights queries (SELECT), this simulation does not."
            yield place, f"{say} Name the metric with MetricName, or with MetricStat in Metrics."
        for function in unknown_to_the_simulator(expression):
            yield place, f"CloudWatch has the function {function}, this simulation does not. Compute it otherwise."


def _waits(call: Call) -> Said:
    for field in WAITS:
        if call.request.get(field, 0) > LONGEST_WAIT_S:
            say = f"{field} may be longer on AWS, which names no limit; here it is at most {LONGEST_WAIT_S} seconds."
            yield (field,), f"{say} Write that."


def _model(call: Call) -> Said:
    for place, variant in _variants(call):
        if "ModelName" not in variant:
            say = "This variant names no model, as inference components do, which are not simulated. Add ModelName."
            yield place, say


def _routing(call: Call) -> Said:
    for place, variant in _variants(call):
        strategy = variant.get("RoutingConfig", {}).get("RoutingStrategy")
        if strategy and strategy not in SIMULATED_ROUTING:
            say = f"AWS knows {strategy}, this simulation does not. Write {' or '.join(SIMULATED_ROUTING)}."
            yield (*place, "RoutingConfig"), say


def _variants(call: Call) -> Iterator[tuple[Path, Raw]]:
    """Yield each variant of a configuration with its place, shadows too."""
    for kind in KINDS:
        yield from _listed(call, kind)


def _listed(call: Call, field: str) -> Iterator[tuple[Path, Raw]]:
    yield from (((field, index), each) for index, each in enumerate(call.request.get(field, ())))


def _initial_counts(call: Call) -> Said:
    return _counts(_variants(call), "InitialInstanceCount")


def _desired_counts(call: Call) -> Said:
    return _counts(_listed(call, "DesiredWeightsAndCapacities"), "DesiredInstanceCount")


def _counts(variants: Iterator[tuple[Path, Raw]], field: str) -> Said:
    for place, each in variants:
        if each.get(field, 0) > MOST_INSTANCES:
            say = f"This simulation holds at most {MOST_INSTANCES} instances of a variant. Write fewer."
            yield (*place, field), say


def _scales(call: Call) -> Said:
    """Other services, and the copies of inference components."""
    namespace, dimension = call.request["ServiceNamespace"], call.request["ScalableDimension"]
    if namespace != SAGEMAKER:
        yield ("ServiceNamespace",), f"AWS scales {namespace} too, this simulation does not. Write {SAGEMAKER}."
    elif dimension not in SCALED and dimension.startswith(f"{SAGEMAKER}:"):
        say = f"AWS scales {dimension} too, this simulation does not. Write {' or '.join(SCALED)}."
        yield ("ScalableDimension",), say


def _bounds(call: Call) -> Said:
    yield from _largest(call.request, ("MaxCapacity",))


def _scheduled_bounds(call: Call) -> Said:
    yield from _largest(call.request.get("ScalableTargetAction", {}), ("ScalableTargetAction", "MaxCapacity"))


def _largest(bounds: Raw, place: Path) -> Said:
    if bounds.get("MaxCapacity", 0) > MOST_INSTANCES:
        say = f"AWS sets no limit to MaxCapacity, this simulation holds at most {MOST_INSTANCES} instances."
        yield place, f"{say} Write that or less."


def _functions_tracked(call: Call) -> Said:
    tracking = call.request.get("TargetTrackingScalingPolicyConfiguration", {})
    queries = tracking.get("CustomizedMetricSpecification", {}).get("Metrics", ())
    for index, query in enumerate(queries):
        inside = ("TargetTrackingScalingPolicyConfiguration", "CustomizedMetricSpecification", "Metrics", index)
        for function in unknown_to_the_simulator(query.get("Expression", "")):
            say = f"CloudWatch has the function {function}, this simulation does not. Compute it otherwise."
            yield (*inside, "Expression"), say


def _source(call: Call) -> Said:
    """AWS also takes a manifest (spec inference 5)."""
    data = call.request["TransformInput"]["DataSource"]["S3DataSource"]
    if data["S3DataType"] in ("ManifestFile", "Converse"):
        say = f"{data['S3DataType']} is not simulated: the objects of a world are found by their prefix."
        yield ("TransformInput", "DataSource", "S3DataSource", "S3DataType"), f"{say} Write S3Prefix."


RULES = {
    "PutMetricAlarm": (_prom_ql, _anomaly, _functions),
    "PutCompositeAlarm": (_waits,),
    "CreateEndpointConfig": (_model, _routing, _initial_counts),
    "UpdateEndpointWeightsAndCapacities": (_desired_counts,),
    "CreateTransformJob": (_source,),
    "RegisterScalableTarget": (_scales, _bounds),
    "DeregisterScalableTarget": (_scales,),
    "PutScalingPolicy": (_scales, _functions_tracked),
    "DeleteScalingPolicy": (_scales,),
    "PutScheduledAction": (_scales, _scheduled_bounds),
    "DeleteScheduledAction": (_scales,),
}
"""By operation; each rule takes a request that has the right shape, and yields places in it and sentences."""
