"""Verifying the trail and keeping the answer where the auditor reads it."""

from datetime import datetime
from typing import Any

from tongxing.audit.models import Verification
from tongxing.audit.values import Finding, Report
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
        first_finding=_kept(first) if first else None,
        doubts=[doubt.value for doubt in report.doubts],
    )
    return report


def _kept(finding: Finding) -> dict[str, Any]:
    return {
        "damage": finding.damage,
        "seal": finding.seal,
        "entry": finding.entry,
        "sealed_at": finding.sealed_at.isoformat() if finding.sealed_at else None,
    }
