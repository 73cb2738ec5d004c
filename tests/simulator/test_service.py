"""The network in its own process: HTTP in both directions, real time, control, limits."""

import io
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl

import pytest
import requests
from twilio.request_validator import RequestValidator
from werkzeug.serving import WSGIRequestHandler, make_server

from simulator import NumberConfig
from simulator.remote import ControlError, RemoteNetwork
from simulator.service import Service, Settings

ACCOUNT = "AC" + "0" * 32
TOKEN = "not-a-real-token-but-32-bytes-long"
NEW_LEG = {"To": "client:icg_1", "From": "+82215881379"}
MENU = '<Gather action="/keys" numDigits="2" timeout="5" actionOnEmptyResult="true"><Pause/></Gather>'


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_):
        pass


@pytest.fixture
def site(product):
    def application(environ, start_response):
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        return product(environ, start_response)

    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def open_service(site, **more):
    fallback = more.pop("fallback", None)
    number = NumberConfig(f"{site}/voice{more.pop('fragment', '')}", f"{site}/status", fallback)
    service = Service(
        Settings(ACCOUNT, TOKEN, {"1379": number}, NumberConfig(f"{site}/browser", f"{site}/status"), **more)
    )
    service.start()
    yield service
    service.stop()


@pytest.fixture
def service(site):
    with open_service(site) as service:
        yield service


@pytest.fixture
def remote(service):
    return RemoteNetwork(service.url)


def until(holds, seconds=5):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.01)


def rest(service, path, **fields):
    url = f"{service.url}/2010-04-01/Accounts/{ACCOUNT}/{path}"
    return requests.post(url, data=fields, auth=(ACCOUNT, TOKEN), timeout=3)


def test_a_call_is_played_from_another_program(product, site, remote):
    product.pages |= {"/voice": MENU, "/keys": '<Say language="ko-KR" voice="Polly.Seoyeon">감사합니다</Say><Gather/>'}

    phone = remote.dial("+821012345678", "1379", {"CallerName": "김민지"})
    phone.wait_until_listening()
    first = phone.question
    phone.press("12")
    phone.wait_until(lambda phone: phone.said)

    assert product.posts("/keys")[0]["Digits"] == "12"
    assert phone.said == ["감사합니다"]
    assert phone.question != first
    phone.hang_up()
    assert phone.ended
    until(lambda: product.posts("/status"))
    for seen in product.seen:
        signed = RequestValidator(TOKEN).validate(
            site + seen.environ["RAW_URI"],
            dict(parse_qsl(seen.body.decode(), keep_blank_values=True)),
            seen.environ["HTTP_X_TWILIO_SIGNATURE"],
        )
        assert signed


def test_one_slow_answer_keeps_no_other_call_waiting(product, remote):
    product.pages["/voice"] = lambda form: (
        time.sleep(1.2 if form["From"] == "+8210" else 0),
        "<Gather timeout='60'/>",
    )[1]

    slow = remote.dial("+8210", "1379")
    began = time.monotonic()
    for _ in range(20):
        remote.dial("+821012345678", "1379").wait_until_listening()

    assert time.monotonic() - began < 1
    assert not slow.listening
    slow.wait_until_listening()
    assert remote.statistics()["slower_than_1_s"] == 1


def test_a_caller_may_hang_up_before_the_product_answers(product, remote):
    product.pages["/voice"] = lambda _: (time.sleep(0.2), "<Gather/>")[1]

    phone = remote.dial("+821012345678", "1379")
    phone.hang_up()
    time.sleep(0.4)

    assert phone.status == "canceled"
    assert remote.errors() == []


def test_two_people_meet_in_a_conference_and_the_agent_was_rung_by_rest(product, service, remote, site):
    product.pages["/voice"] = '<Dial><Conference waitUrl="">r</Conference></Dial>'
    caller = remote.dial("+821012345678", "1379")
    assert rest(service, "Calls.json", Url=f"{site}/voice", **NEW_LEG).status_code == 201
    until(lambda: remote.ringing("client:icg_1"))
    (agent,) = remote.ringing("client:icg_1")

    agent.answer()

    caller.wait_until(lambda phone: phone.connected_to == {agent.sid})
    with pytest.raises(ControlError, match="cannot answer"):
        agent.answer()


