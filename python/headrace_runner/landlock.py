"""Linux's Landlock through ctypes: a process gives up reaching files, for itself and all that it starts."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = (1 << bit for bit in range(4))
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_TRUNCATE, _DEVICE_CONTROL = 1 << 14, 1 << 15
# The only rights that a rule on a single file may give.
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _DEVICE_CONTROL
# What root keeps: reaching files whoever owns them. The rest would let it look into the engine's memory.
_KEPT_CAPABILITIES = 0b1111
_CAPABILITY_VERSION = 0x20080522
_CAPGET, _CAPSET = {"x86_64": (125, 126), "aarch64": (90, 91)}.get(os.uname().machine, (0, 0))
# From version 4 on: binding and connecting.
_TCP = 3
# From version 6 on: no signals to processes outside, and no abstract sockets of theirs.
_SCOPES = 3


def restrict(read: Iterable[str], list_only: Iterable[str], write: Iterable[str], network: bool) -> bool:
    """Everything else is out of reach from here on; without `network`, TCP too, where the kernel can do that.

    False where the kernel does not offer it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return False
    handled = _handled(version)
    attributes = struct.pack("=QQQ", handled, 0 if network else _TCP, _SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    buffer = ctypes.create_string_buffer(attributes, 24)
    rules = libc.syscall(_CREATE_RULESET, buffer, ctypes.c_size_t(size), ctypes.c_uint32(0))
    if rules < 0:
        return False
    try:
        for paths, rights in ((read, _READ), (list_only, _READ_DIR), (write, handled)):
            for path in paths:
                _allow(libc, rules, path, rights & handled)
        _drop_capabilities(libc)
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            return False
        return bool(libc.syscall(_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0)) == 0)
    finally:
        os.close(rules)


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    if os.geteuid() != 0 or _CAPSET == 0:
        return
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION, 0), 8)
    sets = ctypes.create_string_buffer(24)
    if libc.syscall(_CAPGET, header, sets) != 0:
        return
    effective, permitted, _, *_ = struct.unpack("=6I", sets.raw)
    kept = struct.pack("=6I", effective & _KEPT_CAPABILITIES, permitted & _KEPT_CAPABILITIES, 0, 0, 0, 0)
    libc.syscall(_CAPSET, header, ctypes.create_string_buffer(kept, 24))


def _handled(version: int) -> int:
    """Every right that this version of the kernel's interface knows."""
    bits = 13
    for since in (2, 3, 5):
        if version >= since:
            bits += 1
    return (1 << bits) - 1


def _allow(libc: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = rights if os.path.isdir(path) else rights & _FILE_RIGHTS
        beneath = ctypes.create_string_buffer(struct.pack("=Qi", allowed, descriptor), 12)
        libc.syscall(_ADD_RULE, ctypes.c_int(rules), ctypes.c_int(_PATH_BENEATH), beneath, ctypes.c_uint32(0))
    finally:
        os.close(descriptor)
