"""Runs a command to its end and prints the CPU and wall seconds of its whole process tree as JSON on descriptor 3.

A plain parent misses processes that outlive the command by a moment; as their subreaper this one waits for them too.
"""

import ctypes
import json
import os
import resource
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

started = time.monotonic()
main = os.fork()
if main == 0:
    os.close(3)
    os.execvp(sys.argv[1], sys.argv[1:])
status = 0
wall = 0.0
while True:
    try:
        pid, ended = os.wait()
    except ChildProcessError:
        break
    if pid == main:
        status = os.waitstatus_to_exitcode(ended)
        wall = time.monotonic() - started
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
os.write(3, json.dumps({"cpu": usage.ru_utime + usage.ru_stime, "wall": wall}).encode())
sys.exit(status if status >= 0 else 128 - status)
