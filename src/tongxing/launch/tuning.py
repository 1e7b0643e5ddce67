"""The server settings that depend on the machine and on our promises."""

import os
from pathlib import Path

MIB = 1024 * 1024
SMALLEST_SHARED_MEMORY = 256 * MIB

PROMISES = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
}
HOUSE = {
    "max_connections": "60",
    "jit": "off",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "default_text_search_config": "pg_catalog.simple",
    "password_encryption": "scram-sha-256",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "pglz",
    # A failing statement or a violated constraint quotes the values it was given, and those may
    # be a child's: the server's log names the error only.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def settings(*, memory: int, shared_memory: int) -> dict[str, str]:
    """The server's settings for a machine with so many bytes of memory and of /dev/shm."""
    chosen = PROMISES | HOUSE | _memory(memory // MIB)
    if shared_memory < SMALLEST_SHARED_MEMORY:
        # Containers often give /dev/shm 64 MB; a parallel query would fail half-way through.
        chosen["dynamic_shared_memory_type"] = "mmap"
    return chosen


def _memory(total: int) -> dict[str, str]:
    """Shares of the machine in MB: the server is one guest among web, worker and tests."""
    return {
        "shared_buffers": f"{_between(64, total // 24, 1024)}MB",
        "effective_cache_size": f"{_between(256, total // 3, 8192)}MB",
        "work_mem": f"{_between(4, total // 1024, 32)}MB",
        "maintenance_work_mem": f"{_between(32, total // 64, 256)}MB",
    }


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))


def for_this_machine() -> dict[str, str]:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return settings(memory=memory, shared_memory=_size_of(Path("/dev/shm")))  # noqa: S108


def _size_of(folder: Path) -> int:
    try:
        return os.statvfs(folder).f_blocks * os.statvfs(folder).f_frsize
    except OSError:
        return 0


def as_file(chosen: dict[str, str]) -> str:
    lines = [f"{name} = '{value}'" for name, value in sorted(chosen.items())]
    return "# Written at every start; ALTER SYSTEM overrides it.\n" + "\n".join([*lines, ""])
