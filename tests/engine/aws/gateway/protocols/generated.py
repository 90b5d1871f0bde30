"""Values that fit a shape of a service model, for properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from botocore.loaders import Loader
from botocore.model import ServiceModel
from hypothesis import strategies as st

LOADER = Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
XML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20)
HEADER_TEXT = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=20)
MOMENTS = st.integers(0, 4 * 10**9).map(lambda s: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
LEAVES = {
    "integer": st.integers(-(1 << 31), (1 << 31) - 1),
    "long": st.integers(-(1 << 63), (1 << 63) - 1),
    "float": st.floats(allow_nan=False, width=32),
    "double": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "blob": st.binary(max_size=20),
    "timestamp": MOMENTS,
}
DEPTH = 5


def model(service):
    """Return botocore's model of a service."""
    return ServiceModel(LOADER.load_service_model(service, "service-2"), service)


@cache
def values(shape, text=TEXT, *, finite=False, depth=DEPTH):
    """Return a strategy for values of this shape, never deeper than that; an absent member is left out."""
    kind = shape.type_name
    inner = {"text": text, "finite": finite, "depth": depth - 1}
    if kind == "structure":
        known = {
            name: each for name, each in shape.members.items() if depth > 1 or each.type_name in (*LEAVES, "string")
        }
        fields = {name: values(each, **{**inner, "text": _text_of(each, text)}) for name, each in known.items()}
        needed = {name: each for name, each in fields.items() if name in shape.required_members}
        optional = {name: each for name, each in fields.items() if name not in needed}
        if shape.is_tagged_union:
            return st.sampled_from(sorted(fields)).flatmap(lambda name: fields[name].map(lambda value: {name: value}))
        return st.fixed_dictionaries(needed, optional=optional)
    if kind == "list":
        return st.lists(values(shape.member, **inner), max_size=3) if depth > 1 else st.just([])
    if kind == "map":
        return st.dictionaries(text, values(shape.value, **inner), max_size=3) if depth > 1 else st.just({})
    if kind in ("float", "double") and finite:
        return LEAVES[kind].filter(lambda value: abs(value) != float("inf"))
    return LEAVES.get(kind, text)


def _text_of(member, text):
    return HEADER_TEXT if member.serialization.get("location") == "header" else text
