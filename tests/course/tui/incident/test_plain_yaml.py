"""Requests and answers as YAML: what is shown can be read back."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from course.content.yaml.reader import read_yaml
from course.tui.incident.plain_yaml import as_yaml

KEYS = st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True)
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-1000, 1000), WORDS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@given(data=st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_what_is_shown_means_what_was_meant(data):
    """Whatever the values are."""
    assert yaml.safe_load(as_yaml(data)) == data


def test_a_request_reads_as_in_a_plan():
    """Blocks, and quotes only where they are needed."""
    request = {
        "SetAlarmState": {"AlarmName": "v2-5xx", "StateValue": "ALARM", "StateReason": "Stopped by hand."},
        "Alarms": [{"AlarmName": "a", "Period": 60.0}, {"AlarmName": "on"}],
    }
    text = as_yaml(request)

    assert text.splitlines() == [
        "SetAlarmState:",
        "  AlarmName: v2-5xx",
        "  StateValue: ALARM",
        "  StateReason: Stopped by hand.",
        "Alarms:",
        "  - AlarmName: a",
        "    Period: 60",
        '  - AlarmName: "on"',
    ]
    assert read_yaml(text, "shown.yaml").data == {
        **request,
        "Alarms": [{"AlarmName": "a", "Period": 60}, {"AlarmName": "on"}],
    }
