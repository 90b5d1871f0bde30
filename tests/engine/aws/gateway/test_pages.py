"""Long answers in pages: all of it comes once, whatever comes or goes between two pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.pages import page


def pages(items, request, **options):
    """Return the pages of a list until there is no more."""
    found, token = [], None
    while True:
        asked = request if token is None else {**request, "NextToken": token}
        part = page(items, asked, of="x", size=5, key=str, **options)
        found.append(list(part.items))
        token = part.next_token
        if token is None:
            return found


@given(count=st.integers(0, 40), most=st.integers(1, 50))
def test_pages_together_are_the_list(count, most):
    """No page is larger than asked for, and none but the only one is empty."""
    found = pages(list(range(count)), {"MaxResults": most})

    assert [item for each in found for item in each] == list(range(count))
    assert all(len(each) <= most for each in found)
    assert all(found) or len(found) == 1


def test_what_comes_or_goes_between_moves_nothing():
    """Of a list whose beginning changes neither is anything shown twice nor left out."""
    first = page(["b", "c", "d"], {"MaxResults": 2}, of="x", size=5, key=str)
    rest = page(["a", "b", "c", "d"], {"MaxResults": 2, "NextToken": first.next_token}, of="x", size=5, key=str)
    without = page(["b", "d"], {"NextToken": first.next_token}, of="x", size=5, key=str)

    assert list(rest.items) == ["d"]
    assert list(without.items) in (["d"], [])


@pytest.mark.parametrize("token", ["", "x", "WzFd", "é", "=" * 9999, "W1tbW1tb"])
def test_a_token_that_is_none(token):
    """It is refused by the code that the service has for it."""
    with pytest.raises(ServiceError) as refused:
        page([1, 2], {"NextToken": token}, of="x", size=1, key=str, wrong_token="InvalidNextToken")

    assert refused.value.code == "InvalidNextToken"


def test_a_token_of_another_question():
    """Its place means nothing there, nor in another list that is asked for with the same words."""
    token = page([1, 2], {"NameContains": "a"}, of="models", size=1, key=str).next_token

    for name, of in (("b", "models"), ("a", "endpoints")):
        with pytest.raises(ServiceError, match="other parameters"):
            page([1, 2], {"NameContains": name, "NextToken": token}, of=of, size=1, key=str)
