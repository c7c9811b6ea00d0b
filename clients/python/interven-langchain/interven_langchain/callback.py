"""A callback handler that stops tool calls, for agents whose tools cannot be wrapped."""

from __future__ import annotations

import json
from typing import Any, Dict, Optional
from uuid import UUID

from interven import BlockedError, CannotSanitizeError, Client, GatewayError
from interven.errors import message_of
from interven.guard import plain, url_of

from .errors import BlockedToolCall
from .tools import check_on_block

try:
    from langchain_core.callbacks import BaseCallbackHandler
except ImportError:

    class BaseCallbackHandler:  # type: ignore[no-redef]
        """Stands for LangChain's own where that is not installed."""


class InterventCallback(BaseCallbackHandler):
    """Asks before every tool run: ``agent.invoke(…, config={"callbacks": [InterventCallback(api_key)]})``.

    A callback sees a call and can stop it, but not change it: a call that would be sanitised, or that a reviewer edited, is stopped with that
    reason. Use :func:`interven_langchain.guard` or ``interven_tool_node`` to let it run with the sanitised arguments.

    :param on_block: ``raise`` lets :class:`interven.BlockedError` through, which ends the run. ``return_message`` raises LangChain's
        ``ToolException`` with the reason, which LangGraph's ``ToolNode`` hands to the model as the tool's answer.
    """

    #: Without these two LangChain would only log what is raised here, and run the tool.
    raise_error = True
    run_inline = True

    def __init__(
        self, api_key: Optional[str] = None, on_block: str = "raise", runtime_type: str = "langgraph", *, client: Optional[Client] = None, max_wait: float = 600.0, **more: Any
    ) -> None:
        super().__init__()
        self.on_block = check_on_block(on_block)
        self.client = client or Client(api_key, runtime_type=runtime_type, **more)
        self.max_wait = max_wait
        self._traces: Dict[UUID, str] = {}

    def on_tool_start(self, serialized: Optional[Dict[str, Any]], input_str: str, *, run_id: UUID, inputs: Optional[Dict[str, Any]] = None, **_: Any) -> None:
        name = str((serialized or {}).get("name") or "unknown")
        body = inputs if inputs is not None else _parsed(input_str)
        try:
            decision = self.client.authorize("POST", url_of(name, self.client.runtime_type), plain(body), max_wait=self.max_wait)
            if decision.decision == "SANITIZE":
                raise CannotSanitizeError(message_of(decision, name) + "; a callback cannot change arguments, guard the tool instead", decision)
        except (BlockedError, GatewayError) as error:
            if self.on_block == "raise":
                raise
            raise BlockedToolCall(str(error)) from error
        if decision.trace_id:
            self._traces[run_id] = decision.trace_id

    def on_tool_end(self, output: Any, *, run_id: UUID, **_: Any) -> None:
        """Tells what the tool answered, for the read-then-write correlation. An answer cannot be unsaid, so faults here stop nothing."""
        trace = self._traces.pop(run_id, None)
        if trace is None:
            return
        try:
            self.client.scan_response(trace, plain(getattr(output, "content", output)))
        except Exception:  # noqa: BLE001 - the call has been made; the next scan is refused if the gateway is out
            return

    def on_tool_error(self, error: BaseException, *, run_id: UUID, **_: Any) -> None:
        self._traces.pop(run_id, None)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {"input": text}
