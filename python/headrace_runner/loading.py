"""Finds and imports the node's file the way the project's loader reads it."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from headrace_runner.failures import NodeFailure
from headrace_runner.job import Job


def prepare_paths(job: Job) -> None:
    """Modules are looked for in the standard library, then in the project, then in the environment's packages.

    The file's own folder comes first, then each folder above it up to the project's. Coming after the standard
    library, a file of the project called `calendar.py` cannot break the packages that need the real one.
    """
    import site

    folders = []
    folder = os.path.dirname(os.path.join(job.project, job.file))
    while folder.startswith(job.project):
        folders.append(folder)
        if folder == job.project:
            break
        folder = os.path.dirname(folder)
    sys.path.extend(folders)
    site.main()
    sys.argv = [os.path.join(job.project, job.file)]


def load_file(job: Job) -> ModuleType:
    """Runs the file once as a module."""
    path = os.path.join(job.project, job.file)
    if not os.path.isfile(path):
        raise NodeFailure("python_file_missing", file=job.file)
    name = module_name(os.path.splitext(os.path.basename(path))[0])
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def module_name(stem: str) -> str:
    """The file's own name, unless that is another module's: packages would be given the node's file in its place."""
    is_taken = stem in sys.modules or stem in sys.stdlib_module_names
    return stem if stem.isidentifier() and not is_taken else f"node_{stem}"


def find_function(module: object, job: Job) -> Callable[..., Any]:
    """The function the node names."""
    found = getattr(module, job.function, None)
    if callable(found):
        return found  # type: ignore[no-any-return]
    names = [name for name, value in vars(module).items() if callable(value) and not name.startswith("_")]
    raise NodeFailure("python_function_missing", file=job.file, function=job.function, known=names[:20])
