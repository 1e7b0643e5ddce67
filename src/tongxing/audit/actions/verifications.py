"""Verifying the trail and keeping the answer where the auditor reads it."""

from datetime import datetime

from tongxing.audit.models import Verification
from tongxing.audit.values import Report
from tongxing.audit.verification import verify


def verify_and_record(at: datetime) -> Report:
    """Recompute the whole trail and keep the result."""
    report = verify(at)
    first = report.findings[0] if report.findings else None
    Verification.objects.create(
        verified_at=at,
        outcome=report.outcome,
        entries=report.entries,
        seals=report.seals,
        damaged=report.damaged,
        first_damage=f"{first.damage}: seal {first.seal}, entry {first.entry}" if first else "",
        doubts=[doubt.value for doubt in report.doubts],
    )
    return report
