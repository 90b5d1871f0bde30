"""One UpdateEndpoint of a plan with what it will really do, as far as the plan and the world tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.aws.calls import Call
from engine.aws.rules.outlook import Outlook
from engine.requests.sagemaker import DeploymentConfig, ProductionVariant, RollingUpdatePolicy, UpdateEndpoint
from engine.sagemaker.account import deployment_of
from engine.sagemaker.capacity import new_fleets
from engine.sagemaker.updates.schedule import Replacement, Schedule, schedule
from engine.sagemaker.updates.terms import policy_of


@dataclass(frozen=True, slots=True)
class Rollout:
    """One UpdateEndpoint with what it will really do."""

    call: Call
    update: UpdateEndpoint
    outlook: Outlook
    """What is there when it is sent."""

    @property
    def deployment(self) -> DeploymentConfig | None:
        """The DeploymentConfig that applies: with RetainDeploymentConfig the last one, if there is one."""
        return deployment_of(self.update, self.outlook.last_deployment)

    @property
    def target(self) -> tuple[ProductionVariant, ...]:
        """The new variants; none where the configuration is not known."""
        config = self.outlook.configs.get(self.update.endpoint_config_name)
        return config.production_variants if config else ()

    @property
    def is_serverless(self) -> bool:
        """Is one of the two configurations serverless, so that there are no guardrails (spec sagemaker 2.9, 8)?"""
        now = any(each.serverless is not None for each in self.outlook.desired.values())
        return now or any(each.serverless_config is not None for each in self.target)

    @property
    def fleets(self) -> Mapping[str, int]:
        """Instances of the new fleet of each variant; none where the configuration is not known."""
        config = self.outlook.configs.get(self.update.endpoint_config_name)
        found = new_fleets(config, self.update, self.outlook.desired) if config else ()
        return {each.variant.variant_name: each.count for each in found}

    @property
    def schedule(self) -> Schedule:
        """What the update does, if nothing goes wrong."""
        policy, now = policy_of(self.deployment), self.outlook.desired
        fleets = {
            name: Replacement(old=now[name].count if name in now else new, new=new) for name, new in self.fleets.items()
        }
        if isinstance(policy, RollingUpdatePolicy):
            fleets = dict([*fleets.items()][:1])
        return schedule(policy, fleets or {"": Replacement(old=PERCENT, new=PERCENT)}, self.outlook.timing)


PERCENT = 100
"""Instances that a fleet of unknown size is taken to have, so that a percentage is exact."""


def rollouts(outlook: Outlook) -> Iterator[Rollout]:
    """Yield every UpdateEndpoint of the plan."""
    return (Rollout(call, update, outlook.before(call)) for call, update in outlook.every(UpdateEndpoint))
