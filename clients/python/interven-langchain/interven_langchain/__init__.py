"""Interven for LangChain and LangGraph. Imports without either; works with what is installed."""

from .callback import InterventCallback
from .errors import BlockedToolCall
from .tools import ScanDecision, guard, scan_tool_call

__version__ = "0.1.0"
__all__ = ["BlockedToolCall", "InterventCallback", "ScanDecision", "guard", "scan_tool_call"]
