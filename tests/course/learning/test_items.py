"""Names of items lead there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.items import Item, item_named

KINDS = st.sampled_from(["question", "term", "goal"])


@given(KINDS, st.text(min_size=1))
def test_a_name_leads_back(kind, id):
    """Whatever the id holds, colons and slashes among it."""
    assert item_named(Item(kind, id).name) == Item(kind, id)


@pytest.mark.parametrize("name", ["", "question", "question:", "poem:1", ":x"])
def test_what_is_no_item(name):
    """A newer program may name kinds that this one does not know."""
    assert item_named(name) is None
