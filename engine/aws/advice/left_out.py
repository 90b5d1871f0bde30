"""What AWS acts on and this simulation does not, where a run can go on without: told, so that it teaches nothing wrong.

What a run cannot do without is in `engine.aws.rules.not_simulated`.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.aws.advice.alarms.alarms_of_updates import metrics_of_alarms
from engine.aws.finding import Path
from engine.aws.rules.outlook import Outlook
from engine.aws.shapes.unread import unread
from engine.requests.batch import CreateTransformJob
from engine.requests.sagemaker import EndpointConfig
from engine.serving.model import Model
from engine.world import not_measured

Said = Iterator[tuple[Path, str]]


def unread_fields(outlook: Outlook) -> Said:
    """A field that the simulator never reads."""
    for call, _ in outlook.sent:
        for place in unread(call):
            yield place, f"AWS acts on {place[-1]}; this simulation does not. Runs go on as if it were not there."


def other_metrics(outlook: Outlook) -> Said:
    """Metrics of others, and those of SageMaker that no simulated endpoint publishes (spec sagemaker 6.1).

    A load balancer, Model Monitor or a script of one's own may well publish them, and they can guard an update. Of a
    plan that publishes a metric itself nothing is left out.
    """
    from engine.metrics.published import METRICS, NAMESPACES, OF_JOBS, UNPUBLISHED

    own = {each.namespace for each in outlook.own_metrics}
    for each in metrics_of_alarms(outlook):
        name, namespace = each.stat.metric_name, each.stat.namespace
        if namespace in own or (namespace, name) in outlook.put_metrics:
            continue
        if namespace in OF_JOBS or (namespace not in NAMESPACES and name not in outlook.published):
            say = f"The metrics of {namespace} are not simulated: in a run this alarm has no data, on AWS it may have."
            yield (
                (*each.metric_at, "Namespace"),
                f"{say} Publish it with PutMetricData, or practise with one of AWS/SageMaker, such as ModelLatency.",
            )
        elif namespace in NAMESPACES and name in UNPUBLISHED:
            say = f"{name} is {UNPUBLISHED[name]}, and not simulated: in a run this alarm has no data."
            yield (*each.metric_at, "MetricName"), f"{say} Known here: {', '.join(METRICS)}."


def unpriced(outlook: Outlook) -> Said:
    """An instance type whose price is in no source (spec inference 6.1, 11): the bill is then not known."""
    world = outlook.world
    for call, config in outlook.every(EndpointConfig) if world else ():
        for index, variant in enumerate(config.production_variants):
            if world and world.price(variant.instance_type) is None:
                yield call.at("ProductionVariants", index, "InstanceType"), no_price(variant.instance_type)


def jobs_unpriced(outlook: Outlook) -> Said:
    """The same of a transform job."""
    world = outlook.world
    for call, job in outlook.every(CreateTransformJob) if world else ():
        if world and world.price(job.instance_type) is None:
            yield call.at("TransformResources", "InstanceType"), no_price(job.instance_type)


def unmeasured(outlook: Outlook) -> Said:
    """A model whose time was measured, put on instances where nobody measured it (spec inference 6.2): a run takes it
    to be as fast there."""
    models = outlook.world.models if outlook.world else {}
    for call, config in outlook.every(EndpointConfig):
        for kind, variants in (
            ("ProductionVariants", config.production_variants),
            ("ShadowProductionVariants", config.shadow_production_variants),
        ):
            for index, variant in enumerate(variants):
                if (model := models.get(variant.model_name)) and not_measured(variant.model_name, model, variant):
                    yield call.at(kind, index), _only_measured(variant.model_name, model)
    for call, job in outlook.every(CreateTransformJob):
        if (model := models.get(job.model_name)) and not_measured(job.model_name, model, job):
            yield call.at("TransformResources", "InstanceType"), _only_measured(job.model_name, model)


def _only_measured(name: str, model: Model) -> str:
    say = f"How fast {name} is was measured on {model.measured_on} alone; here a run takes it to be as fast."
    return f"{say} Use that type."


def faults_of_jobs(outlook: Outlook) -> Said:
    """Faults act on requests of an endpoint one by one; a job knows service times and error rates alone."""
    models = outlook.world.models if outlook.world else {}
    for call, job in outlook.every(CreateTransformJob):
        if (model := models.get(job.model_name)) and model.faults:
            kinds = ", ".join(fault.kind for fault in model.faults)
            say = f"What is wrong with {job.model_name} ({kinds}) is not simulated in a batch: it is as if in health."
            yield call.at("ModelName"), f"{say} Its service time, workers and error rates count."


def no_price(instance_type: str) -> str:
    """Return what there is to say of an instance type without a price."""
    say = f"What {instance_type} costs is not known here, so neither is what a run with it costs."
    return f"{say} Give its price under prices_per_hour of the world, or use another type."


LEFT_OUT = (unread_fields, other_metrics, unpriced, jobs_unpriced, unmeasured, faults_of_jobs)
