"""What can go wrong, as exceptions. Whatever is raised, the guarded call has not been made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    from .decision import Decision


class IntervenError(Exception):
    """Base of everything that this package raises."""


class ConfigurationError(IntervenError):
    """No key, an address that is none, or an argument that cannot work."""


class GatewayError(IntervenError):
    """The gateway did not answer, or not with a decision: it is down, slow, faulty, or something else listens there."""


class RequestError(IntervenError):
    """The gateway refused the request itself (4xx).

    ``status`` is the HTTP status, ``reason`` the stable code of the problem document (``INVALID_REQUEST``, ``MISSING_SCOPE`` …).
    """

    def __init__(self, status: int, reason: str, detail: str, trace_id: Optional[str] = None) -> None:
        super().__init__(f"{status} {reason}: {detail}")
        self.status = status
        self.reason = reason
        self.detail = detail
        self.trace_id = trace_id


class AuthenticationError(RequestError):
    """The API key is missing, unknown, expired or revoked (401)."""


class ConflictError(RequestError):
    """409: an approval has been used, is not approved, or its grant is over; ``reason`` says which."""


class BlockedError(IntervenError):
    """A call must not be made. ``decision`` is the gateway's answer."""

    def __init__(self, message: str, decision: "Decision") -> None:
        super().__init__(message)
        self.decision = decision

    @property
    def reason_codes(self) -> "list[str]":
        return list(self.decision.reason_codes)


class DeniedError(BlockedError):
    """``DENY``: by a rule, by risk, or by a reviewer."""


class ApprovalExpiredError(BlockedError):
    """Nobody decided in time."""


class CannotSanitizeError(BlockedError):
    """``SANITIZE``, but the arguments of this call cannot be replaced by the sanitised ones."""


def message_of(decision: "Decision", what: str) -> str:
    """One line for people and models: what was stopped, and why. It never holds a detected value."""
    codes = ", ".join(decision.reason_codes) or "no reason given"
    rule = f" by rule {decision.rule_id or '-'} of policy {decision.policy_name!r}" if decision.policy_name else ""
    return f"Interven stopped {what}{rule}: {decision.decision} ({codes}), trace {decision.trace_id}"


def problem_of(status: int, body: Any) -> RequestError:
    """The exception for a problem document (RFC 9457)."""
    known = body if isinstance(body, dict) else {}
    kind = AuthenticationError if status == 401 else ConflictError if status == 409 else RequestError
    return kind(status, str(known.get("reason") or "UNKNOWN"), str(known.get("detail") or "The gateway refused the request."), known.get("trace_id"))
