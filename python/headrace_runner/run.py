"""One job from its file to its answer: confine, load, call, write, tell."""

from __future__ import annotations

import inspect
import sys

from headrace.context import Context
from headrace_runner import protocol
from headrace_runner.calling import call
from headrace_runner.confinement import confine, limit
from headrace_runner.failures import NodeFailure, send_failure
from headrace_runner.job import Job, read_job
from headrace_runner.loading import find_function, load_file, prepare_paths
from headrace_runner.streams import prepare_streams, route_logging, watch_crashes


def run(job_file: str) -> int:
    """The process's exit code; everything else the engine wants to know goes through the protocol."""
    protocol.open_protocol()
    job = read_job(job_file)
    prepare_streams()
    route_logging()
    watch_crashes(job.scratch)
    prepare_paths(job)
    protocol.send("started", confined=confine(job), python=sys.version.split()[0])
    limit(job.memory, job.cpu_seconds)
    try:
        module = load_file(job)
        if job.task == "discover":
            from headrace_runner.discover import describe_module

            protocol.send("discovered", nodes=describe_module(module))
            return 0
        produce(job, module)
        return 0
    except BaseException as error:
        send_failure(error, job.project)
        return error_exit(error)


def produce(job: Job, module: object) -> None:
    """Calls the function and writes what it returns."""
    function = find_function(module, job)
    context = Context(job)
    result = call(function, context)
    if inspect.isawaitable(result) or inspect.isasyncgen(result):
        raise NodeFailure("python_async", function=job.function)
    if result is None and not job.expects_output:
        protocol.send("result", rows=0, written=False)
        return
    from headrace_runner.output import write_result

    rows = write_result(result, context, job)
    protocol.send("result", rows=rows, written=True)


def error_exit(error: BaseException) -> int:
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code & 0xFF or 1
    return 1
