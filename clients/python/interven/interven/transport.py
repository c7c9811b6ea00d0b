"""Requests to the gateway: one retry policy for all of them."""

from __future__ import annotations

import http.client
import json
import random
import socket
import ssl
import time
from typing import Any, Callable, Mapping, Optional, Tuple
from urllib.parse import urlsplit

from .errors import ConfigurationError, GatewayError, problem_of

_LARGEST_ANSWER = 8 * 1024 * 1024
_LONGEST_PAUSE = 30.0


class Transport:
    """Speaks HTTP/1.1 to one gateway. Thread-safe: every request has a connection of its own.

    Connection faults, time-outs, 5xx, 429 and answers that are no JSON are tried again ``retries`` times, with growing pauses, or as long as
    ``Retry-After`` says. A request that changes something is sent again under the same ``Idempotency-Key``.
    """

    def __init__(self, gateway_url: str, api_key: str, timeout: float, retries: int, sleep: Callable[[float], None] = time.sleep) -> None:
        parts = urlsplit(gateway_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigurationError("gateway_url must be an http or https address, such as http://127.0.0.1:8080")
        if retries < 0 or timeout <= 0:
            raise ConfigurationError("retries must be 0 or more, timeout above 0 seconds")
        self._parts = parts
        self._key = api_key
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None

    def send(self, method: str, path: str, body: Any = None, *, idempotency_key: Optional[str] = None, extra_wait: float = 0.0) -> Any:
        """The answer's JSON. ``extra_wait`` is how long the gateway may hold the answer on purpose, in seconds."""
        payload = None if body is None else encode(body)
        for attempt in range(self._retries + 1):
            last = attempt == self._retries
            try:
                status, headers, data = self._once(method, path, payload, idempotency_key, extra_wait)
            except (OSError, http.client.HTTPException) as fault:
                if last:
                    raise GatewayError(f"The gateway did not answer: {type(fault).__name__}") from fault
                self._sleep(_pause(attempt))
                continue
            if status == 200 or status == 201:
                try:
                    return json.loads(data)
                except ValueError:
                    if last:
                        raise GatewayError("The gateway's answer is no JSON.") from None
            elif status == 429 or status >= 500:
                if last:
                    raise GatewayError(f"The gateway answered {status}.")
            elif status < 400:
                raise GatewayError(f"The gateway answered {status}; is that Interven's address?")
            else:
                raise problem_of(status, _json_or_none(data))
            self._sleep(_pause(attempt, headers.get("retry-after")))
        raise AssertionError("unreachable")

    def probe(self, path: str) -> None:
        """One GET whose body is text. :raises GatewayError: on anything but 200."""
        try:
            status, _, _ = self._once("GET", path, None, None, 0.0)
        except (OSError, http.client.HTTPException) as fault:
            raise GatewayError(f"The gateway did not answer: {type(fault).__name__}") from fault
        if status != 200:
            raise GatewayError(f"The gateway answered {status}.")

    def pause(self, seconds: float) -> None:
        self._sleep(min(max(seconds, 0.0), _LONGEST_PAUSE))

    def _once(self, method: str, path: str, payload: Optional[bytes], key: Optional[str], extra: float) -> Tuple[int, Mapping[str, str], bytes]:
        host, port, timeout = self._parts.hostname, self._parts.port, self._timeout + extra
        connection = (
            http.client.HTTPSConnection(host, port, timeout=timeout, context=self._tls)
            if self._tls
            else http.client.HTTPConnection(host, port, timeout=timeout)
        )
        headers = {"Authorization": f"Bearer {self._key}", "Accept": "application/json", "User-Agent": "interven-python/0.1"}
        if payload is not None:
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        try:
            connection.request(method, self._parts.path.rstrip("/") + path, payload, headers)
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            answer = connection.getresponse()
            data = answer.read(_LARGEST_ANSWER + 1)
            if len(data) > _LARGEST_ANSWER:
                raise http.client.HTTPException("answer too large")
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data
        finally:
            connection.close()


def encode(body: Any) -> bytes:
    """Strict JSON in UTF-8: what has no JSON form (NaN, half a surrogate pair, unknown objects) is a :class:`ConfigurationError`."""
    try:
        return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except (TypeError, ValueError) as fault:
        raise ConfigurationError(f"The call cannot be written as JSON: {fault}") from None


def _json_or_none(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None


def _pause(attempt: int, retry_after: Optional[str] = None) -> float:
    """As the gateway says, else 0.2 s, 0.4 s, 0.8 s … with a little chance, so that many clients do not come back at once."""
    if retry_after is not None and retry_after.isdigit():
        return min(float(retry_after), _LONGEST_PAUSE)
    return min(0.2 * 2**attempt, 5.0) * random.uniform(0.8, 1.2)


