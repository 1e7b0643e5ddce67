from tongxing.eligibility.models.verdicts import StoredVerdict

__all__ = ["StoredVerdict"]
