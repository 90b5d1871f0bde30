"""Plain data becomes frozen dataclasses, or complaints about everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.schema.build import build, shape_of
from course.content.yaml.document import Complaints, Document
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from course.syllabus import Plot
from engine.bounds import Bounded, bounded
from engine.errors import Wrong
from engine.traffic.workload import Workload
from quiz.questions import Matching, Numeric, Single


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    kind: ClassVar[str] = "round"
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    kind: ClassVar[str] = "square"
    side: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing(Bounded):
    id: str
    count: int = bounded(low=1, high=9)
    share: float = bounded(0.5, low=0, high=1)
    colour: Literal["red", "green"] = "red"
    note: str = ""
    sure: bool = False
    in_: float | None = None
    shape: Round | Square = Square()
    names: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    limits: Mapping[str, int] | None = None
    answer: str | tuple[str, ...] | Mapping[str, str] = ""

    def wrongs(self):
        yield from super(Thing, self).wrongs()
        if self.in_ is not None and self.in_ > self.share:
            yield Wrong("in_", "must be at most share")


def read(cls: Any, text: str) -> tuple[Any, list[str]]:
    """The value, and what is said."""
    complaints = Complaints(read_yaml(text, "x.yaml"))
    value = build(cls, complaints.document.data, complaints)
    said = sorted((problem.line, problem.column, problem.say) for problem in complaints.problems)
    return value, [f"{line}:{column}: {say}" for line, column, say in said]


def test_all_kinds_of_fields_are_read():
    """Each type hint has its spelling in YAML."""
    thing, said = read(
        Thing,
        """
id: a-1
count: 3
share: 1
colour: green
note: ""
sure: true
in: 0.5
shape: {kind: round, radius: 2}
names: [x, y]
weights: {a: 1, b: 0.5}
points: [[0, 1], [2, 3.5]]
limits: {a: 1}
answer: [p, q]
""",
    )

    assert said == []
    assert thing == Thing(
        id="a-1",
        count=3,
        share=1.0,
        colour="green",
        sure=True,
        in_=0.5,
        shape=Round(radius=2.0),
        names=("x", "y"),
        weights=(("a", 1.0), ("b", 0.5)),
        points=((0.0, 1.0), (2.0, 3.5)),
        limits={"a": 1},
        answer=("p", "q"),
    )
    assert isinstance(thing.share, float)


def test_defaults_fill_what_is_left_out():
    """Only fields without a default are required."""
    assert read(Thing, "{id: a, count: 1}") == (Thing(id="a", count=1), [])


WRONG = [
    pytest.param(
        "{id: a, cuont: 1}",
        [
            "1:1: `count` is missing; add it here, it must be a whole number",
            "1:9: unknown key 'cuont'; did you mean count?",
        ],
        id="misspelt",
    ),
    pytest.param(
        "{id: a, count: 1, zzz: 1}",
        [
            "1:19: unknown key 'zzz'; known here: id, count, share, colour, note, sure, in, shape, names, weights, "
            "points, limits, answer"
        ],
        id="unknown",
    ),
    pytest.param("{id: a, count: 1, in_: 1}", ["1:19: unknown key 'in_'; did you mean in?"], id="in_ is written in"),
    pytest.param(
        "{id: a, count: 1.5}", ["1:16: `count` is the number 1.5; it must be a whole number"], id="float for int"
    ),
    pytest.param("{id: a, count: true}", ["1:16: `count` is true; it must be a whole number"], id="bool for int"),
    pytest.param(
        "{id: a, count: 1, share: false}", ["1:26: `share` is false; it must be a number"], id="bool for float"
    ),
    pytest.param(
        "{id: a, count: '1'}", ["1:16: `count` is the text '1'; it must be a whole number"], id="text for int"
    ),
    pytest.param("{id: a, count: 10}", ["1:16: `count` must be at least 1 and at most 9, got 10"], id="too large"),
    pytest.param(
        "{id: a, count: 1, share: -1}", ["1:26: `share` must be at least 0 and at most 1, got -1"], id="below"
    ),
    pytest.param(
        "{id: 5, count: 1}", ["1:6: `id` is the number 5; it must be text, so put it in quotes"], id="number for text"
    ),
    pytest.param(
        "{id: A b, count: 1}",
        ["1:6: `id` is the text 'A b'; it must be lower-case letters, digits and hyphens, such as blue-green"],
        id="no id",
    ),
    pytest.param(
        "{id: a, count: 1, sure: yes}",
        ["1:25: `sure` is the text 'yes'; it must be true or false"],
        id="yes is no boolean",
    ),
    pytest.param(
        "{id: a, count: 1, colour: gren}",
        ["1:27: `colour` is the text 'gren'; it must be red or green (did you mean green?)"],
        id="choice",
    ),
    pytest.param("{id: a, count: 1, in: }", [], id="an optional value may be empty"),
    pytest.param("{id: a, count: 1, share: }", ["1:26: `share` is empty; it must be a number"], id="empty"),
    pytest.param("{id: a, count: 1, names: x}", ["1:26: `names` is the text 'x'; it must be a list"], id="no list"),
    pytest.param(
        "{id: a, count: 1, names: [x, 2]}",
        ["1:30: item 2 is the number 2; it must be text, so put it in quotes"],
        id="item",
    ),
    pytest.param(
        "{id: a, count: 1, points: [[1, 2, 3]]}",
        ["1:28: item 1 is a list; it must be a list of 2: a number, a number"],
        id="point",
    ),
    pytest.param(
        "{id: a, count: 1, weights: [1]}", ["1:28: `weights` is a list; it must be a mapping"], id="no mapping"
    ),
    pytest.param(
        "{id: a, count: 1, limits: {b: x}}", ["1:31: `b` is the text 'x'; it must be a whole number"], id="in a mapping"
    ),
    pytest.param(
        "{id: a, count: 1, shape: {side: 1}}",
        ["1:19: `kind` is missing; add it here, it must be round or square"],
        id="no kind",
    ),
    pytest.param(
        "{id: a, count: 1, shape: {kind: sqare}}", ["1:33: `kind` is the text 'sqare'; did you mean square?"], id="kind"
    ),
    pytest.param(
        "{id: a, count: 1, shape: {kind: square, radius: 1}}",
        ["1:41: unknown key 'radius'; known here: side"],
        id="another kind's field",
    ),
    pytest.param(
        "{id: a, count: 1, shape: {kind: round}}",
        ["1:19: `radius` is missing; add it here, it must be a number"],
        id="missing inside",
    ),
    pytest.param(
        "{id: a, count: 1, shape: round}",
        ["1:26: `shape` is the text 'round'; it must be a mapping with `kind`: round or square"],
        id="no mapping with kind",
    ),
    pytest.param("{id: a, count: 1, in: 0.9}", ["1:23: `in` must be at most share"], id="a rule between fields"),
    pytest.param(
        "{id: a, count: 1, answer: 5}",
        ["1:27: `answer` is the number 5; it must be text, so put it in quotes"],
        id="number for a union with text",
    ),
    pytest.param(
        "{id: a, count: 1, answer: }",
        ["1:27: `answer` is empty; it must be text, a list or a mapping"],
        id="empty union",
    ),
    pytest.param("[1]", ["1:1: this is a list; it must be a mapping"], id="no mapping at all"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_each_mistake_says_what_would_be_right(text, said):
    """Given, needed, and the nearest known word, at the exact place."""
    assert read(Thing, text)[1] == said


def test_all_mistakes_come_at_once():
    """One wrong field hides no other, however deep."""
    _, said = read(
        Workload,
        """
