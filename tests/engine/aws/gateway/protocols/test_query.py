"""What the query protocol's clients send and read, byte by byte."""

from __future__ import annotations

import pytest

from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest
from engine.aws.gateway.protocols.query import Query
from engine.aws.gateway.protocols.query_members import nested, parameters, value_of
from tests.engine.aws.gateway.protocols.generated import model

ALARM = "Action=PutMetricAlarm&Version=2010-08-01"


def read(query, method="GET", **more):
    """Return the input of what stands in a query string."""
    return Query().read(HttpRequest(method=method, path="/", query=query, **more)).input


@pytest.mark.parametrize(
    "text, expected",
    [
        ("&AlarmName=a%20b+c", {"AlarmName": "a b c"}),
        ("&Dimensions.member.2.Name=b&Dimensions.member.1.Name=a", {"Dimensions": [{"Name": "a"}, {"Name": "b"}]}),
        ("&Dimensions.member.10.Name=b&Dimensions.member.9.Name=a", {"Dimensions": [{"Name": "a"}, {"Name": "b"}]}),
        ("&AlarmActions=", {"AlarmActions": []}),
        ("&Period=60&Threshold=1e-3", {"Period": 60, "Threshold": 0.001}),
        ("&ActionsEnabled=false", {"ActionsEnabled": False}),
        ("&Color=red", {"Color": "red"}),
        ("&X-Amz-Signature=00&X-Amz-Date=20260101T000000Z&Timestamp=x&Signature=y", {}),
    ],
)
def test_a_query_string(text, expected):
    """Numbers, lists in any order, what is unknown, and signatures, which nobody looks at."""
    assert read(ALARM + text) == expected


def test_a_form_goes_on_where_the_query_string_ends():
    """As some clients write the action into one and the rest into the other."""
    headers = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}

    assert read(ALARM, "POST", headers=headers, body=b"AlarmName=%C3%BC") == {"AlarmName": "\u00fc"}


def test_times_are_iso_text():
    """In any form that a client writes them."""
    start = "Action=GetMetricStatistics&Version=2010-08-01&StartTime=2026-01-01T01:00:00%2B01:00&EndTime=1767225600"

    assert read(start) == {"StartTime": "2026-01-01T00:00:00+00:00", "EndTime": "2026-01-01T00:00:00+00:00"}


def test_maps_and_flattened_lists():
    """Which neither of the two services has; other services of the protocol have them."""
    shape = model("sns").operation_model("CreateTopic").input_shape
    given = "Name=n&Attributes.entry.1.key=K&Attributes.entry.1.value=v"
    assert value_of(shape, nested(parameters(given))) == {"Name": "n", "Attributes": {"K": "v"}}

    shape = model("sdb").operation_model("GetAttributes").input_shape
    given = "DomainName=d&AttributeName.1=a&AttributeName.2=b"
    assert value_of(shape, nested(parameters(given)))["AttributeNames"] == ["a", "b"]


def test_an_error_is_written_as_clients_read_it():
    """Namespace, type, code, message and id."""
    request = HttpRequest(method="GET", path="/", query=ALARM)
    answer = Query().error(request, ServiceError("ResourceNotFound", "a < b & \x00", status=404), "id-7")

    assert answer.status == 404
    assert answer.body.decode() == (
        '<ErrorResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><Error><Type>Sender</Type>'
        "<Code>ResourceNotFound</Code><Message>a &lt; b &amp; \ufffd</Message></Error>"
        "<RequestId>id-7</RequestId></ErrorResponse>"
    )


@pytest.mark.parametrize("query", ["Action=ListUsers&Version=2010-05-08", "Action=ListUsers", "Version=2010-08-01"])
def test_what_is_of_no_service(query):
    """A 4xx, which no client tries again."""
    wire, request = Query(), HttpRequest(method="POST", path="/", query=query)
    with pytest.raises(ServiceError) as refused:
        wire.read(request)

    assert refused.value.status == 400
    assert refused.value.code in ("NotSimulated", "UnknownOperationException")
