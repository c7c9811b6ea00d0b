"""Gateways that are down, slow, faulty or something else: nothing is let through."""

import http.server
import json
import os
import socket
import threading
import unittest
from unittest import mock

from interven import ApprovalExpiredError, Client, ConfigurationError, DeniedError, GatewayError, guard

ALLOW = {"decision": "ALLOW", "risk_score": 0, "risk_band": "LOW", "reason_codes": [], "trace_id": "t"}
PENDING = {**ALLOW, "decision": "REQUIRE_APPROVAL", "approval_id": "a", "tool_name": "x", "operation": "y"}
KEY = "iv_live_test"


class Faulty:
    """Answers one scripted reply after another; the last one again and again."""

    def __init__(self, *replies):
        self.replies, self.seen = list(replies), []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                outer.seen.append((self.path, self.headers.get("idempotency-key"), body))
                reply = outer.replies[0] if len(outer.replies) == 1 else outer.replies.pop(0)
                if reply == "hang up":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                if reply == "hang":
                    outer.hung.wait(20)
                    return
                status, content, *headers = reply
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_POST = do_GET = answer

            def log_message(self, *_):
                pass

        self.hung = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hung.set()
        self.server.shutdown()
        self.server.server_close()


class FaultTests(unittest.TestCase):
    def client(self, url, **more):
        client = Client(KEY, url, **{"timeout": 2, "retries": 2, **more})
        client._transport._sleep = lambda seconds: self.pauses.append(seconds)
        return client

    def setUp(self):
        self.pauses = []

    CASES = {
        "5xx": (500, b"oops"),
        "bad gateway": (502, b"<html>"),
        "rate limit": (429, {"reason": "RATE_LIMITED"}),
        "no JSON": (200, b"<html>welcome</html>"),
        "no object": (200, [1]),
        "no decision": (200, {"status": "ok"}),
        "an unknown decision": (200, {"decision": "MAYBE"}),
        "a lower-case decision": (200, {"decision": "allow"}),
        "sanitize without a body": (200, {**ALLOW, "decision": "SANITIZE"}),
        "a pause without an approval": (200, {**ALLOW, "decision": "REQUIRE_APPROVAL"}),
        "a redirect": (302, b"", ("Location", "https://elsewhere.example/")),
        "a hang-up": "hang up",
    }

    def test_no_faulty_answer_lets_a_call_through(self):
        for name, reply in self.CASES.items():
            with self.subTest(name), Faulty(reply) as gateway:
                with self.assertRaises(GatewayError):
                    self.client(gateway.url).scan("GET", "https://corp.example/")

    def test_the_switch_lets_calls_go_on_in_an_outage_and_says_so(self):
        for name, reply in self.CASES.items():
            with self.subTest(name), Faulty(reply) as gateway:
                decision = self.client(gateway.url, fail_closed=False).scan("GET", "https://corp.example/")
                self.assertEqual(("ALLOW", ("FAIL_OPEN",)), (decision.decision, decision.reason_codes))

    def test_the_switch_is_in_the_environment_too(self):
        for word, closed in (("1", False), ("0", True), ("", True), ("true", True)):
            with mock.patch.dict(os.environ, {"INTERVEN_FAIL_OPEN": word}):
                self.assertEqual(closed, Client(KEY).fail_closed)

    def test_nobody_listening_is_a_refusal(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with self.assertRaises(GatewayError):
            self.client(url).scan("GET", "https://corp.example/")
        self.assertFalse(self.client(url).health())

    def test_a_slow_gateway_is_given_up(self):
        with Faulty("hang") as gateway:
            with self.assertRaises(GatewayError):
                self.client(gateway.url, timeout=0.2, retries=0).scan("GET", "https://corp.example/")

    def test_a_repeat_carries_the_same_idempotency_key(self):
        with Faulty((503, b""), "hang up", (200, ALLOW)) as gateway:
            self.assertEqual("ALLOW", self.client(gateway.url).scan("POST", "https://corp.example/", {"a": 1}).decision)
            keys = {key for _, key, _ in gateway.seen}
            self.assertEqual((3, 1), (len(gateway.seen), len(keys)))
            self.assertNotIn(None, keys)
            self.assertEqual(1, len({body for _, _, body in gateway.seen}))

    def test_retry_after_is_honoured(self):
        with Faulty((429, {}, ("Retry-After", "7")), (200, ALLOW)) as gateway:
            self.client(gateway.url).scan("GET", "https://corp.example/")
        self.assertEqual([7.0], self.pauses)

    def test_a_refusal_that_was_not_recorded_is_asked_again(self):
        outage = {**ALLOW, "decision": "DENY", "reason_codes": ["AUDIT_UNAVAILABLE"], "durable": False, "retry_after_ms": 1500}
        with Faulty((200, outage), (200, ALLOW)) as gateway:
            self.assertEqual("ALLOW", self.client(gateway.url).scan("GET", "https://corp.example/").decision)
        with Faulty((200, outage)) as gateway:
            self.assertEqual("DENY", self.client(gateway.url, fail_closed=False).scan("GET", "https://corp.example/").decision)
        self.assertIn(1.5, self.pauses)

    def test_an_approval_that_is_not_clear_is_none(self):
        for status in ({"status": "expired"}, {"status": "gone"}, {"status": "withdrawn"}):
            with self.subTest(status), Faulty((200, PENDING), (200, status)) as gateway:
                with self.assertRaises(ApprovalExpiredError):
                    self.client(gateway.url).authorize("POST", "tool://x/y", {}, max_wait=5)
        for redeemed in ({"decision": "DENY", "trace_id": "t"}, ):
            with Faulty((200, PENDING), (200, {"status": "approved"}), (200, redeemed)) as gateway:
                with self.assertRaises(DeniedError):
                    self.client(gateway.url).authorize("POST", "tool://x/y", {}, max_wait=5)

    def test_a_guarded_function_does_not_run_without_an_answer(self):
        ran = []
        with Faulty((500, b"")) as gateway:
            guarded = guard(lambda: ran.append(1), client=self.client(gateway.url, retries=0), name="f")
            with self.assertRaises(GatewayError):
                guarded()
        self.assertEqual([], ran)

    def test_what_cannot_work_is_said_at_once(self):
        with mock.patch.dict(os.environ, clear=True):
            with self.assertRaises(ConfigurationError):
                Client()
        for bad in ({"gateway_url": "ftp://x"}, {"gateway_url": "127.0.0.1:80"}, {"timeout": 0}, {"retries": -1}, {"api_key": "a b"}, {"api_key": "a\nb"}):
            with self.subTest(bad), self.assertRaises(ConfigurationError):
                Client(**{"api_key": KEY, **bad})
        with self.assertRaises(ConfigurationError):
            Client(KEY).scan("GET", "https://corp.example/", {"x": float("nan")})
        with self.assertRaises(ConfigurationError):
            Client(KEY).scan("GET", "https://corp.example/", "\ud800")


if __name__ == "__main__":
    unittest.main()
