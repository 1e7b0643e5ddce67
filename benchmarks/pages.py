"""Pages with 200,000 children in the register, as ratios to /healthz in the same run.

Two lists of 100,000 rows come in through the importer; a real server on the same database answers
one signed-in county officer. Requests of all kinds are mixed at random, so that a noisy machine is
noisy for all of them. Prints median and p95 of each page, their ratios to /healthz, and the number
of database queries of each page with few and with many children.

    .venv/bin/python benchmarks/pages.py [--children 200000] [--requests 300] [--json]
"""

import argparse
import http.cookiejar
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from scratch import HULI, ROOT, database_environment, free_port, officer, scratch_site

USER = "huli.officer"
LIST_ROWS = 100_000
FEW = 200
SECONDS_TO_START = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=300, help="requests for each page")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with scratch_site("pages") as folder:
        from tongxing.demo import people

        people.create_all()
        fill(folder, FEW)
        few = queries_by_page()
        fill(folder, asked.children)
        many = queries_by_page()
        with server(folder) as base:
            times = measured(base, asked.requests)
    result = report(times, few, many, asked.children)
    print(json.dumps(result, ensure_ascii=False) if asked.json else table(result))
    differing = {name for name in many if few[name] != many[name]}
    if differing:
        raise SystemExit(f"The number of queries grows with the register on: {sorted(differing)}")


def fill(folder: Path, children: int) -> None:
    """Bring the children in through the front door, and compute their verdicts."""
    from django.utils import timezone

    from tongxing.eligibility.actions import verdicts as actions

    for number in range(max(children // LIST_ROWS, 1)):
        take_in(folder, rows=min(children, LIST_ROWS), seed=number + 1)
    now = timezone.now()
    actions.evaluate_everybody(on=timezone.localdate(now), by=officer(), at=now)
    analyze()


def take_in(folder: Path, *, rows: int, seed: int) -> None:
    """Receive, stage and commit one list."""
    from django.utils import timezone

    from tongxing.demo.bulk import benchmark_workbook
    from tongxing.registry import intake
    from tongxing.registry.values.rosters import Upload

    cache = Path(os.environ.get("TONGXING_BENCH_CACHE", folder))
    path = cache / f"pages-{rows}-{seed}.xlsx"
    if not path.exists():
        benchmark_workbook(path, rows=rows, seed=seed)
    upload = Upload(
        division=HULI,
        source="education",
        file_name=path.name,
        content=path.read_bytes(),
        as_of=timezone.localdate(),
        by_worker=False,
    )
    intake.take_in(upload=upload, username=USER, commit=True, shrink_accepted=True)


def analyze() -> None:
    """What autovacuum does within a minute of such an import."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def some_child() -> tuple[str, str]:
    """A child in the middle of the register, and the name it is searched by."""
    from tongxing.access import scopes
    from tongxing.registry.models import Child

    with scopes.acting_as(officer()):
        child = Child.objects.order_by("pk")[Child.objects.count() // 2]
        return str(child.pk), child.name


def pages() -> dict[str, str]:
    """The pages that are measured, by name."""
    child, name = some_child()
    return {
        "list": "/children/",
        "list, narrowed": "/children/?sex=female&age_from=6&age_to=12",
        "search by name": "/children/?" + urllib.parse.urlencode({"q": name}),
        "search by pinyin": "/children/?q=zhang",
        "child file": f"/children/{child}/",
        "verdict": f"/children/{child}/verdict/",
    }


def queries_by_page() -> dict[str, int]:
    """How many statements each page sends to the database, signed in as the officer."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client()
    browser.force_login(
        get_user_model()._default_manager.get(username=USER),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    counts = {}
    for name, path in pages().items():
        browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        counts[name] = len(queries)
    return counts


class server:  # noqa: N801 - used as a context manager, reads as a sentence
    """granian on the scratch database, as `make demo` starts it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()

    def __enter__(self) -> str:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "2", "--blocking-threads", "4"]
        command += ["--no-ws", "tongxing.wsgi:application"]
        environment = database_environment()
        # As `make demo` does: the pages name their styles and scripts by what is collected.
        subprocess.run(
            [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0", "-i", "ext"],
            env=environment,
            check=True,
        )
        self.process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        base = f"http://127.0.0.1:{self.port}"
        patience = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < patience:
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=2).read()
                return base
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not answer")

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def signed_in(base: str) -> urllib.request.OpenerDirector:
    """A browser of sorts that has signed in as the officer."""
    from django.conf import settings

    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{base}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = {
        "csrfmiddlewaretoken": token.group(1),
        "username": USER,
        "password": settings.TONGXING_DEMO_PASSWORD,
    }
    request = urllib.request.Request(
        f"{base}/sign-in/",
        data=urllib.parse.urlencode(form).encode(),
        headers={"Referer": f"{base}/sign-in/"},
    )
    answer = opener.open(request)
    assert "sign-in" not in answer.url, answer.url
    return opener


def measured(base: str, requests: int) -> dict[str, list[float]]:
    """Seconds of each request, all kinds mixed."""
    opener = signed_in(base)
    wanted = {"healthz": "/healthz", **pages()}
    for path in wanted.values():
        opener.open(base + path).read()
    order = [name for name in wanted for _ in range(requests)]
    random.Random(1).shuffle(order)
    times: dict[str, list[float]] = {name: [] for name in wanted}
    for name in order:
        began = time.perf_counter()
        with opener.open(base + wanted[name]) as answer:
            answer.read()
        times[name].append(time.perf_counter() - began)
    return times


def report(
    times: dict[str, list[float]], few: dict[str, int], many: dict[str, int], children: int
) -> dict[str, object]:
    """Milliseconds, ratios and queries by page."""
    health = _figures(times["healthz"])
    lines = {}
    for name, values in times.items():
        median, p95 = _figures(values)
        lines[name] = {
            "median_ms": round(median * 1000, 2),
            "p95_ms": round(p95 * 1000, 2),
            "median_ratio": round(median / health[0], 2),
            "p95_ratio": round(p95 / health[1], 2),
            "queries": many.get(name),
            "queries_with_few": few.get(name),
        }
    return {"children": children, "pages": lines}


def _figures(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), statistics.quantiles(values, n=20)[18]


def table(result: dict[str, object]) -> str:
    lines = [f"{result['children']} children"]
    for name, line in result["pages"].items():  # type: ignore[attr-defined]
        numbers = "  ".join(f"{key} {value}" for key, value in line.items())
        lines.append(f"{name:20} {numbers}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
