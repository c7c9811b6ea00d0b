import asyncio
import unittest

from interven import BlockedError, CannotSanitizeError, Client, DeniedError, GatewayError
from interven_langchain import BlockedToolCall, InterventCallback, guard, scan_tool_call
from interven_langchain.langgraph import guard_state_graph, interven_tool_node
from product import Product
from standin import Graph, Message, Tool, ToolNode


class LangChainTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.product = Product.shared()
        cls.product.policy("lc deny", "drop_table", "DENY")
        cls.product.policy("lc clean", "post_note", "SANITIZE")
        for operation in ("disburse", "disburse_denied", "disburse_scanned"):
            cls.product.policy("lc ask " + operation, operation, "REQUIRE_APPROVAL")
        cls.client = Client(cls.product.key, cls.product.url, agent_id="graph", runtime_type="langgraph")

    def setUp(self):
        self.ran = []

    def tool(self, name):
        def function(**arguments):
            self.ran.append(arguments)
            return f"{name} done"

        function.__name__ = name
        return Tool(function)

    def callback(self, **more):
        return InterventCallback(client=self.client, max_wait=30, **more)

    def test_the_callback_lets_a_clean_call_run(self):
        self.assertEqual("read_ledger done", self.tool("read_ledger").invoke({"year": 2026}, [self.callback()]))
        self.assertEqual([{"year": 2026}], self.ran)

    def test_the_callback_stops_a_denied_call(self):
        with self.assertRaises(DeniedError):
            self.tool("drop_table").invoke({"name": "x"}, [self.callback()])
        with self.assertRaises(BlockedToolCall) as told:
            self.tool("drop_table").invoke({"name": "x"}, [self.callback(on_block="return_message")])
        self.assertIn("drop_table", str(told.exception))
        self.assertEqual([], self.ran)

    def test_the_callback_stops_what_it_cannot_sanitise(self):
        with self.assertRaises(CannotSanitizeError):
            self.tool("post_note").invoke({"text": "ask jane.roe@contoso.com"}, [self.callback()])
        self.assertEqual([], self.ran)

    def test_the_callback_waits_for_an_approval(self):
        self.product.decide_when_asked("disburse", "approve")
        self.assertEqual("disburse done", self.tool("disburse").invoke({"amount": 12}, [self.callback()]))

    def test_a_guarded_tool_runs_with_the_sanitised_arguments(self):
        original = self.tool("post_note")
        guarded = guard(original, client=self.client)
        guarded.invoke({"text": "ask jane.roe@contoso.com", "title": "hello"})
        self.assertNotIn("jane", self.ran[0]["text"])
        self.assertEqual("hello", self.ran[0]["title"])
        asyncio.run(guarded._arun(text="ask jane.roe@contoso.com", title="hello"))
        self.assertNotIn("jane", self.ran[1]["text"])
        original.invoke({"text": "as it was"})
        self.assertIs(guarded, guard(guarded, client=self.client))

    def test_a_tool_node_tells_the_model_why_a_call_was_stopped(self):
        node = interven_tool_node([self.tool("drop_table"), self.tool("read_ledger")], client=self.client)
        answers = node({"messages": [Message({"name": "drop_table", "args": {"name": "x"}, "id": "1"}, {"name": "read_ledger", "args": {}, "id": "2"})]})["messages"]
        self.assertIn("Interven stopped", answers[0]["content"])
        self.assertEqual("read_ledger done", answers[1]["content"])
        self.assertEqual(["1", "2"], [answer["tool_call_id"] for answer in answers])
        raising = interven_tool_node([self.tool("drop_table")], client=self.client, on_block="raise")
        with self.assertRaises(BlockedError):
            raising({"messages": [Message({"name": "drop_table", "args": {}, "id": "1"})]})

    def test_a_graph_is_guarded_through_its_tool_node(self):
        node = ToolNode(self.tool("drop_table"))
        guard_state_graph(Graph(agent=object(), tools=node), client=self.client, on_block="raise")
        with self.assertRaises(DeniedError):
            node.tools_by_name["drop_table"].invoke({})
        with self.assertRaises(ValueError):
            guard_state_graph(Graph(agent=object()), client=self.client)

    def test_a_reviewers_denial_reaches_the_model(self):
        self.product.decide_when_asked("disburse_denied", "deny")
        node = interven_tool_node([self.tool("disburse_denied")], client=self.client, max_wait=30)
        said = node({"messages": [Message({"name": "disburse_denied", "args": {"amount": 1}, "id": "1"})]})["messages"][0]["content"]
        self.assertIn("DENIED_BY_REVIEWER", said)
        self.assertEqual([], self.ran)

    def test_scan_tool_call_says_it_without_raising(self):
        self.assertFalse(scan_tool_call({"name": "drop_table", "args": {}}, client=self.client).is_allowed)
        expired = scan_tool_call({"name": "disburse_scanned", "args": {"amount": 3}}, client=self.client, max_wait=1)
        self.assertEqual(("DENY", False), (expired.decision, expired.is_allowed))
        self.assertTrue(scan_tool_call({"name": "read_ledger", "args": {}}, client=self.client).is_allowed)

    def test_a_gateway_that_is_down_stops_every_door(self):
        down = Client(self.product.key, "http://127.0.0.1:9", retries=0, timeout=1)
        with self.assertRaises(GatewayError):
            self.tool("read_ledger").invoke({}, [InterventCallback(client=down)])
        with self.assertRaises(GatewayError):
            guard(self.tool("read_ledger"), client=down).invoke({})
        said = interven_tool_node([self.tool("read_ledger")], client=down)({"messages": [Message({"name": "read_ledger", "args": {}, "id": "1"})]})
        self.assertIn("did not answer", said["messages"][0]["content"])
        self.assertEqual([], self.ran)


if __name__ == "__main__":
    unittest.main()
