"""Models: those of the world, and new names for them.

How a model behaves is said by the world alone. So CreateModel is taken if the image or the artefact that it names is
known, as DescribeModel shows them or under a path that holds the model's name; the new one then behaves like that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.operations.sagemaker.listing import listed
from engine.aws.gateway.operations.sagemaker.tags import tags_in
from engine.requests.arns import ACCOUNT, REGION, arn, namesake
from engine.requests.refusal import INVALID, NOT_SIMULATED

Output = Mapping[str, Any]
ROLE = f"arn:aws:iam::{ACCOUNT}:role/mlcourse"
LAST_PARTS = 2
"""Of an address: file and folder, of which one has to be the name of a model."""


def create(account: Account, request: Raw) -> Output:
    """Answer CreateModel."""
    name, models = request["ModelName"], account.models
    if namesake(name, _names(account)) is not None:
        raise ServiceError(INVALID, f'Cannot create already existing model "{arn("model", name)}".')
    like, world = _like(account, request), account.live.first.cloud.world
    models.created[name], models.like[name] = request, models.like.get(like, like)
    models.deleted.discard(name)
    account.live.hosts.know_model(name, world.loaded(like))
    account.made(arn("model", name), tags_in(request))
    return {"ModelArn": arn("model", name)}


def _like(account: Account, request: Raw) -> str:
    """Return the model whose artefact or image a request names; ServiceError without one.

    An artefact that is not known is not made up for by an image that is.
    """
    containers = [request["PrimaryContainer"]] if "PrimaryContainer" in request else request.get("Containers", [])
    artefacts = [found for each in containers if (found := _artefact(each))]
    addresses = artefacts or [str(each["Image"]) for each in containers if "Image" in each]
    known = account.live.first.cloud.world.models
    like = next((part for address in addresses for part in _parts(address) if part in known), None)
    if like is not None and len(containers) == 1:
        return like
    names, given = list(account.live.world.models), " and ".join(each[:200] for each in addresses) or "no artefact"
    say = (
        f"How a model of {given} behaves is not known: mlcourse has the models of its world, {', '.join(names)}. Name "
        f"one of them in CreateEndpointConfig, or its artefact here, such as {artefact(names[0])}; the new model then "
        "behaves like it."
    )
    raise ServiceError(NOT_SIMULATED, say)


def _artefact(container: Raw) -> str:
    """Return the address of a container's bytes in either form, empty without one."""
    source = container.get("ModelDataSource", {}).get("S3DataSource", {}).get("S3Uri", "")
    return str(container.get("ModelDataUrl") or source)


def _parts(address: str) -> Iterator[str]:
    """Yield what may be a model's name in an address: its last parts, and without their endings."""
    for part in reversed(address.rstrip("/").split("/")[-LAST_PARTS:]):
        yield part
        yield re.sub(r"(\.tar)?(\.\w+)?$", "", part)
        yield part.rpartition(":")[2]


def image(name: str) -> str:
    """Return the image that DescribeModel shows of a model of the world."""
    return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/mlcourse:{name}"


def artefact(name: str) -> str:
    """Return the address of the bytes of a model of the world."""
    return f"s3://mlcourse-{REGION}-{ACCOUNT}/{name}/model.tar.gz"


def describe(account: Account, request: Raw) -> Output:
    """Answer DescribeModel."""
    name = request["ModelName"]
    _insist(account, name)
    container = {"Image": image(name), "Mode": "SingleModel", "ModelDataUrl": artefact(name)}
    of_world = {"PrimaryContainer": container, "ExecutionRoleArn": ROLE, "EnableNetworkIsolation": False}
    raw = account.models.created.get(name, of_world)
    return {**raw, **_summary(account, name), "EnableNetworkIsolation": raw.get("EnableNetworkIsolation", False)}


def list_all(account: Account, request: Raw) -> Output:
    """Answer ListModels."""
    return listed(request, [_summary(account, name) for name in _names(account)], answer="Models", name="ModelName")


def delete(account: Account, request: Raw) -> Output:
    """Answer DeleteModel: what has loaded it goes on, as on AWS; new requests do not find it."""
    name = request["ModelName"]
    _insist(account, name)
    account.models.created.pop(name, None)
    account.models.deleted.add(name)
    return {}


def insist_on_models(account: Account, names: Iterable[str]) -> None:
    """Refuse a request about a model that DeleteModel has taken away; all others the run itself looks up.

    The run is not asked, and no plan holds the request: it would take it.
    """
    for name in names:
        if name in account.models.deleted:
            raise ServiceError(INVALID, _missing(name))


def _names(account: Account) -> Iterable[str]:
    return [name for name in account.live.first.cloud.world.models if name not in account.models.deleted]


def _insist(account: Account, name: str) -> None:
    if name not in _names(account):
        raise ServiceError(INVALID, _missing(name))


def _missing(name: str) -> str:
    return f'Could not find model "{arn("model", name)}".'


def _summary(account: Account, name: str) -> Output:
    named = arn("model", name)
    return {"ModelName": name, "ModelArn": named, "CreationTime": account.made_at(named)}


OPERATIONS = {
    ("sagemaker", "CreateModel"): create,
    ("sagemaker", "DescribeModel"): describe,
    ("sagemaker", "ListModels"): list_all,
    ("sagemaker", "DeleteModel"): delete,
}
