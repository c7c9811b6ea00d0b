"""The client: one object for one key and agent."""

from __future__ import annotations

import os
import time
import uuid
from typing import Any, Mapping, Optional, Sequence

from .decision import ALLOW, REQUIRE_APPROVAL, Decision
from .errors import ApprovalExpiredError, ConflictError, ConfigurationError, DeniedError, GatewayError, message_of
from .transport import Transport

DEFAULT_GATEWAY = "http://127.0.0.1:8080"
#: The longest that the gateway holds one answer, in seconds.
LONGEST_HOLD = 110.0


class Client:
    """Asks Interven before a tool is called.

    :param api_key: ``iv_live_…`` or ``iv_eph_…``; default: environment variable ``INTERVEN_API_KEY``.
    :param gateway_url: default: ``INTERVEN_GATEWAY_URL``, else ``http://127.0.0.1:8080``.
    :param timeout: seconds for one request, without the time that an answer is held on purpose.
    :param retries: how often a request is sent again after a connection fault, 5xx or 429.
    :param fail_closed: True (default) raises :class:`GatewayError` where no decision can be had. False, or ``INTERVEN_FAIL_OPEN=1``, lets the
        call go on then: an outage of the gateway is an outage of the guard. A refused request (wrong key, bad input) always raises.
    """

    def __init__(
        self,
        api_key: Optional[str] = None,
        gateway_url: Optional[str] = None,
        timeout: float = 10.0,
        retries: int = 2,
        agent_id: Optional[str] = None,
        agent_name: Optional[str] = None,
        runtime_type: Optional[str] = None,
        fail_closed: Optional[bool] = None,
    ) -> None:
        key = api_key or os.environ.get("INTERVEN_API_KEY") or ""
        if not key:
            raise ConfigurationError("An API key is needed: Client(api_key=…) or the environment variable INTERVEN_API_KEY")
        if any(ord(c) <= 32 or ord(c) > 126 for c in key):
            raise ConfigurationError("The API key has a character that no key has; was it copied whole?")
        self.fail_closed = os.environ.get("INTERVEN_FAIL_OPEN") != "1" if fail_closed is None else bool(fail_closed)
        self._transport = Transport(gateway_url or os.environ.get("INTERVEN_GATEWAY_URL") or DEFAULT_GATEWAY, key, timeout, retries)
        self._retries = retries
        self._named = {"agent_id": agent_id, "agent_name": agent_name, "runtime_type": runtime_type}
        self.runtime_type = runtime_type

    def scan(
        self,
        method: str,
        url: str,
        body: Any = None,
        *,
        headers: Optional[Mapping[str, str]] = None,
        context: Optional[str] = None,
        tool_name: Optional[str] = None,
        operation: Optional[str] = None,
        env: Optional[str] = None,
        agent_id: Optional[str] = None,
        wait: float = 0.0,
        idempotency_key: Optional[str] = None,
    ) -> Decision:
        """Asks for a decision on one call. With ``wait`` (seconds, at most 110) the gateway holds the answer while a person decides."""
        if not 0 <= wait <= LONGEST_HOLD:
            raise ConfigurationError(f"wait must be 0 to {LONGEST_HOLD:g} seconds")
        given = dict(self._named, method=method, url=url, headers=headers, context=context, tool_name=tool_name, operation=operation, env=env)
        if agent_id is not None:
            given["agent_id"] = agent_id
        request = {name: value for name, value in given.items() if value is not None}
        if body is not None:
            request["body"] = body
        if wait > 0:
            request["wait_ms"] = int(wait * 1000)
        return self._decide("/v1/scan", request, idempotency_key, wait)

    def authorize(self, method: str, url: str, body: Any = None, *, max_wait: float = 600.0, **more: Any) -> Decision:
        """A decision that allows the call, or an exception: waits for a person for up to ``max_wait`` seconds, and takes the one execution.

        :raises DeniedError: denied by rule, risk or reviewer.
        :raises ApprovalExpiredError: nobody decided in time.
        """
        started = time.monotonic()
        decision = self.scan(method, url, body, wait=min(max(max_wait, 0.0), LONGEST_HOLD), **more)
        if decision.decision == REQUIRE_APPROVAL:
            decision = self.wait_for_approval(decision, max(0.0, max_wait - (time.monotonic() - started)))
        if decision.is_allowed:
            return decision
        error = ApprovalExpiredError if "APPROVAL_EXPIRED" in decision.reason_codes else DeniedError
        raise error(message_of(decision, f"{decision.tool_name}.{decision.operation}"), decision)

    def wait_for_approval(self, pending: Decision, timeout: float = 600.0) -> Decision:
        """Waits until somebody has decided, then takes the execution.

        Long-polls: the gateway answers within milliseconds of the click. :raises ApprovalExpiredError: when it expires, or after ``timeout`` seconds.
        """
        if pending.approval_id is None:
            raise ConfigurationError("The decision has no approval to wait for")
        until = time.monotonic() + timeout
        what = f"{pending.tool_name}.{pending.operation}"
        while True:
            left = min(max(0.0, until - time.monotonic()), LONGEST_HOLD)
            status = self.approval_status(pending.approval_id, int(left))
            if status == "approved":
                return self._redeemed(pending)
            if status == "denied":
                raise DeniedError(f"A reviewer denied {what}, trace {pending.trace_id}", pending)
            if status != "pending" or until - time.monotonic() < 1:
                raise ApprovalExpiredError(f"Nobody decided on {what} in time, trace {pending.trace_id}", pending)

    def approval_status(self, approval_id: str, wait: int = 0) -> str:
        """``pending``, ``approved``, ``denied`` or ``expired``; held for up to ``wait`` seconds while it is pending."""
        answer = self._transport.send("GET", f"/v1/approvals/{approval_id}/status?wait={wait}", extra_wait=wait)
        status = answer.get("status") if isinstance(answer, dict) else None
        if not isinstance(status, str):
            raise GatewayError("The answer is no approval.")
        return status

    def redeem(self, approval_id: str) -> Decision:
        """Takes the one execution of an approved call. :raises ConflictError: used already, not approved, or too late."""
        return Decision.of(self._transport.send("POST", f"/v1/approvals/{approval_id}/redeem", {}))

    def scan_response(self, trace_id: str, response_body: Any, response_status: int = 200) -> Mapping[str, Any]:
        """Tells what a tool answered; returns ``data_classes`` and the redacted ``sanitized_response``."""
        return self._transport.send(
            "POST", "/v1/scan/response", {"trace_id": trace_id, "response_body": response_body, "response_status": response_status}
        )

    def scan_handover(self, from_agent_id: str, to_agent_id: str, method: str, intent: Optional[str] = None, payload: Any = None) -> Decision:
        """Asks for a decision on handing work to another agent."""
        request = {"from_agent_id": from_agent_id, "to_agent_id": to_agent_id, "method": method, "payload": payload}
        if intent is not None:
            request["intent"] = intent
        return self._decide("/v1/a2a/scan", request, None, 0.0)

    def mint_ephemeral_key(
        self, ttl_seconds: int = 600, max_uses: int = 1, tools: Optional[Sequence[str]] = None, verbs: Optional[Sequence[str]] = None, description: Optional[str] = None
    ) -> Mapping[str, Any]:
        """A key for minutes, never wider than this one: ``{key, ephemeral_id, prefix, expires_at, max_uses, scope}``."""
        scope = {"tools": list(tools or ()), "verbs": list(verbs or ())}
        request = {"ttl_seconds": ttl_seconds, "max_uses": max_uses, "scope": scope}
        if description is not None:
            request["description"] = description
        return self._transport.send("POST", "/v1/keys/ephemeral", request)

    def health(self) -> bool:
        """Whether the gateway can decide and record now."""
        try:
            self._transport.probe("/health/ready")
        except GatewayError:
            return False
        return True

    def _redeemed(self, pending: Decision) -> Decision:
        try:
            return self.redeem(pending.approval_id or "")
        except ConflictError as conflict:
            raise DeniedError(f"The approval cannot be used: {conflict.reason}, trace {pending.trace_id}", pending) from conflict

    def _decide(self, path: str, request: Mapping[str, Any], idempotency_key: Optional[str], wait: float) -> Decision:
        key = idempotency_key or f"py-{uuid.uuid4()}"
        try:
            for attempt in range(self._retries + 1):
                decision = Decision.of(self._transport.send("POST", path, request, idempotency_key=key, extra_wait=wait))
                if decision.durable or attempt == self._retries:
                    return decision
                # The gateway could not record its refusal, so nothing was decided.
                self._transport.pause((decision.retry_after_ms or 1000) / 1000)
        except GatewayError:
            if self.fail_closed:
                raise
        return Decision(ALLOW, reason_codes=("FAIL_OPEN",))
