from tongxing.eligibility.models.entitlements import DeclaredFact, Delivery
from tongxing.eligibility.models.service_lists import ServiceListVersion
from tongxing.eligibility.models.verdicts import StoredVerdict

__all__ = ["DeclaredFact", "Delivery", "ServiceListVersion", "StoredVerdict"]
