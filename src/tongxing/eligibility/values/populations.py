"""The words of eligibility."""

from enum import StrEnum


class Population(StrEnum):
    """Which count a verdict is about; one boolean "is migrant" would be three lies."""

    LOCAL = "local"
    """监测摸排对象 as the place's own document defines it: lists, services, local reports."""
    NATIONAL = "national"
    """监测摸排对象 as the national plan defines it: the national system, reports upward."""
    STATISTICAL = "statistical"
    """统计分析对象: left the home township for six months or more."""
    SELF_REQUEST = "self_request"
    """Asked for help after crossing a township border: served, not counted (CN-5.2)."""


RULES = {
    Population.LOCAL: "survey_population",
    Population.NATIONAL: "survey_population",
    Population.STATISTICAL: "statistical_population",
    Population.SELF_REQUEST: "priority_self_request",
}
