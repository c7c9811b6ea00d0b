"""The real product as a process of its own: a free port, a data folder, ended by its id."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import urllib.request
from pathlib import Path
from typing import Any, Dict, Optional

ROOT = Path(__file__).resolve().parents[3]
OUTPUT = ROOT / "api-frontend" / "bin" / "Release" / "net10.0"


class Product:
    _one: Optional["Product"] = None

    @classmethod
    def shared(cls) -> "Product":
        if cls._one is None:
            cls._one = cls()
            atexit.register(cls._one.stop)
        return cls._one

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._data = tempfile.mkdtemp(prefix="interven-python-")
        self._printed: Dict[str, str] = {}
        self._ready = threading.Event()
        self._process = subprocess.Popen(
            ["dotnet", str(OUTPUT / "Interven.ApiFrontend.dll"), "--contentRoot", str(OUTPUT)],
            env={**os.environ, "INTERVEN_URL": self.url, "INTERVEN_DATA": self._data, "INTERVEN_RATELIMIT_DISABLED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._hear, daemon=True).start()
        if not self._ready.wait(120):
            self.stop()
            raise RuntimeError("The product did not start")

    @property
    def key(self) -> str:
        return self._printed["INTERVEN_API_KEY"]

    def api(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.url + path,
            None if body is None else json.dumps(body).encode(),
            {"Authorization": "Bearer " + self._printed["INTERVEN_ADMIN_TOKEN"], "Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def policy(self, name: str, operation: str, action: str, **more: Any) -> None:
        rule = {"match": {"operations": [operation]}, "action": action, **more}
        self.api("POST", "/api/policies", {"name": name, "rules": [rule]})

    def decide_when_asked(self, operation: str, verb: str, **body: Any) -> threading.Thread:
        """Plays the reviewer: looks into the queue until the call is there, then decides."""

        def work() -> None:
            while self._process.poll() is None:
                for row in self.api("GET", "/api/approvals?status=pending")["items"]:
                    if row["operation"] == operation:
                        self.api("POST", f"/api/approvals/{row['approval_id']}/{verb}", body)
                        return

        reviewer = threading.Thread(target=work, daemon=True)
        reviewer.start()
        return reviewer

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
        shutil.rmtree(self._data, ignore_errors=True)

    def _hear(self) -> None:
        for line in self._process.stdout or ():
            name, _, value = line.strip().partition("=")
            if name.startswith("INTERVEN_") and value:
                self._printed[name] = value
                if "INTERVEN_API_KEY" in self._printed and "INTERVEN_ADMIN_TOKEN" in self._printed:
                    self._ready.set()