rate: 1000000000
arrivals: poison
shape: {kind: trace, per_minute: [1, -2, x]}
payload: {median_kb: 0, sigma: "1"}
bake: 3
""",
    )

    assert said == [
        "2:7: `rate` must be at least 0 and at most 100000, got 1000000000",
        "3:11: `arrivals` is the text 'poison'; it must be poisson or regular (did you mean poisson?)",
        "4:38: item 2 must be at least 0 and at most 6e+06, got -2",
        "4:42: item 3 is the text 'x'; it must be a whole number",
        "5:22: `median_kb` must be above 0 and at most 999999, got 0",
        "5:32: `sigma` is the text '1'; it must be a number",
        "6:1: unknown key 'bake'; known here: rate, arrivals, shape, payload, target_variants, users, outcome, "
        "comparison, client_timeout_s, request_ttl_s, invocation_timeout_s",
    ]


def test_numbers_in_a_list_are_bounded_one_by_one():
    """The item that is out of bounds is the one that is pointed at."""
    assert read(Workload, "rate: 1\nshape: {kind: trace, per_minute: [1, -2]}")[1] == [
        "2:38: item 2 must be at least 0 and at most 6e+06, got -2"
    ]


def test_a_missing_key_points_at_the_key_of_its_mapping():
    """What is missing has no place of its own."""
    assert read(Workload, "rate: 1\nshape:\n  kind: bursts\n")[1] == [
        "2:1: `every_s` is missing; add it here, it must be a number",
        "2:1: `lasts_s` is missing; add it here, it must be a number",
        "2:1: `times` is missing; add it here, it must be a number",
    ]


def test_a_reader_of_ones_own_is_used_wherever_its_class_stands():
    """A class may be read in another way than by its fields."""
    complaints = Complaints(read_yaml("{id: a, count: 1, shape: {kind: round, radius: 9}}", "x.yaml"))

    thing = build(
        Thing, complaints.document.data, complaints, readers={Round: lambda data, trail, say: Round(radius=0.0)}
    )
    assert thing.shape == Round(radius=0.0)


def test_a_hint_that_yaml_cannot_spell_is_a_bug():
    """A programmer hears of it when the class is first read."""
    with pytest.raises(TypeError, match="no file can spell"):
        shape_of(set[int])


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "options", "pairs", "rate", "shape", "per_minute", "series", "value", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(DATA, st.sampled_from([Thing, Workload, Single, Matching, Numeric, Plot]))
def test_no_data_raises_anything(data, cls):
    """Whatever a document holds, a value comes of it or a complaint."""
    complaints = Complaints(Document(path=Path("x.yaml"), data=data, marks={}, keys={}))
    value = build(cls, data, complaints)

    assert (value is None) == bool(complaints.problems) or complaints.problems
    with pytest.raises(ContentError) if complaints.problems else _nothing():
        complaints.settle(value)


def _nothing():
    from contextlib import nullcontext

    return nullcontext()
