"""Guards for functions: nothing runs before the gateway has said so, and it runs with what the gateway allowed."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
from typing import Any, Callable, Dict, Mapping, Optional, TypeVar

from .client import Client
from .decision import ALLOW, Decision
from .errors import CannotSanitizeError, message_of

F = TypeVar("F", bound=Callable[..., Any])
_default: Optional[Client] = None


def default_client() -> Client:
    """The client that the environment describes, made at its first use."""
    global _default
    if _default is None:
        _default = Client()
    return _default


def url_of(function: str, runtime: Optional[str]) -> str:
    """How a function call is named to the gateway: ``tool://runtime/function``."""
    return f"tool://{runtime or 'python'}/{function}"


def gate(function: str, arguments: Mapping[str, Any], *, client: Optional[Client] = None, max_wait: float = 600.0, **more: Any) -> Dict[str, Any]:
    """Asks whether ``function`` may be called with ``arguments``; returns the arguments to call it with, or raises.

    With ``SANITIZE`` or after a reviewer's edit these are not the ones given.
    """
    asked = client or default_client()
    decision = asked.authorize("POST", url_of(function, asked.runtime_type), plain(arguments), max_wait=max_wait, **more)
    return replaced(arguments, decision, function)


def guard(function: Optional[F] = None, *, client: Optional[Client] = None, name: Optional[str] = None, max_wait: float = 600.0, scan_result: bool = False) -> Any:
    """Decorator: ``@guard`` or ``@guard(name="transfer_funds")``. Works on functions and coroutine functions.

    :param name: what rules know the function by; default: its own name.
    :param max_wait: seconds to wait for a person.
    :param scan_result: report what the function returns, and return it redacted where something was found.
    """

    def decorate(inner: F) -> F:
        called = name or inner.__name__
        signature = inspect.signature(inner)

        def authorize(args: Any, kwargs: Any) -> "tuple[inspect.BoundArguments, Decision]":
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            asked = client or default_client()
            body = plain(_flat(bound))
            decision = asked.authorize("POST", url_of(called, asked.runtime_type), body, max_wait=max_wait)
            _put(bound, replaced(_flat(bound), decision, called))
            return bound, decision

        def report(decision: Decision, result: Any) -> Any:
            if not scan_result or not decision.trace_id:
                return result
            said = (client or default_client()).scan_response(decision.trace_id, plain(result))
            return said.get("sanitized_response") if said.get("fields_redacted_count") else result

        if inspect.iscoroutinefunction(inner):

            @functools.wraps(inner)
            async def guarded_async(*args: Any, **kwargs: Any) -> Any:
                bound, decision = await asyncio.to_thread(authorize, args, kwargs)
                result = await inner(*bound.args, **bound.kwargs)
                return await asyncio.to_thread(report, decision, result)

            return guarded_async  # type: ignore[return-value]

        @functools.wraps(inner)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            bound, decision = authorize(args, kwargs)
            return report(decision, inner(*bound.args, **bound.kwargs))

        return guarded  # type: ignore[return-value]

    return decorate if function is None else decorate(function)


def plain(value: Any) -> Any:
    """A value as JSON can carry it; what has no JSON form goes as its text, so that it is scanned too."""
    return json.loads(json.dumps(value, default=_form, allow_nan=False))


def replaced(arguments: Mapping[str, Any], decision: Decision, what: str) -> Dict[str, Any]:
    """The arguments to run with: untouched ones stay the objects they are.

    :raises CannotSanitizeError: the gateway's body does not fit the arguments.
    """
    given = dict(arguments)
    if decision.decision == ALLOW:
        return given
    body = decision.effective_body(None)
    if not isinstance(body, dict) or set(body) - set(given):
        raise CannotSanitizeError(message_of(decision, what) + "; its sanitised body does not fit the arguments", decision)
    missing = set(given) - set(body)
    if missing:
        raise CannotSanitizeError(message_of(decision, what) + "; its sanitised body lacks arguments", decision)
    for name, value in body.items():
        if plain(given[name]) != value:
            given[name] = value
    return given


def _form(value: Any) -> Any:
    for method in ("model_dump", "dict", "_asdict"):
        if callable(getattr(value, method, None)) and not isinstance(value, type):
            return getattr(value, method)()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def _flat(bound: inspect.BoundArguments) -> Dict[str, Any]:
    """Arguments by name; those of ``**kwargs`` stand beside the others, as a caller sees them."""
    flat: Dict[str, Any] = {}
    for name, value in bound.arguments.items():
        parameter = bound.signature.parameters[name]
        if name in ("self", "cls") and parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
            continue
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            flat.update(value)
        else:
            flat[name] = list(value) if parameter.kind is inspect.Parameter.VAR_POSITIONAL else value
    return flat


def _put(bound: inspect.BoundArguments, flat: Mapping[str, Any]) -> None:
    for name, value in list(bound.arguments.items()):
        parameter = bound.signature.parameters[name]
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            bound.arguments[name] = {key: flat[key] for key in value}
        elif name in flat:
            bound.arguments[name] = tuple(flat[name]) if parameter.kind is inspect.Parameter.VAR_POSITIONAL else flat[name]
