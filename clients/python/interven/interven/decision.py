"""The answer to a scan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Tuple

from .errors import GatewayError

ALLOW, DENY, SANITIZE, REQUIRE_APPROVAL = "ALLOW", "DENY", "SANITIZE", "REQUIRE_APPROVAL"
_WORDS = frozenset((ALLOW, DENY, SANITIZE, REQUIRE_APPROVAL))


@dataclass(frozen=True)
class Decision:
    """What the gateway decided on one call. Fields are named as on the wire; ``raw`` has all of them."""

    decision: str
    reason_codes: Tuple[str, ...] = ()
    trace_id: str = ""
    risk_score: float = 0.0
    risk_band: str = "LOW"
    tool_name: str = ""
    operation: str = ""
    verb: str = ""
    classifications: Tuple[str, ...] = ()
    approval_id: Optional[str] = None
    approval_url: Optional[str] = None
    expires_at: Optional[str] = None
    policy_name: Optional[str] = None
    rule_id: Optional[str] = None
    #: False where the gateway could not record its refusal; ask again after ``retry_after_ms``.
    durable: bool = True
    retry_after_ms: Optional[int] = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_allowed(self) -> bool:
        """The call may be made: as it is, or with :meth:`effective_body`."""
        return self.decision in (ALLOW, SANITIZE)

    @property
    def has_sanitized_body(self) -> bool:
        return "sanitized_body" in self.raw

    @property
    def sanitized_body(self) -> Any:
        return self.raw.get("sanitized_body")

    def effective_body(self, original: Any) -> Any:
        """What to send: the original with ``ALLOW``, the sanitised or edited body with ``SANITIZE``."""
        if self.decision == ALLOW:
            return original
        if self.decision == SANITIZE:
            return self.sanitized_body
        raise ValueError(f"{self.decision} has no body to send")

    @staticmethod
    def of(answer: Any) -> "Decision":
        """Reads an answer strictly: whatever is not clearly a decision raises :class:`GatewayError`."""
        if not isinstance(answer, dict) or answer.get("decision") not in _WORDS:
            raise GatewayError("The answer is no decision.")
        if answer["decision"] == SANITIZE and "sanitized_body" not in answer:
            raise GatewayError("SANITIZE came without a sanitised body.")
        if answer["decision"] == REQUIRE_APPROVAL and not isinstance(answer.get("approval_id"), str):
            raise GatewayError("REQUIRE_APPROVAL came without an approval.")
        return Decision(
            decision=answer["decision"],
            reason_codes=_words(answer.get("reason_codes")),
            trace_id=_text(answer.get("trace_id")) or "",
            risk_score=float(answer["risk_score"]) if isinstance(answer.get("risk_score"), (int, float)) else 1.0,
            risk_band=_text(answer.get("risk_band")) or "CRITICAL",
            tool_name=_text(answer.get("tool_name")) or "",
            operation=_text(answer.get("operation")) or "",
            verb=_text(answer.get("verb")) or "",
            classifications=_words(answer.get("classifications")),
            approval_id=_text(answer.get("approval_id")),
            approval_url=_text(answer.get("approval_url")),
            expires_at=_text(answer.get("expires_at")),
            policy_name=_text(answer.get("policy_name")),
            rule_id=_text(answer.get("rule_id")),
            durable=answer.get("durable") is not False,
            retry_after_ms=answer.get("retry_after_ms") if isinstance(answer.get("retry_after_ms"), int) else None,
            raw=answer,
        )


def _text(value: Any) -> Optional[str]:
    return value if isinstance(value, str) else None


def _words(value: Any) -> Tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()
