"""Interven's client for Python: asks the gateway before a tool is called. Standard library only."""

from .client import DEFAULT_GATEWAY, Client
from .decision import ALLOW, DENY, REQUIRE_APPROVAL, SANITIZE, Decision
from .errors import (
    ApprovalExpiredError,
    AuthenticationError,
    BlockedError,
    CannotSanitizeError,
    ConfigurationError,
    ConflictError,
    DeniedError,
    GatewayError,
    IntervenError,
    RequestError,
)
from .guard import gate, guard

__version__ = "0.1.0"
__all__ = [
    "ALLOW",
    "DEFAULT_GATEWAY",
    "DENY",
    "REQUIRE_APPROVAL",
    "SANITIZE",
    "ApprovalExpiredError",
    "AuthenticationError",
    "BlockedError",
    "CannotSanitizeError",
    "Client",
    "ConfigurationError",
    "ConflictError",
    "Decision",
    "DeniedError",
    "GatewayError",
    "IntervenError",
    "RequestError",
    "gate",
    "guard",
]
