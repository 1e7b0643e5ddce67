"""What the trail learns from the surroundings of an action, not from its arguments."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Which request or job is being served; entries of one request share it."""
