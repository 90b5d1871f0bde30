"""What the service refuses of configurations that are created or deleted (spec sagemaker 1.6)."""

from __future__ import annotations

from engine.requests.arns import arn, namesake, otherwise_written
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import DeleteEndpointConfig, EndpointConfig
from engine.sagemaker.account import Account
from engine.sagemaker.refusals.shared import config_missing, model_missing
from engine.sagemaker.serverless import alone


def _name_taken(config: EndpointConfig, account: Account) -> Refusals:
    """Configurations are immutable (spec sagemaker 1.6)."""
    name = config.endpoint_config_name
    found = namesake(name, account.configs)
    if found is not None:
        message = f'Cannot create already existing endpoint configuration "{arn("endpoint-config", name)}".'
        remedy = f"{otherwise_written(name, found)}Configurations never change: give this one a new name."
        yield Refusal(message=message, field=("EndpointConfigName",), remedy=remedy)


def _models(config: EndpointConfig, account: Account) -> Refusals:
    for kind, variants in (
        ("ProductionVariants", config.production_variants),
        ("ShadowProductionVariants", config.shadow_production_variants),
    ):
        for index, variant in enumerate(variants):
            yield from model_missing((kind, index, "ModelName"), variant.model_name, account)


def _nothing_to_delete(request: DeleteEndpointConfig, account: Account) -> Refusals:
    return config_missing(request.endpoint_config_name, account)


OF_CONFIGS = (_name_taken, _models, alone)
OF_DELETIONS = (_nothing_to_delete,)
"""In the order in which they are asked; the first that applies is what AWS says."""
