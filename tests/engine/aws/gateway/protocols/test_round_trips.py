"""What botocore's serializers send is read as they meant it, and what is written is read back by botocore's parsers."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.aws.gateway.call import Call
from engine.aws.gateway.errors import ServiceError
from engine.aws.gateway.http import HttpRequest
from engine.aws.gateway.operations.registry import OPERATIONS
from engine.aws.gateway.protocols.cbor import Cbor
from engine.aws.gateway.protocols.json_rpc import JsonRpc
from engine.aws.gateway.protocols.query import Query
from engine.aws.gateway.protocols.rest_runtime import RestRuntime
from engine.aws.gateway.protocols.taken import taken
from tests.engine.aws.gateway.protocols.generated import TEXT, XML_TEXT, model, values

WIRES = {"json": JsonRpc(), "smithy-rpc-v2-cbor": Cbor(), "query": Query(), "rest-json": RestRuntime()}
MODELS = {
    name: model(name)
    for name in ("sagemaker", "cloudwatch", "application-autoscaling", "events", "sts", "sagemaker-runtime")
}
SPOKEN = [(service, protocol) for service, each in MODELS.items() for protocol in each.protocols]
EVENTS = "InvokeEndpointWithResponseStream", "InvokeEndpointWithBidirectionalStream"
FEW = settings(max_examples=30)


def names_of(service):
    """Return the operations to try: those that are simulated, and where that are few, all of them."""
    if service in ("cloudwatch", "sts", "sagemaker-runtime"):
        return sorted(set(MODELS[service].operation_names) - set(EVENTS))
    return sorted(
        {operation for owner, operation in OPERATIONS if owner == service} or MODELS[service].operation_names[:20]
    )


def without_nothing(value):
    """Return the value without empty structures, which the query protocol has not, and what is empty without them."""
    if isinstance(value, dict):
        pruned = {name: without_nothing(each) for name, each in value.items()}
        return {name: each for name, each in pruned.items() if each not in ({}, [])}
    return [each for each in map(without_nothing, value) if each != {}] if isinstance(value, list) else value


def read_by_botocore(protocol, shape, answer):
    """Return what botocore's parser makes of an answer; a body that is streamed is read to its end."""
    streamed = shape is not None and shape.serialization.get("payload")
    body = io.BytesIO(answer.body) if streamed else answer.body
    found = {"status_code": answer.status, "headers": HeadersDict(answer.headers), "body": body, "context": {}}
    read = create_parser(protocol).parse(found, shape)
    return {**read, streamed: read[streamed].read()} if streamed else read


@pytest.mark.parametrize("service, protocol", SPOKEN)
@FEW
@given(data=st.data())
def test_an_output_is_read_back(service, protocol, data):
    """All types that the shapes of an answer have, in every protocol of the service."""
    operation = MODELS[service].operation_model(data.draw(st.sampled_from(names_of(service))))
    shape = operation.output_shape
    text, finite = XML_TEXT if protocol == "query" else TEXT, protocol == "json"  # JSON has no infinity but in words
    output = data.draw(values(shape, text, finite=finite)) if shape is not None else {}

    answer = WIRES[protocol].write(Call(service=service, operation=operation.name, input={}), output, "id-1")
    read = read_by_botocore(protocol, shape, answer)

    read.pop("ResponseMetadata")
    assert read == ({"Body": b"", **output} if shape is not None and shape.serialization.get("payload") else output)


@pytest.mark.parametrize("service, protocol", SPOKEN)
@FEW
@given(data=st.data())
def test_an_input_is_read_as_it_was_meant(service, protocol, data):
    """With times as ISO text and blobs as bytes, whatever the protocol."""
    operation = MODELS[service].operation_model(data.draw(st.sampled_from(names_of(service))))
    shape = operation.input_shape
    meant = data.draw(values(shape, finite=True)) if shape is not None else {}
    if service == "sagemaker-runtime":
        meant |= {"EndpointName": data.draw(st.text("aZ-9%+ ü", min_size=1)), "Body": data.draw(st.binary(max_size=9))}
    sent = create_serializer(protocol, include_validation=False).serialize_to_request(meant, operation)

    body = sent["body"]
    encoded = urlencode(body).encode() if isinstance(body, dict) else body.encode() if isinstance(body, str) else body
    request = HttpRequest(
        method=sent["method"],
        path=sent["url_path"],
        headers={name.lower(): str(value) for name, value in sent["headers"].items()},
        body=encoded,
    )
    assert WIRES[protocol].speaks(request)
    call = WIRES[protocol].read(request)

    expected = taken(service, operation.name, meant)
    plain = without_nothing if protocol == "query" else lambda value: value
    assert (call.service, call.operation, plain(call.input)) == (service, operation.name, plain(expected))


@pytest.mark.parametrize("service, protocol", SPOKEN)
@FEW
@given(data=st.data())
def test_an_error_is_read_back(service, protocol, data):
    """With code, message and status, by the code that clients of the service look for."""
    known = MODELS[service].error_shapes
    shape = data.draw(st.sampled_from(known)) if known else None
    code = data.draw(st.sampled_from([shape.name, shape.error_code])) if shape is not None else "NotSimulated"
    say = data.draw(XML_TEXT)
    request = _error_request(service, protocol)
    answer = WIRES[protocol].error(request, ServiceError(code, say, status=404), "id-1")
    read = read_by_botocore(protocol, None, answer)

    assert read["Error"]["Code"] in ({code, shape.error_code, shape.name} if shape is not None else {code})
    assert read["Error"].get("Message", "") == say
    if service in ("cloudwatch", "sts"):
        assert (read["Error"]["Code"], read["Error"].get("Type")) == (shape.error_code, "Sender")


def _error_request(service, protocol):
    metadata = MODELS[service].metadata
    target = metadata.get("targetPrefix", "")
    return {
        "json": HttpRequest(method="POST", path="/", headers={"x-amz-target": f"{target}.X"}),
        "smithy-rpc-v2-cbor": HttpRequest(method="POST", path=f"/service/{target}/operation/X"),
        "query": HttpRequest(method="GET", path="/", query=f"Action=X&Version={metadata['apiVersion']}"),
        "rest-json": HttpRequest(method="POST", path="/endpoints/x/invocations"),
    }[protocol]
