"""What a learner can send in a shift."""

from __future__ import annotations

import pytest

from course.tui.incident.requests import going_back
from tests.built_in import PACK


@pytest.mark.parametrize(
    ("incident", "names"),
    [("silent-rollback", ["arrivals-v1"]), ("the-overwritten-artefact", ["bloodbank-v4", "bloodbank-sept"])],
)
def test_the_way_back_may_be_chosen(incident, names):
    """First the configuration that served before; never the one that is new."""
    requests = going_back(PACK.incident(incident))

    assert [request.endpoint_config_name for request in requests] == names
