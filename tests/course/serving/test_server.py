"""A socket to which anything may come, and which answers."""

from __future__ import annotations

import gzip
import socket
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime

import pytest

from course import wiring
from course.serving import connection as one_connection
from course.serving import server
from course.serving.server import PortTaken, is_loopback, serving
from course.serving.told import Asked, Trouble
from engine.aws.gateway.bodies import LARGEST_BODY_BYTES
from tests.course.serving.conftest import NAME

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: SageMaker.DescribeEndpoint\r\n"
BODY = b'{"EndpointName": "%s"}' % NAME.encode()
HOSTILE = {
    "garbage": (b"\x00\xff\xfegarbage\r\n\r\n", 400),
    "no version": (b"GET /\r\n\r\n", 400),
    "another version": (b"GET / HTTP/7.3\r\n\r\n", 400),
    "an old version": (b"GET / HTTP/0.9\r\n\r\n", 400),
    "a header that is none": (b"GET / HTTP/1.1\r\nfoo bar\r\n\r\n", 400),
    "a length before a space": (HEAD + b"Content-Length : 2\r\n\r\n{}", 400),
    "no such method": (b"BREW / HTTP/1.1\r\n\r\n", 405),
    "a line without end": (b"GET /" + b"a" * 70_000, 414),
    "a header without end": (b"GET / HTTP/1.1\r\nA: " + b"a" * 70_000 + b"\r\n\r\n", 431),
    "too many headers": (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
    "100 MB": (HEAD + b"Content-Length: 100000000\r\n\r\n" + b"x" * 100_000, 413),
    "100 MB, expecting leave": (HEAD + b"Content-Length: 100000000\r\nExpect: 100-continue\r\n\r\n", 413),
    "a length without end": (HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 413),
    "a negative length": (HEAD + b"Content-Length: -1\r\n\r\n", 400),
    "two lengths": (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}", 400),
    "chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
    "not zipped": (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 400),
    "zipped by somebody else": (HEAD + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", 415),
}
BOMB = gzip.compress(bytes(LARGEST_BODY_BYTES + 2))


@pytest.fixture(autouse=True)
def nothing_on_stderr(capfd):
    """No traceback, whatever comes."""
    yield
    assert capfd.readouterr() == ("", "")


def test_an_answer(served):
    """The Date is the wall's, the simulated time has a header of its own."""
    status, headers, body = served.ask()

    assert (status, body["EndpointStatus"]) == (200, "InService")
    assert headers["x-mlcourse-time"] == "2026-03-02T09:05:06+00:00"
    assert abs((parsedate_to_datetime(headers["Date"]) - wiring.now()).total_seconds()) < 60
    assert served.told == [Asked(306.0, "DescribeEndpoint", 200)]


def test_a_connection_is_kept(served):
    """Several requests on one connection, refused ones among them."""
    with served.connection() as connection:
        found = [served.ask(connection=connection, EndpointName=name)[0] for name in (NAME, "nobody", NAME)]
        kept = connection.sock

    assert found == [200, 400, 200]
    assert kept is not None


@pytest.mark.parametrize("sent, status", HOSTILE.values(), ids=HOSTILE)
def test_what_is_refused(served, sent, status):
    """In a sentence and with a 4xx; the next client is served."""
    answer = served.send(sent)

    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert answer.endswith(b".") and b"Traceback" not in answer
    assert served.ask()[0] == 200


def test_all_of_100_mb(served):
    """The sender gets to read why, although nobody reads what it sends."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(HEAD + b"Content-Length: 100000000\r\n\r\n")
        piece = bytes(1 << 20)
        for _ in range(95):
            connection.sendall(piece)
        connection.shutdown(socket.SHUT_WR)

        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_zip_that_grows(served):
    """What is small and becomes large is too large."""
    sent = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB

    assert served.send(sent).startswith(b"HTTP/1.1 413 ")


def test_a_zipped_request(served):
    """Clients zip large requests."""
    zipped = gzip.compress(BODY)
    head = HEAD + b"Connection: close\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(zipped)

    assert served.send(head + zipped).startswith(b"HTTP/1.1 200 ")
    assert served.send(head + zipped[:-4] + b"\0\0\0\0").startswith(b"HTTP/1.1 400 ")


def test_http_1_0(served):
    """It is answered, and the connection ends."""
    answer = served.send(HEAD.replace(b"1.1", b"1.0") + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"}")


def test_a_client_that_asks_for_leave(served):
    """It is told to go on, and then answered."""
    head = HEAD + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY)
    answer = served.send(head + BODY)

    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ")


def test_tls_on_a_plain_port(served):
    """Whoever runs the server is told; the client is hung up on at once, though no line has ended."""
    assert served.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100)) == b""
    [told] = served.told
    assert isinstance(told, Trouble)
    assert "http://" in told.say


@pytest.mark.parametrize("part", [b"", b"POST", HEAD, HEAD + b"Content-Length: 50\r\n\r\n{"])
def test_half_a_request(served, part):
    """A client that stops in the middle and goes away leaves nothing behind."""
    served.send(part, half=True)

    assert served.ask()[0] == 200
    assert [told for told in served.told if not isinstance(told, Asked)] == []


@pytest.mark.parametrize("part", [b"POST", HEAD, HEAD + b"Content-Length: 50\r\n\r\n{"])
def test_half_a_request_that_waits(served, part, monkeypatch):
    """A client that stops in the middle and stays is hung up on."""
    monkeypatch.setattr(one_connection, "HALF_S", 0.05)

    assert served.send(part) == b""
    assert served.ask()[0] == 200


def test_a_byte_now_and_then(monkeypatch):
    """It wins a client no time: all of a request has to come before a moment of the wall."""
    now_s = 100.0
    monkeypatch.setattr(one_connection, "monotonic", lambda: now_s)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        incoming = one_connection.Incoming(ours)
        incoming.wait_at_most(20)
        theirs.send(b"ab")
        assert incoming.read(1) == b"a"
        now_s = 120.5
        with pytest.raises(TimeoutError):
            incoming.read(1)


def test_space_around_what_a_header_says(served):
    """It is no part of it, and neither is an empty line that comes before a request."""
    head = HEAD + b"Connection: close\r\nContent-Length:   %d \t\r\n\r\n" % len(BODY)

    assert served.send(b"\r\n" + head + BODY).startswith(b"HTTP/1.1 200 ")


def test_too_many_connections(served):
    """One more is refused in a sentence and told once; there is room again when others have gone."""
    room = [socket.create_connection(("127.0.0.1", served.port), timeout=10) for _ in range(server.MOST_CONNECTIONS)]
    answers = [served.send(HEAD + b"\r\n") for _ in range(2)]
    for each in room:
        each.close()
    while b" 503 " in served.send(HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n")[:20]:
        pass

    assert [answer[:13] for answer in answers] == [b"HTTP/1.1 503 "] * 2
    assert answers[0].endswith(server.FULL.encode())
    assert [told.say for told in served.told if isinstance(told, Trouble)] == [f"A client was refused: {server.FULL}"]
    assert served.ask()[0] == 200


def test_a_request_after_the_end(served):
    """Nothing is changed that nobody would keep any more."""
    served.session.end()
    with served.connection() as connection:
        connection.request("POST", "/", BODY, {"X-Amz-Target": "SageMaker.DescribeEndpoint"})
        answer = connection.getresponse()

        assert (answer.status, answer.read()) == (
            503,
            b"mlcourse is about to end; nothing was changed. Start it again.",
        )


def test_a_client_that_goes_away(served):
    """It asks, and does not wait for the answer."""
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", served.port)) as connection:
            connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    assert served.ask()[0] == 200
    assert not [told for told in served.told if isinstance(told, Trouble)]


def test_two_clients_at_once(served):
    """They are served one after the other, and each gets its own answer."""
    names = [NAME, "nobody"] * 40
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: served.ask(EndpointName=name)[0], names))

    assert found == [200, 400] * 40
    assert len(served.told) == len(names)


def test_a_mistake_of_ours(served, monkeypatch):
    """It is told as one, without a traceback, and the next request is answered."""
    with monkeypatch.context() as broken:
        broken.setattr(served.session.gateway, "answer", None)
        status, _, body = served.ask()

    assert (status, body["__type"]) == (500, "InternalFailure")
    assert [told.say for told in served.told if isinstance(told, Trouble)]
    assert served.ask()[0] == 200


def test_a_port_that_is_taken(served):
    """The sentence says what to do."""
    with pytest.raises(PortTaken, match=r"--port 0"), serving(served.session, port=served.port):
        pass


def test_a_host_that_is_none(served):
    """As well, also for names that no resolver takes."""
    for host in ("192.0.2.1", "\N{LATIN SMALL LETTER U WITH DIAERESIS}" * 70):
        with pytest.raises(PortTaken, match=f"cannot listen on {host}.* --host"), serving(served.session, host):
            pass


def test_who_can_reach_it():
    """Only loopback is for this machine alone."""
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "example")] == [
        *(True, True, True),
        *(False, False, False),
    ]
