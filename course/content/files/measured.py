"""Models whose time was measured, and the instances that they are put on: each mistake where it can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from course.content.schema.mentions import keys, places, texts
from course.content.yaml.document import Complaints, Trail
from course.content.yaml.wording import shown
from engine.catalogue.curves import curves

KINDS = ("ProductionVariants", "ShadowProductionVariants")


@dataclass(frozen=True, slots=True)
class Placed:
    """A model on a type of instance, or in serverless environments."""

    model: str
    on: str | None
    """None for serverless environments."""
    trail: Trail
    """Of the type, or of the whole variant."""


def complain_of_curves(complaints: Complaints, world: Trail) -> None:
    """Complain about each variant of a world, and each release of a lab, that runs a model elsewhere than where its
    curve was measured."""
    data = complaints.document.data
    placed = list(_placed(data, world))
    for name in keys(data, (*world, "models")) or ():
        for _, curve in texts(data, (*world, "models", name, "service", "curve")):
            for each in placed:
                if each.model == name and (say := not_there(curve, each.on)):
                    complaints.at_value(each.trail, say)
    for trail, name in texts(data, ("releases", ..., "replaces")):
        for at, curve in texts(data, (*trail[:-1], "model", "service", "curve")):
            found = [say for each in placed if each.model == name and (say := not_there(curve, each.on))]
            if found:
                complaints.at_value(at, found[0])


def not_there(curve: str, on: str | None) -> str | None:
    """Return what is wrong with a curve for this type of instance; None where it fits, or where nobody knows it."""
    known = curves().get(curve)
    if known is None or known.instance_type in (None, on):
        return None
    here = "in serverless environments" if on is None else f"on {shown(on)}"
    say = f"the curve {shown(curve)} was measured on {known.instance_type}, and the model runs {here}"
    return f"{say}; use {known.instance_type}, or give the model a mean_ms instead of the curve"


def _placed(data: object, world: Trail) -> Iterator[Placed]:
    for kind in KINDS:
        for trail, name in texts(data, (*world, "configs", ..., kind, ..., "ModelName")):
            variant = trail[:-1]
            for at, on in texts(data, (*variant, "InstanceType")):
                yield Placed(name, on, at)
            for at, _ in places(data, (*variant, "ServerlessConfig")):
                yield Placed(name, None, at)
