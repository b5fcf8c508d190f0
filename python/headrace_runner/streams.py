"""What the function prints and logs reaches the run's log as it happens, and a crash leaves its place behind."""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
from io import TextIOWrapper

from headrace_runner import protocol

CRASH_FILE = "crash.txt"


def prepare_streams() -> None:
    """Line by line, and never an encoding error for what a person prints."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")


def watch_crashes(scratch: str) -> None:
    """On a crash in native code, and when the CPU time is used up, the Python frames are written to a file."""
    # Kept open for the whole life of the process: the handlers write to its descriptor.
    descriptor = os.open(os.path.join(scratch, CRASH_FILE), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    faulthandler.enable(file=descriptor, all_threads=False)
    if hasattr(signal, "SIGXCPU"):
        faulthandler.register(signal.SIGXCPU, file=descriptor, all_threads=False, chain=True)


class _ToEngine(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        try:
            send_log(record.levelno, self.format(record))
        except Exception:
            self.handleError(record)


def route_logging() -> None:
    """Sends records of the `logging` module with their own level; a file may still set up its own handlers."""
    handler = _ToEngine()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.INFO)


def send_log(level: int, text: str) -> None:
    name = "error" if level >= 40 else "warning" if level >= 30 else "info" if level >= 20 else "debug"
    protocol.send("log", level=name, text=text)
