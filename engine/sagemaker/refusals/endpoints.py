"""What the service refuses of endpoints that are created or deleted (spec sagemaker 3.2, 5, 8, 8.1)."""

from __future__ import annotations

from engine.requests.arns import arn, namesake, otherwise_written
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import CreateEndpoint, DeleteEndpoint, EndpointConfig
from engine.sagemaker.account import Account
from engine.sagemaker.refusals.shared import (
    busy_endpoint,
    config_missing,
    endpoint_missing,
    limit,
    serverless_limit,
    under_test,
)


def _name_taken(request: CreateEndpoint, account: Account) -> Refusals:
    """Also one that is Failed or Deleting keeps its name, in any case of its letters (`CreateEndpoint` in the service
    model; other operations ask for the name as it was given)."""
    name = request.endpoint_name
    remedies = {
        "failed": "It is Failed: send DeleteEndpoint first.",
        "deleting": "DeleteEndpoint is sent first and takes a while: send this one later, when that is over.",
    }
    if account.life != "none":
        remedy = remedies.get(account.life, "Write UpdateEndpoint to move it to another configuration.")
    elif (other := namesake(name, account.existing_endpoints)) is not None:
        remedy = f"{otherwise_written(name, other)}Choose another name."
    else:
        return
    message = f'Cannot create already existing endpoint "{arn("endpoint", name)}".'
    yield Refusal(message=message, field=("EndpointName",), remedy=remedy)


def _config(request: CreateEndpoint, account: Account) -> Refusals:
    return config_missing(request.endpoint_config_name, account)


def _instances(request: CreateEndpoint, account: Account) -> Refusals:
    """An account has its limit (spec sagemaker 8.1): the request is refused, and nothing is created."""
    config = _config_of(request, account)
    if config is not None and account.life == "none" and account.quota is not None:
        asked = [each for each in config.variants if each.serverless_config is None]
        more = sum(each.initial_instance_count for each in asked)
        kind = asked[0].instance_type if asked else ""
        yield from limit(account.quota, account.instances, more, kind, (), "Use fewer instances.")


def _concurrency(request: CreateEndpoint, account: Account) -> Refusals:
    config = _config_of(request, account)
    if config is not None and account.life == "none":
        yield from serverless_limit([each.serverless_config for each in config.production_variants], (), account)


def _config_of(request: CreateEndpoint, account: Account) -> EndpointConfig | None:
    return account.configs.get(request.endpoint_config_name)


def _missing(request: DeleteEndpoint, account: Account) -> Refusals:
    return endpoint_missing(request.endpoint_name, account)


def _busy(request: DeleteEndpoint, account: Account) -> Refusals:
    """Neither what is coming nor what is changing can be deleted."""
    return busy_endpoint(request.endpoint_name, account)


def _tested(request: DeleteEndpoint, account: Account) -> Refusals:
    return under_test(account)


OF_CREATIONS = (_name_taken, _config, _instances, _concurrency)
OF_DELETIONS = (_missing, _busy, _tested)
"""In the order in which they are asked; the first that applies is what AWS says."""
