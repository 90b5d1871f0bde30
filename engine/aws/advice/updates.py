"""Advice on updates: guards that are missing, fleets that are not what was meant (spec sagemaker 1.1, 1.6, 2.9, 3)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.advice.alarms.alarms_of_updates import ALARMS, named_alarms
from engine.aws.finding import Path, did_you_mean
from engine.aws.rules.deployments import sizes
from engine.aws.rules.endpoints import about, endpoint_names
from engine.aws.rules.outlook import LIFE, SCALING, Outlook
from engine.aws.rules.rollout import rollouts
from engine.cloudwatch.composite.rule import parse_rule
from engine.requests.batch import CreateTransformJob
from engine.requests.cloudwatch import CompositeAlarm, MetricAlarm
from engine.requests.experiments import CreateInferenceExperiment
from engine.requests.sagemaker import (
    CapacitySize,
    DeleteEndpointConfig,
    EndpointConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.capacity import instances_of, new_fleets

Advice = Iterator[tuple[Path, str]]
RETAIN, EXCLUDED = "RetainAllVariantProperties", "ExcludeRetainedVariantProperties"


def no_update(outlook: Outlook) -> Advice:
    """Alarms and configurations alone roll out nothing; to scale, run a job, test, create or delete is something, and
    so are other weights."""
    asked = any(outlook.known(*SCALING, *LIFE, CreateTransformJob)) or any(outlook.every(CreateInferenceExperiment))
    asked = asked or any(
        each.desired_weight is not None
        for _, request in outlook.every(UpdateEndpointWeightsAndCapacities)
        for each in request.desired_weights_and_capacities
    )
    if outlook.world and not any(rollouts(outlook)) and not asked:
        yield (), "This plan has no UpdateEndpoint, so it rolls out nothing and there is nothing to judge. Add one."


def no_deployment_config(outlook: Outlook) -> Advice:
    """Without a DeploymentConfig the update moves everything at once, with no bake and no alarm."""
    for rollout in rollouts(outlook):
        if rollout.deployment is None and not rollout.is_serverless:
            say = "Without DeploymentConfig all traffic moves at once and no alarm can bring it back."
            yield rollout.call.path, f"{say} Add BlueGreenUpdatePolicy and AutoRollbackConfiguration to it."


def no_alarm(outlook: Outlook) -> Advice:
    """Without an alarm auto-rollback does not work (spec sagemaker 3)."""
    for rollout in rollouts(outlook):
        if rollout.deployment is not None and not rollout.deployment.alarms:
            written_here = rollout.update.deployment_config is rollout.deployment
            place = rollout.call.at("DeploymentConfig" if written_here else "RetainDeploymentConfig")
            say = "No alarm guards this update, so nothing can roll it back, however bad the new version is."
            yield place, f"{say} Name one in AutoRollbackConfiguration."


def unknown_alarm(outlook: Outlook) -> Advice:
    """What AWS does with such a name is not published; here it never fires (spec sagemaker 13.1)."""
    composites = (alarm.alarm_name for _, alarm in outlook.every(CompositeAlarm))
    known = sorted({*outlook.alarm_names, *outlook.metric_alarms, *composites})  # also what is deleted in the end
    for _, place, name in named_alarms(outlook):
        if outlook.world and name not in known:
            say = f"There is no alarm called {name}, here or in the plan, so it cannot fire."
            yield place, f"{say} {did_you_mean(name, known)} Put it with PutMetricAlarm."


def unused_alarm(outlook: Outlook) -> Advice:
    """An alarm that no update names watches in vain, unless a step of the plan depends on it."""
    named = {name for _, _, name in named_alarms(outlook)} | set(outlook.asked_alarms)
    for _, composite in outlook.every(CompositeAlarm):
        named |= set(parse_rule(composite.alarm_rule).children)
    if not any(rollout.deployment and rollout.deployment.alarms for rollout in rollouts(outlook)):
        return
    for call, alarm in outlook.every(MetricAlarm):
        if alarm.alarm_name not in named:
            say = f"No update looks at the alarm {alarm.alarm_name}: it may fire and nothing happens."
            yield call.at("AlarmName"), f"{say} Name it in AutoRollbackConfiguration."


def put_twice(outlook: Outlook) -> Advice:
    """The second PutMetricAlarm of a name replaces the whole first (spec cloudwatch 1)."""
    seen: set[str] = set()
    for call, alarm in outlook.every(MetricAlarm):
        if alarm.alarm_name in seen:
            say = f"{alarm.alarm_name} is put before already; this replaces it as a whole."
            yield call.at("AlarmName"), f"{say} Give it another name to have both."
        seen.add(alarm.alarm_name)


def same_config(outlook: Outlook) -> Advice:
    """An update to the configuration that is running changes nothing; after an earlier one nobody knows yet."""
    for rollout in rollouts(outlook):
        name = rollout.update.endpoint_config_name
        if outlook.world and name == rollout.outlook.current_name and not any(rollout.outlook.every(UpdateEndpoint)):
            say = f"The endpoint already runs {name}: this update would change nothing."
            yield rollout.call.at("EndpointConfigName"), f"{say} Name the new configuration."


def fewer_instances(outlook: Outlook) -> Advice:
    """Without RetainAllVariantProperties a fleet begins with the configuration's count, however far the endpoint has
    been scaled since (spec sagemaker 1.6). Instances of another type are another size, and not compared."""
    for rollout in rollouts(outlook):
        now, old, update = rollout.outlook.desired, rollout.outlook.current_config, rollout.update
        types = {each.variant_name: each.instance_type for each in (old.production_variants if old else ())}
        config = rollout.outlook.configs.get(update.endpoint_config_name)
        for each in new_fleets(config, update, now) if config else ():
            name, new = each.variant.variant_name, each.count
            if name in now and new < now[name].count and types.get(name) == each.variant.instance_type:
                say = f"{name} runs on {now[name].count} instances now, and this update leaves it {new}."
                if update.retain_all_variant_properties:
                    field, keep = EXCLUDED, f"To keep them take DesiredInstanceCount out of {EXCLUDED}."
                else:
                    field = RETAIN if RETAIN in rollout.call.request else "EndpointConfigName"
                    keep = f"To keep them write {RETAIN}: true."
                yield rollout.call.at(field), f"{say} {keep}"


def rounded_share(outlook: Outlook) -> Advice:
    """A percentage means whole instances, at least one (spec sagemaker 1.3), and traffic follows them (2.7)."""
    for rollout in rollouts(outlook):
        for place, size, terms in sizes(rollout.call) if rollout.fleets else ():
            fleet = max(1, min(rollout.fleets.values()))
            value = CapacitySize(type=size["Type"], value=size["Value"])
            count = instances_of(value, fleet, outlook.timing, terms)
            if size["Type"] == "CAPACITY_PERCENT" and 100 * count >= 2 * size["Value"] * fleet:
                say = f"{size['Value']} % of {fleet} instance(s) is {count}, which is {count / fleet:.0%} of them and"
                yield place, f"{say} of their traffic. For a smaller step use more instances."


def inferentia(outlook: Outlook) -> Advice:
    """Inf1 falls back to all at once without a final bake, and no error says so (spec sagemaker 2.9)."""
    for rollout in rollouts(outlook):
        old = rollout.outlook.current_config
        variants = (*rollout.target, *(old.production_variants if old else ()))
        if rollout.deployment and any(each.instance_type.startswith("ml.inf1") for each in variants):
            say = "On Inf1 instances AWS moves all traffic at once and does not bake, whatever stands here."
            yield rollout.call.at("DeploymentConfig"), f"{say} Use another instance type to have a guard."


def no_weight(outlook: Outlook) -> Advice:
    """What happens with weights that sum to zero is not published (spec sagemaker 13.12)."""
    for call, config in outlook.every(EndpointConfig):
        if not any(variant.initial_variant_weight for variant in config.production_variants):
            say = "All variants have weight 0, so no share of the traffic belongs to any of them."
            yield call.at("ProductionVariants"), f"{say} Give one of them a weight above 0."


def deleted_in_use(outlook: Outlook) -> Advice:
    """AWS forbids it in words only (spec sagemaker 1.6, 10), and a rolled back update still needs the old one."""
    endpoints = endpoint_names(outlook) or (None,)
    for call, request in outlook.every(DeleteEndpointConfig):
        before, name = outlook.before(call), request.endpoint_config_name
        for endpoint in endpoints:
            own = about(before, endpoint)
            first = own.world.endpoint.endpoint_config_name if own.world else None
            if own.current_name and name in (own.current_name, first):
                who = "The endpoint" if len(endpoints) == 1 else f"The endpoint {endpoint}"
                say = f"{who} uses {name}, or goes back to it if its update is rolled back: the next change of the"
                yield (
                    call.at("EndpointConfigName"),
                    f"{say} endpoint would not find it. Delete it once nothing needs it.",
                )


def guarded_elsewhere(outlook: Outlook) -> Advice:
    """An alarm on another endpoint's metrics may guard an update, but does not see its new fleet."""
    known = endpoint_names(outlook)
    for call, update in outlook.every(UpdateEndpoint):
        names = update.deployment_config.alarms if update.deployment_config else ()
        watched = [_endpoints_of(outlook.metric_alarms.get(name)) & set(known) for name in names]
        if all(watched) and not any(update.endpoint_name in each for each in watched):
            for index, (name, found) in enumerate(zip(names, watched, strict=True)):
                say = (
                    f"{name} watches {' and '.join(sorted(found))}: no alarm of this update sees how the new version of"
                )
                remedy = f"{update.endpoint_name} does. Name one on {update.endpoint_name} as well."
                yield call.at(*ALARMS, index, "AlarmName"), f"{say} {remedy}"


def _endpoints_of(alarm: MetricAlarm | None) -> set[str]:
    return {value for stat in (alarm.stats if alarm else ()) for key, value in stat.dimensions if key == "EndpointName"}


UPDATE_ADVICE = (
    no_update,
    deleted_in_use,
    guarded_elsewhere,
    no_deployment_config,
    no_alarm,
    unknown_alarm,
    unused_alarm,
    put_twice,
    same_config,
    fewer_instances,
    rounded_share,
    inferentia,
    no_weight,
)
