"""What several requests are refused for: names that lead nowhere, an endpoint that is busy, the account's limit."""

from __future__ import annotations

from collections.abc import Iterable

from engine.requests.arns import arn
from engine.requests.refusal import Refusal, Refusals
from engine.requests.sagemaker import ServerlessConfig, UpdateEndpoint, UpdateEndpointWeightsAndCapacities
from engine.sagemaker.account import Account
from engine.sagemaker.shadow_tests.terms import ON_ENDPOINT

LIMIT = "ResourceLimitExceeded"


def no_endpoint(name: str) -> str:
    """Return what AWS says of an endpoint that is not there."""
    return f'Could not find endpoint "{arn("endpoint", name)}".'


def endpoint_missing(name: str, account: Account) -> Refusals:
    """No endpoint of that name, or not any more, or not yet."""
    field = ("EndpointName",)
    if name != account.endpoint_name:
        known = account.endpoint_names
        called = f"It is called {known[0]}." if len(known) == 1 else ""
        given = "" if called else name
        yield Refusal(message=no_endpoint(name), field=field, remedy=called, given=given, known=known if given else ())
    elif account.life == "none":
        remedy = "Send CreateEndpoint first, and this one once the endpoint is InService."
        yield Refusal(message=no_endpoint(name), field=field, remedy=remedy)


def failed_endpoint(name: str, account: Account) -> Refusals:
    """A failed endpoint can only be deleted (spec sagemaker 3.2); AWS's sentence was not found, this one is ours."""
    if account.life == "failed":
        message = f'Cannot update endpoint "{arn("endpoint", name)}", which is Failed.'
        yield Refusal(message=message, remedy="Send DeleteEndpoint, and create it again.")


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
        yield Refusal(code=LIMIT, message=message, field=field, remedy=remedy)


def serverless_limit(
    after: Iterable[ServerlessConfig | None], before: Iterable[ServerlessConfig | None], account: Account
) -> Refusals:
    """More concurrency than the account's serverless endpoints may have together (spec sagemaker 8, 8.1): `after` takes
    the place of `before`.

    The sentence is that about instances, the name that of the quota: how AWS words this one was not found, nor whether
    an update counts the old environments beside the new ones.
    """
    if account.serverless_quota is None:
        return
    old, new = (sum(each.max_concurrency for each in configs if each is not None) for configs in (before, after))
    used, more = account.concurrency, new - old
    if more > 0 and used + more > account.serverless_quota:
        message = (
            "The account-level service limit 'Maximum total concurrency that can be allocated across all serverless "
            f"endpoints' is {account.serverless_quota}, with current utilization of {used} and a request delta of "
            f"{more}. Please contact AWS support to request an increase for this limit."
        )
        free = account.serverless_quota - used + old
        remedy = f"Lower MaxConcurrency to {free} or less." if free > 0 else "Delete an endpoint that is not needed."
        yield Refusal(code=LIMIT, message=message, remedy=remedy)


def under_test(account: Account) -> Refusals:
    """A shadow test has deployed its variants; what AWS answers to a change meanwhile is not published."""
    for name, test in account.experiments.items():
        if test.request.endpoint_name == account.endpoint_name and test.status in ON_ENDPOINT:
            message = f"The endpoint is used by the inference experiment {name}, which is {test.status}."
            yield Refusal(
                message=message, field=("EndpointName",), remedy="Stop it with StopInferenceExperiment first."
            )


def own_endpoint(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """The request names an endpoint that is not there."""
    return endpoint_missing(request.endpoint_name, account)


def busy(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """The endpoint that the request names is busy."""
    return busy_endpoint(request.endpoint_name, account)


def failed(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """The endpoint that the request names never came into service."""
    return failed_endpoint(request.endpoint_name, account)


def own_config(request: UpdateEndpoint | UpdateEndpointWeightsAndCapacities, account: Account) -> Refusals:
    """A configuration that was deleted while in use is missed at the next change, whatever that is: so a tool's
    acceptance test on AWS expects it, and users of it report it (spec sagemaker 10)."""
    for each in config_missing(account.config_name, account) if account.config_name else ():
        yield Refusal(message=each.message, remedy="It was deleted while the endpoint runs it: create it again.")
