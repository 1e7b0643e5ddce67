"""Who acts, from which post, for which area."""

from dataclasses import dataclass, field

from tongxing.kernel.divisions import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A plain value made once a request from the database; no query hides behind it.

    `area` is where the post may see children (None: nowhere); `audit_area` is where it may read
    the trail of looks and changes.
    """

    account_id: str
    post_id: str
    name: str
    role: str
    organisation: str = ""
    department: str = ""
    division: int = 0
    area: Area | None = None
    audit_area: Area | None = None
    capabilities: frozenset[str] = field(default_factory=frozenset)

    def may(self, capability: str) -> bool:
        return capability in self.capabilities


SYSTEM = Actor(account_id="system", post_id="system", name="system", role="SYSTEM")
