"""How a stopped call reaches the framework."""

from __future__ import annotations

try:  # LangGraph's ToolNode turns this one into a message for the model.
    from langchain_core.tools import ToolException
except ImportError:  # pragma: no cover - without LangChain there is nobody to catch it
    class ToolException(Exception):  # type: ignore[no-redef]
        """Stands for LangChain's own where that is not installed."""


class BlockedToolCall(ToolException):
    """The call was not made; the text says why, in words that a model may read."""
