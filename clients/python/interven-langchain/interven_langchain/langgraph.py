"""For LangGraph: a tool node whose tools are guarded, and a guard for graphs that have one already."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Sequence

from interven import Client

from .tools import ScanDecision, check_on_block, guard, scan_tool_call

__all__ = ["ScanDecision", "guard_state_graph", "interven_tool_node", "scan_tool_call"]


def interven_tool_node(tools: Sequence[Any], *, client: Optional[Client] = None, on_block: str = "return_message", max_wait: float = 600.0, **node: Any) -> Any:
    """A tool node that asks before each call, waits for people, and carries on in the same turn.

    LangGraph's own ``ToolNode`` over guarded tools where LangGraph is installed, with ``node`` as its options; else a plain node for
    ``{"messages": […]}`` states.
    """
    check_on_block(on_block)
    guarded = [guard(tool, client=client, on_block=on_block, max_wait=max_wait) for tool in tools]
    try:
        from langgraph.prebuilt import ToolNode
    except ImportError:
        return _plain_node(guarded)
    return ToolNode(guarded, **node)


def guard_state_graph(graph: Any, *, client: Optional[Client] = None, on_block: str = "return_message", max_wait: float = 600.0) -> Any:
    """Guards every tool of every tool node in a graph, before or after it is compiled. Returns the graph.

    :raises ValueError: where no tool node was found: a graph that only seems to be guarded would be worse than none.
    """
    check_on_block(on_block)
    found = 0
    for node in dict(getattr(graph, "nodes", {})).values():
        for table in _tool_tables(node):
            for name, tool in list(table.items()):
                table[name] = guard(tool, client=client, on_block=on_block, max_wait=max_wait)
                found += 1
    if not found:
        raise ValueError("The graph has no tool node; add interven_tool_node(tools), or guard the tools themselves")
    return graph


def _tool_tables(node: Any) -> List[Dict[str, Any]]:
    """Tool tables of a node, however deep LangGraph has wrapped it."""
    seen, tables, left = set(), [], [node]
    while left:
        one = left.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        table = getattr(one, "tools_by_name", None)
        if isinstance(table, dict):
            tables.append(table)
            continue
        left.extend(getattr(one, name, None) for name in ("runnable", "node", "bound", "func"))
        steps = getattr(one, "steps", None)
        if isinstance(steps, list):
            left.extend(steps)
    return tables


def _plain_node(tools: Sequence[Any]) -> Callable[[Dict[str, Any]], Dict[str, Any]]:
    by_name = {tool.name: tool for tool in tools}

    def run(state: Dict[str, Any]) -> Dict[str, Any]:
        answers = []
        for call in getattr(state["messages"][-1], "tool_calls", None) or []:
            tool = by_name.get(call["name"])
            content = tool.invoke(call["args"]) if tool is not None else f"There is no tool {call['name']!r}."
            answers.append({"role": "tool", "name": call["name"], "tool_call_id": call.get("id"), "content": content})
        return {"messages": answers}

    return run
