"""What changed files brought to light once."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.content.files.questions import read_questions
from course.content.files.world import load_world_file
from course.content.yaml.errors import ContentError
from course.content.yaml.reader import read_yaml
from tests.course.content.editors.shipped import DOCS

SPAN = """\
format: 1
questions:
  - id: long
    kind: numeric
    computed: {from: canary, over: {instances: {from: 4, to: 9007199254740992}, size: {from: 1, to: 3}}}
    stem: Of {instances} instances {size} go first.
    figure: share
    explain: It is {share}.
    accepts: ["{share}"]
    rejects: ["{of_both}"]
"""


def test_a_span_is_not_counted_through():
    """A question file may let a figure be any of very many numbers, and is read at once all the same."""
    [question] = read_questions(read_yaml(SPAN, "q.yaml"))

    assert len(question.computed.choices["instances"]) == 2**53 - 3


def test_a_list_where_a_world_has_a_request(tmp_path):
    """A plan may hold several requests of one kind in a list; among those of a world that is a mistake."""
    text = (DOCS / "replay" / "world.yaml").read_text()
    first = text.index("- ", text.index("configs:"))
    (tmp_path / "world.yaml").write_text(text[:first] + "- []\n" + text[first - 2 :])

    with pytest.raises(ContentError, match=r"item 1 is a list; it must be a mapping, as CreateEndpointConfig has it"):
        load_world_file(Path(tmp_path / "world.yaml"), lambda problem: None)
