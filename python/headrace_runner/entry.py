"""First code of a node's process: finds the environment's packages, runs the job, ends the process."""

from __future__ import annotations

import os
import sys


def start(runtime: str, job_file: str) -> None:
    """Never returns."""
    # Ours are imported from their own folder and leave no trace on the path: a project may have folders named alike.
    sys.path[:] = [runtime, *(path for path in sys.path if path != runtime)]
    import headrace
    import headrace_runner.run
    import seeknal.pipeline.decorators  # noqa: F401

    assert headrace
    sys.path.remove(runtime)
    code = headrace_runner.run.run(job_file)
    end(code)


def end(code: int) -> None:
    import atexit

    try:
        atexit._run_exitfuncs()
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                pass
        # Waiting for a forgotten thread, or taking large libraries down piece by piece, would only cost time.
        os._exit(code)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    start(sys.argv[1], sys.argv[2])
