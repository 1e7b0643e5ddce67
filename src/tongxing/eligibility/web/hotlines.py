"""The help page's numbers come from the packs, each with the document that names it."""

from collections.abc import Sequence

from tongxing.eligibility import law
from tongxing.web.help import Hotline


def of_place(division: int, language: str) -> Sequence[Hotline]:
    """Hotlines that the texts of a place name; a line without a published number is left out."""
    chinese = language.startswith("zh")
    return [
        Hotline(
            number=contact.number,
            name=contact.label.zh if chinese else contact.label.en,
            note=contact.purpose.zh if chinese else contact.purpose.en,
            source=contact.source.title.zh if chinese else contact.source.title.en,
        )
        for contact in law.hotlines_of(division)
        if contact.number
    ]
