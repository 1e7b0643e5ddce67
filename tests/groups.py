"""Keeps the tests of one group in one process.

pytest-xdist 3.8 writes the group of a test into `_nodeid`, where pytest 9.2 no longer looks:
without this, tests that share a database or a site are spread over all processes.
"""

import pytest
from _pytest.nodeid import NodeId


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        grouped = getattr(item, "_nodeid", "")
        if grouped:
            item._id = NodeId.parse(grouped)
