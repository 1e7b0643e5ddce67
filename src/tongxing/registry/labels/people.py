"""Words for children and the adults around them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxing.registry.values.children import HukouKnown, IdentityKind, MovedWith, Sex

Words = str | Promise

SEXES: Mapping[str, Words] = {
    Sex.MALE: pgettext_lazy("sex", "Male"),
    Sex.FEMALE: pgettext_lazy("sex", "Female"),
}
MOVED_WITH: Mapping[str, Words] = {
    MovedWith.BOTH_PARENTS: _("Both parents"),
    MovedWith.FATHER: _("Father only"),
    MovedWith.MOTHER: _("Mother only"),
    MovedWith.OTHER_GUARDIAN: _("Another guardian"),
    MovedWith.NOBODY: _("Nobody"),
}
HUKOU: Mapping[str, Words] = {
    HukouKnown.REGISTERED: _("Registered"),
    HukouKnown.NOT_REGISTERED: _("Not registered anywhere yet"),
    HukouKnown.UNKNOWN: _("Not asked yet"),
}
IDENTITY_KINDS: Mapping[str, Words] = {
    IdentityKind.RESIDENT: _("Resident identity card or hukou booklet"),
    IdentityKind.HONGKONG_MACAU: _("Hong Kong or Macao document"),
    IdentityKind.TAIWAN: _("Taiwan document"),
    IdentityKind.PASSPORT: _("Passport"),
    IdentityKind.PERMANENT_RESIDENCE: _("Permanent residence card"),
    IdentityKind.OTHER: _("Another document"),
}
# GB/T 4761: what the adult is to the child.
RELATIONS: Mapping[str, Words] = {
    "50": _("Parents"),
    "51": _("Father"),
    "52": _("Mother"),
    "57": _("Stepfather or adoptive father"),
    "58": _("Stepmother or adoptive mother"),
    "59": _("Parent in another way"),
    "60": _("Grandparents"),
    "61": _("Paternal grandfather"),
    "62": _("Paternal grandmother"),
    "63": _("Maternal grandfather"),
    "64": _("Maternal grandmother"),
    "70": _("Brother or sister"),
    "71": _("Elder brother"),
    "73": _("Younger brother"),
    "75": _("Elder sister"),
    "77": _("Younger sister"),
    "81": _("Father's elder brother"),
    "82": _("Wife of the father's elder brother"),
    "83": _("Father's younger brother"),
    "84": _("Wife of the father's younger brother"),
    "85": _("Mother's brother"),
    "86": _("Wife of the mother's brother"),
    "87": _("Husband of the mother's sister"),
    "88": _("Mother's sister"),
    "89": _("Husband of the father's sister"),
    "90": _("Father's sister"),
    "97": _("Other relative"),
    "99": _("Not related"),
}
# What a form offers; lists know more.
USUAL_RELATIONS = ("51", "52", "61", "62", "63", "64", "57", "58", "70", "97", "99")


def relation(code: str, written: str = "") -> str:
    """The relation in words; what a list wrote when the code is not known."""
    return str(RELATIONS.get(code, written))


def word(words: Mapping[str, Words], value: str) -> str:
    """The word for a value; the value itself when there is none."""
    return str(words.get(value, value))
