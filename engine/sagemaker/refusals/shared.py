"""What several requests are refused for: names that lead nowhere, an endpoint that is busy, the account's limit."""

from __future__ import annotations

from engine.requests.arns import arn
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import UpdateEndpoint, UpdateEndpointWeightsAndCapacities
from engine.sagemaker.account import Account


def endpoint_missing(name: str, account: Account) -> Refusals:
    """No endpoint of that name."""
    if name != account.endpoint_name:
        message = f'Could not find endpoint "{arn("endpoint", name)}".'
        yield Refusal(message=message, field=("EndpointName",), remedy=f"It is called {account.endpoint_name}.")


def config_missing(name: str, account: Account) -> Refusals:
    """No endpoint configuration of that name."""
    if name not in account.configs:
        yield Refusal(
            message=f'Could not find endpoint configuration "{arn("endpoint-config", name)}".',
            field=("EndpointConfigName",),
            given=name,
            known=tuple(sorted(account.configs)),
        )


def model_missing(field: tuple[str | int, ...], name: str, account: Account) -> Refusals:
    """No model of that name; `field` is the place of the name."""
    if name not in account.models:
        yield Refusal(
            message=f'Could not find model "{arn("model", name)}".',
            field=field,
            given=name,
            known=tuple(account.models),
        )


def busy_endpoint(name: str, account: Account) -> Refusals:
    """An endpoint takes no change while another one is under way (spec sagemaker 3.2)."""
    if account.busy_with is not None:
        yield Refusal(
            message=f'Cannot update in-progress endpoint "{arn("endpoint", name)}".',
            remedy=f"{account.busy_with} is sent first and takes minutes: send this one later, when that is over.",
        )


def limit(quota: int, used: int, more: int, kind: str, field: tuple[str | int, ...], remedy: str) -> Refusals:
    """More instances than the account may run (spec sagemaker 8.1)."""
    if more > 0 and used + more > quota:
        message = (
            f"The account-level service limit '{kind} for endpoint usage' is {quota} Instances, with current "
            f"utilization of {used} Instances and a request delta of {more} Instances. Please contact AWS support to "
            "request an increase for this limit."
        )
        yield Refusal(code="ResourceLimitExceeded", message=message, field=field, remedy=remedy)


def own_endpoint(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """The request names an endpoint that is not there."""
    return endpoint_missing(request.endpoint_name, account)


def busy(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """The endpoint that the request names is busy."""
    return busy_endpoint(request.endpoint_name, account)


def own_config(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """A configuration that was deleted while in use is missed at the next change, whatever that is: so a tool's
    acceptance test on AWS expects it, and users of it report it (spec sagemaker 10)."""
    for each in config_missing(account.config_name, account):
        yield Refusal(message=each.message, remedy="It was deleted while the endpoint runs it: create it again.")
