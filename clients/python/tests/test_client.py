import threading
import unittest

from interven import ApprovalExpiredError, AuthenticationError, Client, ConflictError, DeniedError, RequestError, gate, guard
from interven.guard import plain
from product import Product

SLACK = "https://slack.com/api/chat.postMessage"


class ClientTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.product = Product.shared()
        for operation in ("pay_out", "pay_late", "pay_never", "pay_twice", "pay_edited", "pay_async"):
            cls.product.policy("ask " + operation, operation, "REQUIRE_APPROVAL")
        cls.product.policy("short " + "pay_short", "pay_short", "REQUIRE_APPROVAL", approval_ttl_seconds=60)

    def client(self, **more):
        return Client(self.product.key, self.product.url, agent_id="python-agent", runtime_type="python", **more)

    def test_the_four_decisions(self):
        client = self.client()
        self.assertEqual("ALLOW", client.scan("POST", SLACK, {"channel": "#ops", "text": "the build is green"}).decision)
        denied = client.scan("POST", SLACK, {"channel": "#ops", "text": "the key is AKIA4QHZXW2P5RTY7LMB"})
        self.assertEqual("DENY", denied.decision)
        self.assertIn("SECRET_DETECTED", denied.reason_codes)
        sanitized = client.scan("POST", SLACK, {"channel": "#ops", "text": "call jane.roe@contoso.com back"})
        self.assertEqual("SANITIZE", sanitized.decision)
        self.assertNotIn("jane.roe", sanitized.effective_body(None)["text"])
        asked = client.scan("POST", "tool://python/pay_out", {"amount": 1})
        self.assertEqual("REQUIRE_APPROVAL", asked.decision)
        self.assertTrue(asked.approval_id and asked.expires_at and asked.trace_id)
        self.assertTrue(client.health())

    def test_an_approved_call_goes_on_in_the_same_call(self):
        reviewer = self.product.decide_when_asked("pay_late", "approve", note="fine")
        decision = self.client().authorize("POST", "tool://python/pay_late", {"amount": 7}, max_wait=60)
        reviewer.join(30)
        self.assertEqual("ALLOW", decision.decision)
        self.assertIn("APPROVED_BY_REVIEWER", decision.reason_codes)

    def test_a_denied_call_raises(self):
        self.product.decide_when_asked("pay_never", "deny", note="no")
        with self.assertRaises(DeniedError) as stopped:
            self.client().authorize("POST", "tool://python/pay_never", {"amount": 7}, max_wait=60)
        self.assertIn("DENIED_BY_REVIEWER", stopped.exception.reason_codes)

    def test_nobody_deciding_is_not_a_denial(self):
        with self.assertRaises(ApprovalExpiredError):
            self.client().authorize("POST", "tool://python/pay_short", {"amount": 7}, max_wait=1)

    def test_an_approval_is_used_once(self):
        client = self.client()
        asked = client.scan("POST", "tool://python/pay_twice", {"amount": 9})
        self.product.decide_when_asked("pay_twice", "approve").join(30)
        self.assertTrue(client.wait_for_approval(asked, 30).is_allowed)
        with self.assertRaises(ConflictError) as again:
            client.redeem(asked.approval_id)
        self.assertEqual("ALREADY_REDEEMED", again.exception.reason)
        with self.assertRaises(DeniedError):
            client.wait_for_approval(asked, 30)

    def test_the_same_idempotency_key_makes_one_record(self):
        client = self.client()
        first, second = (client.scan("GET", "https://corp.example/ping", idempotency_key="once-1") for _ in range(2))
        self.assertEqual(first.trace_id, second.trace_id)

    def test_a_wrong_key_and_bad_input_raise_whatever_the_switch_says(self):
        for closed in (True, False):
            with self.assertRaises(AuthenticationError):
                Client("iv_live_" + "a" * 46, self.product.url, fail_closed=closed).scan("GET", "https://corp.example/")
            with self.assertRaises(RequestError) as refused:
                self.client(fail_closed=closed).scan("GET", "not an address")
            self.assertEqual("INVALID_REQUEST", refused.exception.reason)

    def test_an_ephemeral_key_is_a_key(self):
        minted = self.client().mint_ephemeral_key(60, 1, tools=["slack"], verbs=["WRITE"])
        child = Client(minted["key"], self.product.url)
        self.assertEqual("ALLOW", child.scan("POST", SLACK, {"channel": "#ops", "text": "hello"}).decision)
        with self.assertRaises(AuthenticationError):
            child.scan("POST", SLACK, {"channel": "#ops", "text": "hello"})

    def test_what_a_tool_answered_is_redacted(self):
        client = self.client()
        scan = client.scan("GET", "https://crm.example/customers")
        said = client.scan_response(scan.trace_id, {"mail": "jane.roe@contoso.com"})
        self.assertEqual(["PII"], said["data_classes"])
        self.assertNotIn("jane", str(said["sanitized_response"]))

    def test_a_hand_over_is_decided(self):
        self.assertEqual("ALLOW", self.client().scan_handover("planner", "executor", "delegate", "Count to three", {"to": 3}).decision)


class GuardTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.product = Product.shared()
        cls.product.policy("no wipes", "wipe_disk", "DENY")
        cls.product.policy("clean mails", "send_mail", "SANITIZE")
        cls.product.policy("ask guarded", "pay_guarded", "REQUIRE_APPROVAL")

    def client(self):
        return Client(self.product.key, self.product.url, agent_id="guarded", runtime_type="python")

    def test_a_denied_function_does_not_run(self):
        ran = []

        @guard(client=self.client())
        def wipe_disk(path):
            ran.append(path)

        with self.assertRaises(DeniedError):
            wipe_disk("/data")
        self.assertEqual([], ran)

    def test_a_sanitised_call_runs_with_the_sanitised_arguments(self):
        marker = object()

        @guard(client=self.client())
        def send_mail(text, *copies, subject="none", **extra):
            return text, copies, subject, extra

        text, copies, subject, extra = send_mail("write to jane.roe@contoso.com", "#a", "ops@contoso.com", note="x", tag=marker)
        self.assertNotIn("jane", text)
        self.assertEqual("#a", copies[0])
        self.assertNotIn("contoso", copies[1])
        self.assertEqual("none", subject)
        self.assertIs(marker, extra["tag"])

    def test_a_method_and_a_coroutine_are_guarded_too(self):
        import asyncio

        client = self.client()

        class Desk:
            @guard(client=client)
            def read_note(self, number):
                return number + 1

            @guard(client=client, name="wipe_disk")
            async def erase(self):
                raise AssertionError("ran")

        self.assertEqual(8, Desk().read_note(7))
        with self.assertRaises(DeniedError):
            asyncio.run(Desk().erase())

    def test_a_guarded_function_waits_for_its_approval(self):
        self.product.decide_when_asked("pay_guarded", "approve")

        @guard(client=self.client(), max_wait=60)
        def pay_guarded(amount):
            return amount

        self.assertEqual(25, pay_guarded(25))

    def test_gate_gives_the_arguments_to_run_with(self):
        arguments = gate("send_mail", {"text": "ask jane.roe@contoso.com"}, client=self.client())
        self.assertNotIn("jane", arguments["text"])

    def test_many_threads_share_one_client(self):
        client, decisions = self.client(), []
        threads = [threading.Thread(target=lambda n=n: decisions.append(client.scan("GET", f"https://corp.example/{n}").decision)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(["ALLOW"] * 8, decisions)

    def test_what_has_no_JSON_form_is_scanned_as_its_text(self):
        self.assertEqual({"when": "2026-01-01", "names": ["a"]}, plain({"when": __import__("datetime").date(2026, 1, 1), "names": {"a"}}))


if __name__ == "__main__":
    unittest.main()
