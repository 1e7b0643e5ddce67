"""Which reader understands which node: the vocabulary of this interpreter."""

from collections.abc import Callable
from typing import Any

from tongxing.rulebook.nodes import (
    Accompanied,
    AgeAtLeast,
    AgeUnder,
    Crossed,
    Fact,
    HasGround,
    HukouWithin,
    IsInSet,
    Node,
    ResidenceWithin,
    SameCityCentralDistricts,
    SelfRequested,
    Stayed,
    SwitchedOn,
)
from tongxing.rulebook.one_child.ages import AgeAtLeastReader, AgeUnderReader
from tongxing.rulebook.one_child.places import (
    CrossedReader,
    HukouWithinReader,
    ResidenceWithinReader,
    SameCityCentralDistrictsReader,
)
from tongxing.rulebook.one_child.plain import (
    AccompaniedReader,
    FactReader,
    HasGroundReader,
    IsInSetReader,
    SelfRequestedReader,
    SwitchedOnReader,
)
from tongxing.rulebook.one_child.readers import Reader
from tongxing.rulebook.one_child.stays import StayedReader

READERS: dict[type[Node], Callable[[Any], Reader]] = {
    Accompanied: AccompaniedReader,
    AgeAtLeast: AgeAtLeastReader,
    AgeUnder: AgeUnderReader,
    Crossed: CrossedReader,
    Fact: FactReader,
    HasGround: HasGroundReader,
    HukouWithin: HukouWithinReader,
    IsInSet: IsInSetReader,
    ResidenceWithin: ResidenceWithinReader,
    SameCityCentralDistricts: SameCityCentralDistrictsReader,
    SelfRequested: SelfRequestedReader,
    Stayed: StayedReader,
    SwitchedOn: SwitchedOnReader,
}
