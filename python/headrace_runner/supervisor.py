"""Starts a node's process and makes sure that nothing it started outlives it.

Run by the environment's interpreter as `python -I -S -X utf8 supervisor.py <runtime folder> <job file>`, with the
standard library alone. Its standard input is its life line: when that ends, or on SIGTERM, every descendant is killed.
On Linux it is the subreaper of its descendants, so that daemons come back to it. Elsewhere the node's process group
is killed, and a process that left the group with `setsid` can escape.

The node's end is told on descriptor 3 as one JSON line, after the node's own messages.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time

PROTOCOL = 3
LINUX = sys.platform.startswith("linux")
KILL_SECONDS = 5.0


def main(runtime: str, job_file: str) -> None:
    libc = become_subreaper() if LINUX else None
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wake_reader, wake_writer = os.pipe()
    os.set_blocking(wake_writer, False)
    supervisor = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(wake_reader)
        os.close(wake_writer)
        become_node(libc, supervisor, runtime, job_file)
    signal.set_wakeup_fd(wake_writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    ended = wait(child, wake_reader)
    left_behind = kill_descendants(child)
    report(ended, left_behind)


def become_subreaper() -> object:
    import ctypes

    libc = ctypes.CDLL(None)
    pr_set_child_subreaper = 36
    libc.prctl(pr_set_child_subreaper, 1, 0, 0, 0)
    return libc


def become_node(libc: object, supervisor: int, runtime: str, job_file: str) -> None:
    """In the child: a session of its own, no standard input, and the function."""
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if libc is not None:
            pr_set_pdeathsig = 1
            libc.prctl(pr_set_pdeathsig, int(signal.SIGKILL), 0, 0, 0)  # type: ignore[attr-defined]
            if os.getppid() != supervisor:
                os._exit(0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        entry = os.path.join(runtime, "headrace_runner", "entry.py")
        if not LINUX:
            # System frameworks of macOS do not survive a fork without exec.
            os.execv(sys.executable, [sys.executable, "-I", "-S", "-X", "utf8", entry, runtime, job_file])
        sys.path.insert(0, runtime)
        from headrace_runner.entry import start

        start(runtime, job_file)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(70)


def wait(child: int, wake: int) -> tuple[int, object] | None:
    """The child's wait status and resource usage, or `None` when it must be killed first."""
    while True:
        readable, _, _ = select.select([0, wake], [], [])
        if wake in readable:
            signals = os.read(wake, 4096)
            if signal.SIGTERM in signals:
                return None
            ended = reap(child)
            if ended is not None:
                return ended
        if 0 in readable and not os.read(0, 4096):
            return None


def reap(child: int) -> tuple[int, object] | None:
    found = None
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if pid == 0:
            return found
        if pid == child:
            found = (status, usage)


def kill_descendants(child: int) -> int:
    """How many processes were still there."""
    if not LINUX:
        try:
            os.killpg(child, signal.SIGKILL)
        except OSError:
            return 0
        return 1
    seen: set[int] = set()
    deadline = time.monotonic() + KILL_SECONDS
    while time.monotonic() < deadline:
        alive = descendants(os.getpid())
        if not alive:
            break
        seen.update(alive)
        for pid in alive:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        reap(-1)
        time.sleep(0.002)
    return len(seen)


def descendants(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", "rb") as file:
                # The name in parentheses may hold anything; the state and the parent follow it.
                parent = int(file.read().rsplit(b")", 1)[1].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        children.setdefault(parent, []).append(int(entry))
    found: list[int] = []
    queue = [root]
    while queue:
        for pid in children.get(queue.pop(), []):
            found.append(pid)
            queue.append(pid)
    return found


def report(ended: tuple[int, object] | None, left_behind: int) -> None:
    if ended is None:
        fields = '"code":null,"signal":null,"killed":true,"memoryMb":null,"cpuSeconds":null'
    else:
        status, usage = ended
        code = os.waitstatus_to_exitcode(status)
        unit = 1024 if LINUX else 1024 * 1024
        memory = usage.ru_maxrss / unit  # type: ignore[attr-defined]
        cpu = usage.ru_utime + usage.ru_stime  # type: ignore[attr-defined]
        exited = str(code) if code >= 0 else "null"
        name = f'"{signal_name(-code)}"' if code < 0 else "null"
        fields = f'"code":{exited},"signal":{name},"killed":false,"memoryMb":{memory:.1f},"cpuSeconds":{cpu:.3f}'
    line = f'\n{{"type":"exit",{fields},"leftBehind":{left_behind}}}\n'
    try:
        os.write(PROTOCOL, line.encode())
    except OSError:
        pass  # The engine is gone; there is nobody to tell.


def signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
