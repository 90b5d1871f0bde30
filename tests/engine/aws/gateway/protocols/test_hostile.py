"""Whatever comes in, an answer comes out: a 4xx in the form that the client reads, never an exception."""

from __future__ import annotations

import gzip
import json
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.aws.gateway.bodies import LARGEST_BODY_BYTES, LARGEST_MESSAGE_BYTES
from engine.aws.gateway.http import HttpRequest
from engine.aws.gateway.operations.registry import OPERATIONS
from engine.aws.gateway.protocols.cbor_items import read_item, write_item
from tests.engine.aws.gateway.clients import gateway_of

CALLS = sorted(OPERATIONS)
PREFIX = {
    "sagemaker": "SageMaker",
    "cloudwatch": "GraniteServiceVersion20100801",
    "application-autoscaling": "AnyScaleFrontendService",
    "events": "AWSEvents",
    "sts": "Sts",
    "sagemaker-runtime": "Runtime",
}
JSON = "application/x-amz-json-1.0"
JSON_HEADERS = {"x-amz-target": "GraniteServiceVersion20100801.PutMetricAlarm", "content-type": JSON}
CBOR_HEADERS = {"smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor"}
CBOR_PATH = "/service/GraniteServiceVersion20100801/operation/PutMetricAlarm"
FORM_HEADERS = {"content-type": "application/x-www-form-urlencoded"}
FORMS = {"json": (JSON_HEADERS, "/"), "cbor": (CBOR_HEADERS, CBOR_PATH), "query": (FORM_HEADERS, "/")}
KINDS = {"json": JSON, "cbor": "application/cbor", "query": "text/xml"}
"""Of answers."""
HEADER_NAMES = ("x-amz-target", "content-type", "content-encoding", "smithy-protocol")
PATHS = ["/", "", "/x", CBOR_PATH, "/endpoints/churn/invocations", "/endpoints/%ff/invocations"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
GATEWAY = gateway_of()


def post(headers, path="/", body=b"", **more):
    """Return the answer to a request of this kind."""
    return GATEWAY.answer(HttpRequest(**{"method": "POST", "path": path, "headers": headers, "body": body, **more}))


def error_of(answer):
    """Return the code and the message of an error in any of the forms."""
    kind = answer.headers["Content-Type"]
    if kind == "application/cbor":
        said = read_item(answer.body)
        return said["__type"], said["message"]
    if "json" in kind:
        said = json.loads(answer.body)
        return said.get("__type", answer.headers.get("x-amzn-errortype")), said.get("message", said.get("Message"))
    found = {each.tag.rpartition("}")[2]: each.text for each in ElementTree.fromstring(answer.body).iter()}
    return found["Code"], found["Message"]


@given(
    st.sampled_from(["GET", "POST", "PUT", "HEAD", "DELETE", ""]),
    st.sampled_from(PATHS) | st.text(),
    st.sampled_from(["", "Action=X", "Action=DescribeAlarms&Version=2010-08-01"]) | st.text(),
    st.dictionaries(
        st.sampled_from(HEADER_NAMES),
        st.sampled_from([*JSON_HEADERS.values(), *CBOR_HEADERS.values(), *FORM_HEADERS.values(), "gzip"]) | st.text(),
    ),
    st.binary(),
)
@example("POST", "/", "", {"x-amz-target": "."}, b"")
def test_any_request_is_answered(method, path, query, headers, body):
    """With a status that a client does not try again."""
    answer = GATEWAY.answer(HttpRequest(method=method, path=path, query=query, headers=headers, body=body))

    assert 200 <= answer.status < 500
    assert answer.status < 300 or all(error_of(answer))


@given(st.sampled_from(CALLS), st.dictionaries(st.text(), ANYTHING) | ANYTHING)
def test_any_body_of_a_known_operation_is_answered(call, body):
    """In JSON, and in CBOR where that can hold it."""
    service, operation = call
    target = f"{PREFIX[service]}.{operation}"
    headers = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
    assert 200 <= post(headers, body=json.dumps(body).encode()).status < 500


@given(st.sampled_from(["PutMetricAlarm", "SetAlarmState"]), st.text() | st.binary())
def test_any_form_is_answered(operation, rest):
    """The parameters may be anything."""
    known = f"Action={operation}&Version=2010-08-01&".encode()
    rest = rest.encode() if isinstance(rest, str) else rest
    assert 200 <= post(FORM_HEADERS, body=known + rest).status < 500


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "more, body, status",
    [
        ({}, b'{"half', 400),
        ({"content-encoding": "gzip"}, b"not gzip", 400),
        ({"content-encoding": "gzip"}, gzip.compress(b"{}", mtime=0)[:-3], 400),
        ({"content-encoding": "gzip"}, gzip.compress(b"{}", mtime=0) + b"more", 400),
        ({"content-encoding": "gzip"}, gzip.compress(bytes(LARGEST_BODY_BYTES + 1), mtime=0), 413),
        ({"content-encoding": "gzip"}, gzip.compress(bytes(LARGEST_MESSAGE_BYTES + 1), mtime=0), 413),
        ({"content-encoding": "br"}, b"x", 415),
        ({"content-type": "text/plain"}, b"x", 415),
        ({}, bytes(LARGEST_BODY_BYTES + 1), 413),
        ({}, bytes(LARGEST_MESSAGE_BYTES + 1), 413),
        ({}, b"\xff\xfe", 400),
    ],
)
def test_bodies_that_are_refused(form, more, body, status):
    """In the client's own protocol; a form of another type is nobody's, unless the query string has the action."""
    headers, path = FORMS[form]
    query = "Action=PutMetricAlarm&Version=2010-08-01" if form == "query" else ""
    answer = post({**headers, **more}, path, body, query=query)

    assert answer.status == status
    assert answer.headers["Content-Type"] == KINDS[form]
    assert all(error_of(answer))


