"""Model fields whose content lies sealed in the database."""

from typing import Any

from django.db import models

from tongxing.keys.rings import ring


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text that is encrypted on the way in and decrypted on the way out.

    `context` binds the bytes to this field: moved to another one they do not open.
    """

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "context": self.context}

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, bytes):
            return value
        return ring().seal(value, context=self.context) if value else None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        prepared_value = value if prepared else self.get_prep_value(value)
        return super().get_db_prep_value(prepared_value, connection, True)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str:
        return ring().unseal(bytes(value), context=self.context) if value else ""

    def to_python(self, value: Any) -> Any:
        return value
