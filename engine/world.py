"""The world before the learner acts: an endpoint, its models, its traffic, its prices and AWS's timing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from engine.batch.objects import S3Objects
from engine.bounds import Bounded, Told, bounded
from engine.catalogue.hardware import Hardware, hardware
from engine.catalogue.instances import no_types, usd_per_hour
from engine.errors import Wrong, WrongValues
from engine.metrics.published import METRICS
from engine.requests.autoscaling import PutScalingPolicy, RegisterScalableTarget
from engine.requests.batch import CreateTransformJob
from engine.requests.cloudwatch import MetricAlarm
from engine.requests.sagemaker import HEAVIEST, MOST_INSTANCES, DeploymentConfig, EndpointConfig, ProductionVariant
from engine.serving.model import Model
from engine.timing import Timing
from engine.traffic.workload import Workload

LARGEST_KB = 25_600
"""Of a request that is answered at once: 25 MB in the current guide, 6 MB in others (spec sagemaker 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slo(Bounded):
    """What the endpoint owes its callers: an answer, without error, in this time."""

    latency_ms: float = bounded(1000.0, above=0, high=600_000)
    """Model and overhead latency together, as the caller feels it."""
    asynchronous: Literal["acceptance", "completion"] = "acceptance"
    """What the time of an asynchronous request runs up to: nobody waits for its answer (spec inference 4), but somebody
    may want it in time all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Bounded):
    """The endpoint as it stands when the run begins, InService, or that a plan may create."""

    endpoint_name: str
    endpoint_config_name: str = ""
    """Empty: it does not exist yet."""
    instance_counts: Mapping[str, int] | None = bounded(None, low=0, high=MOST_INSTANCES)
    """Instances per variant where scaling has moved them away from InitialInstanceCount; 0 on an asynchronous endpoint
    only."""
    weights: Mapping[str, float] | None = bounded(None, low=0, high=HEAVIEST)
    """Weights where they have been changed since."""
    last_deployment_config: DeploymentConfig | None = None
    """What RetainDeploymentConfig would reuse."""
    failure_reason: str | None = None
    """Why the last update failed or was rolled back: it stands until another one has ended (spec sagemaker 3.1)."""

    @property
    def exists(self) -> bool:
        """Does it stand when the run begins?"""
        return bool(self.endpoint_config_name)

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also what is said of an endpoint that does not exist yet."""
        yield from super(Endpoint, self).wrongs()
        for field in ("instance_counts", "weights", "last_deployment_config", "failure_reason"):
            if not self.exists and getattr(self, field) is not None:
                yield Wrong(field, "must be left out: without a configuration the endpoint does not exist yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEndpoint(Bounded):
    """One more endpoint of the account, on the same clock, with callers of its own."""

    endpoint: Endpoint
    workload: Workload
    slo: Slo = Slo()


NOBODY = Workload(rate=0)
"""Who calls an endpoint that somebody has created without anybody being told."""


def not_measured(name: str, model: Model, on: ProductionVariant | CreateTransformJob) -> str | None:
    """Return what is wrong with a model on these instances if its curve was measured on others."""
    measured_on = model.measured_on
    serverless = isinstance(on, ProductionVariant) and on.serverless_config is not None
    if measured_on is None or (on.instance_type == measured_on and not serverless):
        return None
    here = "a serverless environment" if serverless else on.instance_type
    say = f"run {name!r} on {here}, where its curve {model.service.curve!r} was not measured"
    return f"{say}; use {measured_on}, or give the model a mean_ms instead of the curve"


def _names(variants: Iterable[ProductionVariant]) -> list[str]:
    return [variant.variant_name for variant in variants]


@lru_cache(maxsize=64)
def _start(starts_at: str) -> datetime:
    return datetime.fromisoformat(starts_at)


def _clock(starts_at: str) -> str | None:
    try:
        start = datetime.fromisoformat(starts_at)
    except ValueError:
        return f"must be a time such as 2026-03-02T09:00:00+00:00, got {starts_at!r}"
    offset = start.utcoffset()
    if offset is None:
        return f"needs an offset such as +00:00, got {starts_at!r}"
    if start.second or start.microsecond or offset % timedelta(minutes=1):
        return f"must be a whole minute, as the minutes of metrics are those of the clock, got {starts_at!r}"
    if not 1970 <= start.year <= 2200:
        return f"must lie between 1970 and 2200, got {starts_at!r}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class World(Bounded):
    """Everything that exists before the plan is sent; a release replaces one model of it."""

    endpoint: Endpoint
    """What all is about: harm and grade are those of this one. What others cost is in the bill as well."""
    configs: tuple[EndpointConfig, ...]
    """CreateEndpointConfig requests: the configurations that exist."""
    models: Mapping[str, Model]
    """How each model behaves, by name."""
    workload: Workload
    other_endpoints: tuple[OtherEndpoint, ...] = ()
    """What else there is in the account, or may be created; endpoints that stand here nowhere have no callers."""
    overwritten: Mapping[str, str] | None = None
    """Models whose artefact in S3 was overwritten with another model's: a fleet that is launched in the run loads that
    one, under the old name. What stands when the run begins keeps what it has loaded."""
    slo: Slo = Slo()
    alarms: tuple[MetricAlarm, ...] = ()
    """Alarms that exist already."""
    scalable_targets: tuple[RegisterScalableTarget, ...] = ()
    """Variants that are registered for scaling already."""
    scaling_policies: tuple[PutScalingPolicy, ...] = ()
    """Their policies."""
    duration_s: float = bounded(3600.0, above=0, high=2_419_200)
    """The time in which requests are counted; a run goes on until its update has ended."""
    update_at_s: float = bounded(306.0, low=0, high=86_400)
    """When the plan is sent; before it the alarms of the world have time to find data."""
    timing: Timing = Timing()
    prices_per_hour: Mapping[str, float] | None = bounded(None, low=0, high=100_000, rule=no_types)
    """USD per instance type, before those of the catalogue: a price that nobody published, or one that has changed."""
    instance_types: Mapping[str, Hardware] | None = bounded(None, rule=no_types)
    """What instances of a type have, before the catalogue: a type that is not in it, or one that is known better."""
    inputs: tuple[S3Objects, ...] = ()
    """What lies in S3 for batch transform."""
    transform_deadline_s: float | None = bounded(None, low=0, high=172_800)
    """When the outputs of batch transform are needed, in seconds after `update_at_s`; None: some time."""
    instance_quota: int | None = bounded(None, low=1)
    """Instances that the account may run at once on endpoints, blue and green together; None: enough. Whether
    both fleets count is not published (spec sagemaker 13.10)."""

    serverless_quota: int | None = bounded(None, low=1)
    """MaxConcurrency that the account's serverless endpoints may have together: 10 in new accounts, 1000 or 500 by
    Region (spec sagemaker 8, 8.1); None: enough."""
    unavailable_types: tuple[str, ...] = bounded((), rule=no_types)
    """Instance types of which AWS has none left: whoever asks for one waits a long time, and gets none."""
    relaunch: Literal["ok", "insufficient-capacity"] = "ok"
    """Whether AWS has instances of the old type again when a rolling rollback asks for them."""
    starts_at: str = bounded("2026-03-02T09:00:00+00:00", rule=Told(_clock, {"pattern": r"^\d{4}.*(Z|[+-]\d{2}.*)$"}))
    """The wall clock at second 0, as ISO 8601 with an offset: a whole minute. It labels timestamps, and alarms
    over more than a day are evaluated by its hours (spec cloudwatch 1)."""

    def wrongs(self) -> Iterator[Wrong]:
        """Yield also names that lead nowhere."""
        yield from super(World, self).wrongs()
        yield from self._uncounted()
        yield from self._named_twice()
        yield from self._elsewhere()
        for name in sorted({name for both in (self.overwritten or {}).items() for name in both} - set(self.models)):
            yield Wrong("overwritten", f"names model {name!r}, known: {sorted(self.models)}")
        median_kb = self.workload.payload.median_kb
        if median_kb > LARGEST_KB and any(each.async_inference_config is None for each in self.configs):
            large = f"has a payload of {median_kb:g} KB, above the {LARGEST_KB} KB of endpoints that answer at once"
            yield Wrong("workload", large)
        known = {config.endpoint_config_name for config in self.configs}
        if not self.endpoint.exists:
            yield from self._unscalable(())
        elif self.endpoint.endpoint_config_name not in known:
            name = self.endpoint.endpoint_config_name
            yield Wrong("endpoint", f"uses configuration {name!r}, known: {sorted(known)}")
        for config in self.configs:
            yield from self._serverless_queue(config)
            for variant in config.variants:
                if variant.model_name not in self.models:
                    yield Wrong("configs", f"use model {variant.model_name!r}, known: {sorted(self.models)}")
                elif say := not_measured(variant.model_name, self.models[variant.model_name], variant):
                    yield Wrong("configs", say)
            if config.endpoint_config_name == self.endpoint.endpoint_config_name:
                yield from self._counted_in_vain(config)
                yield from self._unknown_variants(config)
                yield from self._unscalable(_names(config.production_variants))

    def _named_twice(self) -> Iterator[Wrong]:
        """Yield what would be there twice under one name, and one of the two in vain."""
        for field, what, names in (
            ("inputs", "the prefix", [each.prefix for each in self.inputs]),
            ("configs", "the configuration", [each.endpoint_config_name for each in self.configs]),
            ("alarms", "the alarm", [each.alarm_name for each in self.alarms]),
            ("other_endpoints", "the endpoint", [self.endpoint.endpoint_name, *self.names_of_others]),
        ):
            for name in sorted({each for each in names if names.count(each) > 1}):
                yield Wrong(field, f"name {what} {name!r} twice, and each has a name of its own")

    @property
    def names_of_others(self) -> list[str]:
        """The names of the other endpoints, be they there or not."""
        return [each.endpoint.endpoint_name for each in self.other_endpoints]

    def _elsewhere(self) -> Iterator[Wrong]:
        """Yield what is wrong with other endpoints, as it would be with the first."""
        for name in self.names_of_others:
            try:
                self.seen_from(name)
            except WrongValues as error:
                for wrong in error.wrongs:
                    if wrong.field in ("endpoint", "workload"):
                        yield Wrong("other_endpoints", f"{wrong.field} of {name!r} {wrong.say}")
                    elif wrong.field == "scalable_targets":
                        yield wrong

    def _uncounted(self) -> Iterator[Wrong]:
        """Yield what is said of metrics of one's own that nobody could count, or that are called like another one."""
        outcome, comparison = self.workload.outcome, self.workload.comparison
        for own in self.workload.own_metrics:
            if own.name in METRICS:
                yield Wrong("workload", f"calls a metric of its own {own.name!r}, which is one of SageMaker")
        if outcome is not None and comparison is not None and outcome.name == comparison.name:
            yield Wrong("workload", f"calls two metrics {outcome.name!r}")
        if outcome is None:
            for name, model in self.models.items():
                if model.converts is not None:
                    yield Wrong("models", f"say what {name!r} converts, and the workload has no outcome")
            return
        for config in self.configs:
            if config.async_inference_config is not None:
                yield Wrong("workload", f"has an outcome, and no caller waits for {config.endpoint_config_name!r}")

    def _serverless_queue(self, config: EndpointConfig) -> Iterator[Wrong]:
        """Yield a configuration that is asynchronous and serverless at once."""
        serverless = any(variant.serverless_config is not None for variant in config.production_variants)
        if config.async_inference_config is not None and serverless:
            yield Wrong("configs", f"hold {config.endpoint_config_name!r}, both asynchronous and serverless")

    def _counted_in_vain(self, config: EndpointConfig) -> Iterator[Wrong]:
        """Yield each variant that is given instances although it is serverless, or none although it needs some."""
        for name, count in (self.endpoint.instance_counts or {}).items():
            if count == 0 and config.async_inference_config is None:
                yield Wrong("endpoint", f"counts no instance of {name!r}, whose endpoint is not asynchronous")
        for variant in config.production_variants:
            if variant.serverless_config is not None and variant.variant_name in (self.endpoint.instance_counts or ()):
                yield Wrong("endpoint", f"counts instances of {variant.variant_name!r}, which is serverless")

    def _unknown_variants(self, config: EndpointConfig) -> Iterator[Wrong]:
        """Yield each name that is meant to be a variant of the endpoint's configuration and is none; a request cannot
        name a shadow.
        """
        every, production = (_names(each) for each in (config.variants, config.production_variants))
        for field, where, given, known in (
            ("endpoint", "instance_counts", self.endpoint.instance_counts or (), every),
            ("endpoint", "weights", self.endpoint.weights or (), every),
            ("workload", "target_variants", [name for name, _ in self.workload.target_variants], production),
        ):
            for name in given:
                if name not in known:
                    yield Wrong(field, f"names variant {name!r} in its {where}, known: {sorted(known)}")

    def _unscalable(self, known: Collection[str]) -> Iterator[Wrong]:
        """Yield each target that is no variant or has no bounds, and each policy without a target."""
        here = f"endpoint/{self.endpoint.endpoint_name}/variant/"
        resources = [f"{here}{name}" for name in known]
        registered = [target.resource_id for target in self.scalable_targets]
        elsewhere = tuple(f"endpoint/{name}/variant/" for name in self.names_of_others)
        for target in self.scalable_targets:
            low, high = target.min_capacity, target.max_capacity
            if target.resource_id.startswith(elsewhere):
                continue  # that endpoint's own variants are asked
            if target.resource_id not in resources:
                yield Wrong("scalable_targets", f"name {target.resource_id!r}, known: {resources}")
            elif low is None or high is None or low > high:
                yield Wrong("scalable_targets", f"need MinCapacity up to MaxCapacity, got {low} and {high}")
        for policy in self.scaling_policies:
            if policy.resource_id not in registered:
                yield Wrong("scaling_policies", f"name {policy.resource_id!r}, registered: {registered}")

    @property
    def scaling(self) -> tuple[RegisterScalableTarget | PutScalingPolicy, ...]:
        """What was asked of Application Auto Scaling before the run, in that order."""
        return (*self.scalable_targets, *self.scaling_policies)

    def seen_from(self, endpoint_name: str) -> World:
        """Return the same world with another endpoint, its callers and its scaling in the place of the first's; one
        that is not known here does not exist, and has no callers.
        """
        if endpoint_name == self.endpoint.endpoint_name:
            return self
        found = next((each for each in self.other_endpoints if each.endpoint.endpoint_name == endpoint_name), None)
        other = found or OtherEndpoint(endpoint=Endpoint(endpoint_name=endpoint_name), workload=NOBODY)
        own = f"endpoint/{endpoint_name}/variant/"
        return replace(
            self,
            endpoint=other.endpoint,
            workload=other.workload,
            slo=other.slo,
            other_endpoints=(),
            scalable_targets=tuple(each for each in self.scalable_targets if each.resource_id.startswith(own)),
            scaling_policies=tuple(each for each in self.scaling_policies if each.resource_id.startswith(own)),
        )

    def with_model(self, name: str, model: Model) -> World:
        """Return the same world in which `name` behaves like `model`."""
        return replace(self, models={**self.models, name: model})

    def loaded(self, name: str) -> Model:
        """Return what an instance loads that is launched now, for the model of that name."""
        return self.models[(self.overwritten or {}).get(name, name)]

    def price(self, instance_type: str) -> float | None:
        """Return USD per hour of one instance; None for a type without a known price."""
        return usd_per_hour(instance_type, self.prices_per_hour)

    def hardware(self, instance_type: str) -> Hardware:
        """Return what an instance of the type has."""
        return hardware(instance_type, self.instance_types)

    def clock(self, t: float) -> datetime:
        """Return the wall clock at `t` seconds from the start of the run."""
        return _start(self.starts_at) + timedelta(seconds=t)

    def config(self, name: str) -> EndpointConfig | None:
        """Return the endpoint configuration of that name, if there is one."""
        return next((config for config in self.configs if config.endpoint_config_name == name), None)
