"""InputFilter, JoinSource and OutputFilter (spec inference 5)."""

from __future__ import annotations

import json

import pytest

from engine.batch.paths import chosen, parse_path
from engine.batch.processing import process_csv, process_json
from engine.errors import WrongValues
from engine.requests.batch import DataProcessing


def sees(answer, seen):
    """Return a model that gives this answer, and notes what it is asked."""

    def predict(record):
        seen.append(record)
        return answer

    return predict


@pytest.mark.parametrize(
    ("fields", "asked", "output"),
    [
        pytest.param({}, "1,2,3", "1", id="prediction-alone"),
        pytest.param({"join_source": "Input"}, "1,2,3", "1,2,3,1", id="joined"),
        pytest.param({"input_filter": "$[1:]"}, "2,3", "1", id="without-the-id"),
        pytest.param(
            {"input_filter": "$[1:]", "join_source": "Input", "output_filter": "$[0,-1]"},
            "2,3",
            "1,1",
            id="id-and-prediction",
        ),
        pytest.param({"input_filter": "$[0]"}, "1", "1", id="one-column"),
    ],
)
def test_csv(fields, asked, output):
    """A line `1,2,3`, of which the model says 1 (spec inference 5)."""
    seen = []

    assert process_csv("1,2,3", sees("1", seen), DataProcessing(**fields)) == output
    assert seen == [asked]


def test_a_slice_excludes_its_end():
    """`$[1:4]` is the second to the fourth column, whatever the guide says, and `$[:5]` the first five (spec inference
    0.1)."""
    columns = ["a", "b", "c", "d", "e", "f"]

    assert chosen(columns, parse_path("$[1:4]")) == ["b", "c", "d"]
    assert chosen(columns, parse_path("$[:5]")) == ["a", "b", "c", "d", "e"]
    assert chosen(columns, parse_path("$[-2:]")) == ["e", "f"]


def test_several_columns_of_a_prediction():
    """All of them follow the input, and quoted fields stay quoted where they must."""
    joined = DataProcessing(join_source="Input")

    assert process_csv('7,"a, b"', lambda _: "0.2,0.8", joined) == '7,"a, b",0.2,0.8'


@pytest.mark.parametrize(
    ("record", "fields", "asked", "output"),
    [
        ({"id": 7, "x": [1, 2]}, {"join_source": "Input"}, None, {"id": 7, "x": [1, 2], "SageMakerOutput": 0.5}),
        ([1, 2], {"join_source": "Input"}, None, {"SageMakerInput": [1, 2], "SageMakerOutput": 0.5}),
        ({"id": 7, "x": [1, 2]}, {"input_filter": "$.x"}, [1, 2], 0.5),
        (
            {"id": 7, "x": [1, 2]},
            {"input_filter": "$['x']", "join_source": "Input", "output_filter": "$['id','SageMakerOutput']"},
            [1, 2],
            {"id": 7, "SageMakerOutput": 0.5},
        ),
        ({"id": 7}, {"join_source": "Input", "output_filter": "$.SageMakerOutput"}, None, 0.5),
        ({"a": {"b": [3, 4]}}, {"input_filter": "$.a.b[*]"}, [3, 4], 0.5),
    ],
)
def test_json(record, fields, asked, output):
    """SageMakerOutput is added to an object, and put beside anything else (spec inference 5)."""
    seen = []
    found = process_json(json.dumps(record), sees("0.5", seen), DataProcessing(**fields))

    assert json.loads(found) == output
    assert json.loads(seen[0]) == (record if asked is None else asked)


@pytest.mark.parametrize("path", ["x", "", "$[", "$[a]", "$..x", "$[1:2:3]", "$" + ".a" * 32])
def test_a_filter_that_cannot_be_read(path):
    """Neither can one of more than 63 characters (spec inference 5)."""
    with pytest.raises(WrongValues, match="filter"):
        parse_path(path)


@pytest.mark.parametrize(("path", "value"), [("$.y", {"x": 1}), ("$[3]", [1]), ("$.x", [1]), ("$[1:]", 5)])
def test_a_part_that_is_not_there(path, value):
    """It is said what was asked, and of what."""
    with pytest.raises(WrongValues, match="has no part"):
        chosen(value, parse_path(path))