def test_a_content_type_is_the_same_in_any_case():
    """CBOR's too, as RFC 9110 has it (8.3.1)."""
    headers, path = FORMS["cbor"]
    answer = post(
        {**headers, "content-type": "Application/CBOR"}, path.replace("PutMetricAlarm", "DescribeAlarms"), b"\xa0"
    )

    assert answer.status == 200


DEEP = 100_000


@pytest.mark.parametrize(
    "form, body",
    [
        ("json", b"[" * DEEP),
        ("json", b"[" * 500 + b"]" * 500),
        ("json", b'{"a":' * 80 + b"1" + b"}" * 80),
        ("json", b'{"AlarmName": "\\ud800"}'),
        ("json", b'{"Threshold": NaN}'),
        ("json", b'{"Period": ' + b"9" * 400 + b"}"),
        ("json", b'{"Period": ' + b"9" * 40 + b"}"),
        ("json", b'"text"'),
        ("cbor", b"\x9f" * DEEP),
        ("cbor", b"\x81" * 60 + b"\x00"),
        ("cbor", write_item({"Period": 1 << 63})),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&" + b"a." * DEEP + b"a=1"),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&" + b"a=1&" * DEEP),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&AlarmName=%ff"),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&AlarmName=a&AlarmName=b"),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&Dimensions=a&Dimensions.member.1.Name=b"),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&Dimensions.member.x.Name=b"),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&Dimensions.1.Name=b"),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&Period=often"),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&ActionsEnabled=perhaps"),
        ("query", b"Action=PutMetricAlarm&Version=2010-08-01&Period.x=1"),
    ],
)
def test_bodies_that_nobody_can_read(form, body):
    """Deep ones, numbers without an end, halves of characters: each refused as what cannot be read."""
    answer = post(*FORMS[form], body)

    assert (answer.status, error_of(answer)[0]) == (400, "SerializationException")


def test_an_endpoint_takes_a_body_that_no_other_operation_does():
    """The body is the model's, and not looked at."""
    body = bytes(LARGEST_MESSAGE_BYTES + 1)

    assert post({}, "/endpoints/churn/invocations", body).status == 200


@pytest.mark.parametrize(
    "method, path, signed_for, status, kind",
    [
        ("GET", "/", None, 404, "application/json"),
        ("GET", "/favicon.ico", None, 404, "application/json"),
        ("GET", "/bucket", "s3", 400, "application/xml"),
        ("GET", "/2015-03-31/functions", "lambda", 400, "application/json"),
        ("GET", "/endpoints/churn/invocations", None, 404, "application/json"),
        ("POST", "/endpoints/churn/dance", None, 404, "application/json"),
    ],
)
def test_requests_to_nobody(method, path, signed_for, status, kind):
    """Say which services there are, in the form that the client of such a service reads."""
    scope = f"AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/{signed_for}/aws4_request, Signature=0"
    answer = post({"authorization": scope} if signed_for else {}, path, method=method)

    assert (answer.status, answer.headers["Content-Type"]) == (status, kind)
    assert signed_for is None or f"of {signed_for} is not simulated" in error_of(answer)[1]
