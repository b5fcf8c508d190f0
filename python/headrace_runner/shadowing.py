"""Two modules of one name, a file of the project and a real one: the loser fails in ways that do not say so."""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder
from types import ModuleType


def hidden_module(error: BaseException, project: str) -> tuple[str, str] | None:
    """The project's file (relative, `/`) and the name it shares, when that is why an attribute or a name is missing."""
    name, origin = _module_of(error)
    if name is None or "." in name:
        return None
    if origin is not None and _is_inside(origin, project):
        return (_relative(origin, project), name) if _is_real(name, project) else None
    file = _file_named(name, project)
    return None if file is None else (_relative(file, project), name)


def _module_of(error: BaseException) -> tuple[str | None, str | None]:
    """The module that lacks something, and its file."""
    if isinstance(error, AttributeError) and isinstance(error.obj, ModuleType):
        return error.obj.__name__, getattr(error.obj, "__file__", None)
    if isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError):
        return error.name, error.path
    # `import numbers.special`: what is found is a module, not a package.
    if isinstance(error, ModuleNotFoundError) and error.name and "." in error.name:
        top = error.name.partition(".")[0]
        return top, getattr(sys.modules.get(top), "__file__", None)
    return None, None


def _is_real(name: str, project: str) -> bool:
    """Whether the standard library or the environment has this module."""
    if name in sys.stdlib_module_names:
        return True
    elsewhere = [folder for folder in sys.path if not _is_own(folder, project)]
    return PathFinder.find_spec(name, elsewhere) is not None


def _file_named(name: str, project: str) -> str | None:
    """The project's own file of this name, among the folders where modules are looked for."""
    for folder in filter(lambda folder: _is_own(folder, project), sys.path):
        file = os.path.join(folder, f"{name}.py")
        if os.path.isfile(file):
            return file
    return None


def _is_own(folder: str, project: str) -> bool:
    return folder == project or _is_inside(folder, project)


def _is_inside(path: str, project: str) -> bool:
    # An environment inside the project is not the project's own.
    return path.startswith(project + os.sep) and "site-packages" not in path


def _relative(path: str, project: str) -> str:
    return os.path.relpath(path, project).replace(os.sep, "/")
