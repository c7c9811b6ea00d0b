"""Stands for LangChain's tools and callbacks where that is not installed: its documented protocol, no more.

A tool is run by ``invoke``; callbacks hear ``on_tool_start`` before it with ``serialized``, ``input_str``, ``run_id`` and ``inputs``, may raise where
they have ``raise_error``, and hear ``on_tool_end`` after. ``_run`` is the part that tools override.
"""

from __future__ import annotations

import inspect
import uuid
from typing import Any, Callable, Dict, List


class Tool:
    def __init__(self, function: Callable[..., Any]) -> None:
        self.name = function.__name__
        self.func = function

    def _run(self, *args: Any, run_manager: Any = None, config: Any = None, **kwargs: Any) -> Any:
        return self.func(*args, **kwargs)

    async def _arun(self, *args: Any, run_manager: Any = None, config: Any = None, **kwargs: Any) -> Any:
        return self.func(*args, **kwargs)

    def invoke(self, arguments: Dict[str, Any], callbacks: List[Any] = ()) -> Any:
        run_id = uuid.uuid4()
        for one in callbacks:
            try:
                one.on_tool_start({"name": self.name}, str(arguments), run_id=run_id, inputs=arguments)
            except Exception:
                if getattr(one, "raise_error", False):
                    raise
        extra = {"config": {}} if "config" in inspect.signature(self._run).parameters else {}
        result = self._run(**arguments, **extra)
        for one in callbacks:
            one.on_tool_end(result, run_id=run_id)
        return result


class Message:
    def __init__(self, *calls: Dict[str, Any]) -> None:
        self.tool_calls = list(calls)


class ToolNode:
    """As LangGraph's: a table of tools by name."""

    def __init__(self, *tools: Tool) -> None:
        self.tools_by_name = {tool.name: tool for tool in tools}


class Spec:
    def __init__(self, runnable: Any) -> None:
        self.runnable = runnable


class Graph:
    def __init__(self, **nodes: Any) -> None:
        self.nodes = {name: Spec(node) for name, node in nodes.items()}
