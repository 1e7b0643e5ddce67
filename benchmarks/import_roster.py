"""A list of 100,000 rows and 20 columns, from upload to committed register, against the floor.

The floor, measured in the same run: read the same workbook with the fastest reader and COPY the
same rows into a plain table. Prints both, their ratio, and the peak memory of every process.

    .venv/bin/python benchmarks/import_roster.py [--rows 100000] [--json]
"""

import argparse
import json
import os
import threading
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from scratch import HULI, officer, scratch_site

MOST_TIMES_THE_FLOOR = 6.0
MOST_MIB = 512


class MemoryWatch:
    """Peak resident memory of this process and its children, and of the database's processes.

    Pages of the server's shared buffers are counted once for each of its processes by the kernel;
    for those the unshared part is taken.
    """

    def __init__(self, postmaster: int) -> None:
        self.peaks: dict[str, float] = {}
        self._postmaster = postmaster
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        import psutil

        own = psutil.Process()
        while not self._stop.wait(0.1):
            self._note("importer", own, shared=True)
            for child in own.children(recursive=True):
                self._note("reader", child, shared=True)
            try:
                for child in psutil.Process(self._postmaster).children():
                    self._note("database", child, shared=False)
            except psutil.Error:
                continue

    def _note(self, name: str, process: object, *, shared: bool) -> None:
        import psutil

        try:
            memory = process.memory_info()  # type: ignore[attr-defined]
        except psutil.Error:
            return
        size = memory.rss if shared else memory.rss - memory.shared
        self.peaks[name] = max(self.peaks.get(name, 0.0), size / 2**20)


def floor_seconds(path: Path) -> float:
    """Read with the fastest reader, write the same rows by COPY into a plain table."""
    import fastexcel
    import polars
    from django.db import connections

    # The owner may make a table; the application's role may not.
    connection = connections["owner"]
    began = time.perf_counter()
    sheet = fastexcel.read_excel(str(path)).load_sheet(0, dtypes="string")
    frame = polars.DataFrame(sheet.to_arrow())
    buffer = BytesIO()
    frame.write_csv(buffer)
    columns = ", ".join(f"c{number} text" for number in range(frame.width))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE floor ({columns})")
        with cursor.copy("COPY floor FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(buffer.getvalue())
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE floor")
    return took


def alone(measure: Callable[[Path], float], path: Path) -> float:
    """Measure in a process of its own, so that its memory is not counted as ours."""
    from django.db import connections

    # Before the fork: a connection closed in the child would be closed under the parent, too.
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, repr(measure(path)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        return float(answer.read())


def our_seconds(path: Path) -> dict[str, float]:
    """Receive, look into, stage, commit: the same actions the pages and the worker use."""
    from django.utils import timezone

    from tongxing.access import scopes
    from tongxing.registry.actions import committing, inspecting, rosters, staging
    from tongxing.registry.queries import batches
    from tongxing.registry.values.rosters import Upload

    by, at, steps = officer(), timezone.now(), {}
    clock = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        steps[name], clock = time.perf_counter() - clock, time.perf_counter()

    upload = Upload(
        division=HULI,
        source="education",
        file_name=path.name,
        content=path.read_bytes(),
        as_of=at.date(),
        by_worker=False,
    )
    with scopes.acting_as(by):
        batch_id = rosters.receive(upload=upload, by=by, at=at).pk
    lap("receive")
    inspecting.inspect(batch_id=batch_id, by=by, at=at)
    with scopes.acting_as(by):
        mapping = batches.batch(batch_id).mapping
        rosters.map_columns(batch_id=batch_id, mapping=mapping, by=by, at=at, by_worker=False)
    lap("inspect")
    staging.stage(batch_id=batch_id, by=by, at=at, lanes=2)
    lap("stage")
    with scopes.acting_as(by):
        rosters.begin_commit(
            batch_id=batch_id, shrink_accepted=False, by=by, at=at, by_worker=False
        )
    committing.commit(batch_id=batch_id, by=by, at=at, lanes=2)
    lap("commit")
    with scopes.acting_as(by):
        counts = batches.batch(batch_id).counts
    assert counts["read"] == sum(value for name, value in counts.items() if name != "read")
    assert counts["new"] > 0.9 * counts["read"]
    return steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="exit 1 when a limit is passed")
    asked = parser.parse_args()
    with scratch_site("import") as folder:
        from tongxing.demo.bulk import benchmark_workbook
        from tongxing.launch import postgres

        cache = Path(os.environ.get("TONGXING_BENCH_CACHE", folder))
        path = cache / f"roster-{asked.rows}.xlsx"
        if not path.exists():
            benchmark_workbook(path, rows=asked.rows)
        floor = min(alone(floor_seconds, path) for _ in range(2))
        with MemoryWatch(postgres.status().pid or 0) as memory:
            steps = our_seconds(path)
    total = sum(steps.values())
    result = {
        "rows": asked.rows,
        "floor_seconds": round(floor, 2),
        "seconds": round(total, 2),
        "steps": {name: round(value, 2) for name, value in steps.items()},
        "times_the_floor": round(total / floor, 2),
        "peak_mib": {name: round(value) for name, value in memory.peaks.items()},
    }
    print(json.dumps(result) if asked.json else "\n".join(f"{k:16} {v}" for k, v in result.items()))
    passed = total / floor <= MOST_TIMES_THE_FLOOR and max(memory.peaks.values()) <= MOST_MIB
    if asked.check and not passed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
