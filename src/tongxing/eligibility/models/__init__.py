from tongxing.eligibility.models.service_lists import ServiceListVersion
from tongxing.eligibility.models.verdicts import StoredVerdict

__all__ = ["ServiceListVersion", "StoredVerdict"]
