"""What a request meets: the account as refusals ask about it, be it one that runs or one that is only foreseen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal, Protocol

from engine.autoscaling.registry import Registered
from engine.requests.experiments import CreateInferenceExperiment
from engine.requests.sagemaker import DeploymentConfig, EndpointConfig, UpdateEndpoint
from engine.sagemaker.capacity import Desired
from engine.timing import Timing


class ShadowTest(Protocol):
    """A shadow test, as far as a request about it may ask."""

    @property
    def request(self) -> CreateInferenceExperiment:
        """Return what it was created with, as last updated."""

    @property
    def status(self) -> str:
        """Return its Status."""

    @property
    def over(self) -> bool:
        """Has it ended?"""


Life = Literal["none", "creating", "serving", "failed", "deleting"]
"""How far an endpoint is; `serving` also while it is updated."""


class Account(Protocol):
    """What exists at the moment at which a request arrives, as seen from the endpoint that it is about. Whoever does
    not know something may raise when asked."""

    @property
    def endpoint_name(self) -> str:
        """Return the name of the endpoint that the request is about, of the first one where it is about none."""

    @property
    def endpoint_names(self) -> tuple[str, ...]:
        """Return the names of all endpoints that there are, or that the world has callers for."""

    @property
    def existing_endpoints(self) -> tuple[str, ...]:
        """Return the names of all endpoints that there are, in whatever state."""

    @property
    def life(self) -> Life:
        """Return how far it is: not there, coming, there, failed to come, or going."""

    @property
    def busy_with(self) -> str | None:
        """Return the operation that the endpoint is busy with, if it is busy."""

    @property
    def config_name(self) -> str:
        """Return the configuration that the endpoint runs."""

    @property
    def configs(self) -> Mapping[str, EndpointConfig]:
        """Return the endpoint configurations by name."""

    @property
    def models(self) -> Collection[str]:
        """Return the names of all models."""

    @property
    def jobs(self) -> Mapping[str, str]:
        """Return TransformJobStatus of every transform job there has been, by name."""

    @property
    def desired(self) -> Mapping[str, Desired]:
        """Return what each variant of the endpoint is to have."""

    @property
    def variants(self) -> Mapping[str, tuple[str, ...]]:
        """Return the names of the production variants of every endpoint, by its name."""

    @property
    def shadows(self) -> Mapping[str, Desired]:
        """Return what each shadow variant of the endpoint is to have."""

    @property
    def instances(self) -> int:
        """Return how many instances are in service, on all endpoints."""

    @property
    def concurrency(self) -> int:
        """Return MaxConcurrency of all serverless variants together."""

    @property
    def experiments(self) -> Mapping[str, ShadowTest]:
        """Return the shadow tests by name."""

    @property
    def now(self) -> datetime:
        """Return what the clock shows."""

    @property
    def mixed(self) -> bool:
        """Did a rollback fail, so that the endpoint runs two configurations?"""

    @property
    def last_deployment(self) -> DeploymentConfig | None:
        """Return what RetainDeploymentConfig would reuse."""

    @property
    def quota(self) -> int | None:
        """Return how many instances the account may run."""

    @property
    def serverless_quota(self) -> int | None:
        """Return the concurrency that its serverless endpoints may have together."""

    @property
    def registered(self) -> Registered:
        """Return what is registered for scaling."""

    @property
    def timing(self) -> Timing:
        """Return AWS's times and roundings."""


def deployment_of(update: UpdateEndpoint, last: DeploymentConfig | None) -> DeploymentConfig | None:
    """Return the DeploymentConfig that applies: with RetainDeploymentConfig the last one, if there is one."""
    return last if update.retain_deployment_config and last is not None else update.deployment_config
