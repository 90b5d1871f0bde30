"""Tags of what SageMaker holds, by ARN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.pages import page
from engine.requests.arns import arn
from engine.requests.refusal import INVALID

Output = Mapping[str, Any]
PAGE = 50
"""Tags of a page (seen of an emulator that follows AWS)."""


def tags_in(request: Raw) -> dict[str, str]:
    """Return the tags of a request that makes something."""
    return {each["Key"]: each["Value"] for each in request.get("Tags") or ()}


def written(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Return tags as answers list them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def add(account: Account, request: Raw) -> Output:
    """Answer AddTags."""
    tags = _tags_of(account, request["ResourceArn"])
    tags.update(tags_in(request))
    return {"Tags": written(tags)}


def list_of_one(account: Account, request: Raw) -> Output:
    """Answer ListTags."""
    tags = written(_tags_of(account, request["ResourceArn"]))
    part = page(tags, request, of="tags", size=PAGE, key=lambda tag: tag["Key"], wrong_token=INVALID)
    return {"Tags": list(part.items), "NextToken": part.next_token}


def delete(account: Account, request: Raw) -> Output:
    """Answer DeleteTags."""
    _without(_tags_of(account, request["ResourceArn"]), request["TagKeys"])
    return {}


def _without(tags: dict[str, str], keys: Iterable[str]) -> None:
    for key in keys:
        tags.pop(key, None)


def _tags_of(account: Account, named: str) -> dict[str, str]:
    """Return the tags of an ARN, to be changed; ServiceError where nothing has it. AWS's sentence was not found."""
    found = next((each for each in _all(account) if each == named.lower()), None)
    if found is None:
        raise ServiceError(INVALID, f'Could not find resource "{named[:300]}".')
    return account.tags.setdefault(found, {})


def _all(account: Account) -> Iterator[str]:
    """Yield the ARN of everything that SageMaker holds."""
    live, control = account.live, account.live.first.control
    yield from (arn("endpoint", each.control.endpoint_name) for each in live.hosts if each.cloud.endpoint.exists)
    models = (name for name in control.models if name not in account.models.deleted)
    for kind, names in (
        ("endpoint-config", control.configs),
        ("model", models),
        ("transform-job", control.jobs),
        ("inference-experiment", control.experiments),
    ):
        yield from (arn(kind, name) for name in names)


OPERATIONS = {
    ("sagemaker", "AddTags"): add,
    ("sagemaker", "ListTags"): list_of_one,
    ("sagemaker", "DeleteTags"): delete,
}
