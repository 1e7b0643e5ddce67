"""The words of eligibility."""

from tongxing.eligibility.values.populations import RULES, Population

__all__ = ["RULES", "Population"]