@pytest.mark.parametrize(
    ("fragment", "page", "tries"),
    [
        ("", (500, [], b""), 1),
        ("#rp=5xx&rc=2", (500, [], b""), 3),
        ("#rp=4xx,ct&rc=1", (404, [], b""), 2),
        ("#rt=100&rp=rt&rc=1", lambda _: (time.sleep(0.3), "<Gather/>")[1], 2),
        ("#tt=150&rt=100&rp=all&rc=5", lambda _: (time.sleep(0.3), "<Gather/>")[1], 2),
    ],
)
def test_the_fragment_says_how_often_a_url_is_tried_before_the_fallback(product, site, fragment, page, tries):
    product.pages |= {"/voice": page, "/fallback": "<Gather timeout='60'/>"}
    with open_service(site, fragment=fragment, fallback=f"{site}/fallback") as service:
        RemoteNetwork(service.url).dial("+821012345678", "1379").wait_until_listening()

    voice = [seen for seen in product.seen if seen.path == "/voice"]
    assert len(voice) == tries
    assert len({seen.environ["HTTP_I_TWILIO_IDEMPOTENCY_TOKEN"] for seen in voice}) == 1
    assert product.posts("/fallback")[0]["ErrorCode"] == ("11205" if "rt=" in fragment else "11200")


def test_a_product_that_is_gone_is_a_connection_failure_and_the_caller_is_cut_off(product, site):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with open_service(gone) as service:
            remote = RemoteNetwork(service.url)
            phone = remote.dial("+821012345678", "1379")
            phone.wait_until(lambda phone: phone.said)
            assert "application error" in phone.said[0]
            assert remote.errors()[0]["code"] == 11205
            assert remote.statistics()["by_status"] == {"0": 2}, "one retry, and none of them answered"


def test_a_lost_rest_reply_resets_the_connection_and_the_call_is_made(service, remote, site):
    remote.set_faults(rest={"lose_replies": 1})

    with pytest.raises(requests.ConnectionError):
        rest(service, "Calls.json", Url=f"{site}/voice", **NEW_LEG)

    until(lambda: remote.ringing("client:icg_1"))


def test_rest_refuses_and_hangs_on_command(service, remote, site):
    remote.set_faults(rest={"refuse_next": 1, "refuse_status": 429})
    assert rest(service, "Calls.json", Url=f"{site}/voice", **NEW_LEG).status_code == 429
    assert remote.all_ringing() == []

    remote.set_faults(rest={"hang_next": 1, "hang_seconds": 0.3})
    began = time.monotonic()
    assert rest(service, "Calls.json", Url=f"{site}/voice", **NEW_LEG).status_code == 201

    assert time.monotonic() - began >= 0.3
    assert len(remote.all_ringing()) == 1


def test_statistics_count_by_status_and_kind_of_url(product, remote):
    product.pages |= {"/voice": "<Redirect>/calls/7/keys</Redirect>", "/calls/7/keys": (404, [], b"")}
    remote.dial("+821012345678", "1379").wait_until(lambda phone: phone.said)

    told = remote.statistics()

    assert told["by_status"] == {"200": 1, "404": 1}
    assert set(told["answers_ms"]) == {"/voice", "/calls/*/keys"}
    assert told["answers_ms"]["/voice"]["count"] == 1
    assert told["errors"] == 1
    remote.reset_statistics()
    assert remote.statistics()["deliveries"] == 0


def test_control_is_for_programs_on_this_machine(service):
    url = f"{service.url}/control/faults"
    assert requests.get(url, headers={"Host": "evil.example"}, timeout=3).status_code == 403
    assert requests.post(url, data="{}", timeout=3).status_code == 415
    assert requests.post(url, json={"rest": {"lose": 1}}, timeout=3).status_code == 409
    assert requests.get(f"{service.url}/control/phones/CA0", timeout=3).status_code == 404


@contextmanager
def process(*arguments):
    command = [sys.executable, "-m", "simulator", "--product-url", "http://127.0.0.1:9", *arguments]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield running
    running.kill()
    running.wait()
    running.stdout.close()
    running.stderr.close()


def test_a_taken_port_is_one_line_and_exit_2():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with process("--port", str(port)) as running:
            _, told = running.communicate(timeout=10)

    assert running.returncode == 2
    assert told == f"simulator: port {port} at 127.0.0.1: Address already in use\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_stops_within_a_second(number):
    with process("--port", "0") as running:
        assert "listening on http://127.0.0.1:" in running.stdout.readline()
        running.send_signal(number)
        assert running.wait(timeout=1) == 0


def test_the_process_dies_with_its_parent():
    script = (
        "import os, subprocess, sys;"
        "child = subprocess.Popen([sys.executable, '-m', 'simulator', '--port', '0', '--product-url', 'http://127.0.0.1:9',"
        " '--die-with-parent', str(os.getpid())], stdout=subprocess.PIPE, text=True);"
        "child.stdout.readline(); print(child.pid)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=True)

    def is_gone():
        try:
            return Path(f"/proc/{int(told.stdout)}/stat").read_text().split()[2] == "Z"
        except OSError:
            return True

    until(is_gone, 2)


def test_a_parent_that_is_gone_already_is_noticed():
    with process("--port", "0", "--die-with-parent", "1") as running:
        assert running.wait(timeout=5) == 0
