from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from tongxing.keys.fields import SealedTextField


class Account(AbstractBaseUser):
    """One named person who signs in. What the person may do comes from appointments alone."""

    id = models.UUIDField(primary_key=True, editable=False)
    username = models.TextField(unique=True)
    person_name = models.TextField()
    # Proves that one person has one account, so that three administrators are three people.
    identity_index = models.BinaryField(unique=True)
    phone = SealedTextField(context="access.account.phone", null=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)
    last_seen_on = models.DateField(null=True)
    # The session that counts, when the site allows one at a time.
    session_token = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_account_has_a_name", condition=~Q(username="") & ~Q(person_name="")
            ),
        ]

    def __str__(self) -> str:
        return f"Account {self.pk}"


class PasswordRecord(models.Model):
    """A password that was used before (hashed), so that it is not used again soon."""

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="passwords")
    password = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-set_at"], name="access_passwordrecord_last")]

    def __str__(self) -> str:
        return f"PasswordRecord {self.pk}"


class KnownDevice(models.Model):
    """A browser this account has signed in from; its tries are counted apart from strangers'."""

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="devices")
    # A hash of the cookie: the table alone lets nobody pose as the device.
    token_hash = models.TextField()
    name = models.TextField(blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="access_knowndevice_once", fields=["account", "token_hash"]
            ),
        ]

    def __str__(self) -> str:
        return f"KnownDevice {self.pk}"
