"""Tests that share something run one after the other, in one process."""

import pytest


@pytest.mark.xdist_group("house")
def test_a_group_is_part_of_the_name_by_which_tests_are_handed_out(
    request: pytest.FixtureRequest,
) -> None:
    side_by_side = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@house") is side_by_side
