"""Guards for LangChain tools: the tool itself, so that it is guarded wherever it is called from."""

from __future__ import annotations

import asyncio
import copy
import functools
import inspect
from typing import Any, Dict, Optional

from interven import BlockedError, Client, Decision, GatewayError
from interven.guard import default_client, plain, replaced, url_of

from .errors import BlockedToolCall

#: What LangChain adds to a tool's own arguments; it is no part of the call.
_FRAMEWORK = frozenset(("run_manager", "config", "callbacks"))
ON_BLOCK = ("raise", "return_message")

ScanDecision = Decision


def check_on_block(on_block: str) -> str:
    if on_block not in ON_BLOCK:
        raise ValueError(f"on_block must be one of {ON_BLOCK}")
    return on_block


def scan_tool_call(tool_call: Any, *, client: Optional[Client] = None, runtime: str = "langgraph", max_wait: float = 600.0) -> ScanDecision:
    """Decides one tool call of a model, ``{"name": …, "args": {…}}``; waits for a person where one must decide.

    Never raises for a refusal: look at ``is_allowed``, and run the tool with ``effective_body(args)``.
    """
    name, arguments = _parts(tool_call)
    asked = client or default_client()
    try:
        return asked.authorize("POST", url_of(name, asked.runtime_type or runtime), plain(arguments), max_wait=max_wait)
    except BlockedError as blocked:
        answer = blocked.decision
        # A pause that ended without an approval is no pause any more.
        return Decision("DENY", answer.reason_codes or ("DENIED_BY_REVIEWER",), answer.trace_id, raw=dict(answer.raw)) if answer.decision == "REQUIRE_APPROVAL" else answer


def guard(tool: Any, *, client: Optional[Client] = None, on_block: str = "raise", runtime: str = "langgraph", max_wait: float = 600.0) -> Any:
    """The same tool, asked for before each run. The original stays as it was.

    :param on_block: ``raise`` lets :class:`interven.BlockedError` through; ``return_message`` gives the model the reason as the tool's answer.
    """
    check_on_block(on_block)
    if getattr(tool, "_interven_guarded", False):
        return tool
    guarded = copy.copy(tool)
    name = str(getattr(tool, "name", None) or getattr(tool, "__name__", type(tool).__name__))

    def arguments_for(kwargs: Dict[str, Any]) -> Dict[str, Any]:
        own = {key: value for key, value in kwargs.items() if key not in _FRAMEWORK}
        asked = client or default_client()
        decision = asked.authorize("POST", url_of(name, asked.runtime_type or runtime), plain(own), max_wait=max_wait)
        return {**kwargs, **replaced(own, decision, name)}

    def stopped(error: Exception) -> Any:
        if on_block == "raise":
            raise error
        return str(error)

    run, arun = getattr(tool, "_run", None), getattr(tool, "_arun", None)
    if run is None:
        raise TypeError(f"{name} is no LangChain tool; for a plain function use interven.guard")

    @functools.wraps(run)
    def guarded_run(*args: Any, **kwargs: Any) -> Any:
        try:
            allowed = arguments_for(_named(run, args, kwargs))
        except (BlockedError, GatewayError) as error:
            return stopped(error)
        return run(**allowed)

    # Beside the class's own method, which it hides: tools are pydantic models, whose fields are not ours to add to.
    guarded.__dict__["_run"] = guarded_run
    if arun is not None:

        @functools.wraps(arun)
        async def guarded_arun(*args: Any, **kwargs: Any) -> Any:
            try:
                allowed = await asyncio.to_thread(arguments_for, _named(arun, args, kwargs))
            except (BlockedError, GatewayError) as error:
                return stopped(error)
            return await arun(**allowed)

        guarded.__dict__["_arun"] = guarded_arun
    guarded.__dict__["_interven_guarded"] = True
    return guarded


def blocked_message(error: Exception) -> BlockedToolCall:
    return BlockedToolCall(str(error))


def _named(function: Any, args: Any, kwargs: Dict[str, Any]) -> Dict[str, Any]:
    """Arguments by name; what a single-input tool is given by position has the name of its first parameter."""
    names = [p.name for p in inspect.signature(function).parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    if len(args) > len(names):
        raise TypeError("A tool was called with more arguments than it has; nothing was run")
    return {**dict(zip(names, args)), **kwargs}


def _parts(tool_call: Any) -> "tuple[str, Dict[str, Any]]":
    read = tool_call.get if isinstance(tool_call, dict) else functools.partial(getattr, tool_call)
    name = read("name", None)
    arguments = read("args", None)
    if not isinstance(name, str) or not name:
        raise ValueError("A tool call needs a name")
    return name, dict(arguments or {})
