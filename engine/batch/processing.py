"""What becomes of a record between its object and the output: InputFilter, the model, JoinSource, OutputFilter, in
this order (spec inference 5)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from engine.batch.paths import chosen, parse_path
from engine.requests.batch import DataProcessing

Predict = Callable[[str], str]
"""The model: a record as text in, its answer as text out."""
INPUT, OUTPUT = "SageMakerInput", "SageMakerOutput"


def process_csv(line: str, predict: Predict, processing: DataProcessing) -> str:
    """Return the output line of an input line; joined, the prediction's columns follow those of the whole input."""
    columns = _columns(line)
    seen = _filtered(columns, processing.input_filter)
    answer = _columns(predict(_line(seen)))
    joined = [*columns, *answer] if processing.join_source == "Input" else answer
    return _line(_filtered(joined, processing.output_filter))


def process_json(record: str, predict: Predict, processing: DataProcessing) -> str:
    """Return the output of a JSON record; joined, an object gets the key SageMakerOutput, anything else is put beside
    it."""
    value = json.loads(record)
    seen = chosen(value, parse_path(processing.input_filter))
    answer = json.loads(predict(_written(seen)))
    joined = _joined(value, answer) if processing.join_source == "Input" else answer
    return _written(chosen(joined, parse_path(processing.output_filter)))


def _joined(value: Any, answer: Any) -> Any:  # noqa: ANN401 - JSON
    return {**value, OUTPUT: answer} if isinstance(value, dict) else {INPUT: value, OUTPUT: answer}


def _filtered(columns: list[str], path: str) -> list[str]:
    found = chosen(columns, parse_path(path))
    return found if isinstance(found, list) else [found]


def _columns(line: str) -> list[str]:
    """Return the columns of one line; a line break within a field is not supported (spec inference 5)."""
    return next(csv.reader([line]), [])


def _line(columns: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(columns)
    return written.getvalue()


def _written(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
