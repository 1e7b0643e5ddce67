"""Ten rules of the Baotou pack as one writes them for OpenFisca-Core, which knows no cannot-tell.

So that they are the same rules, each comes twice: who surely fulfils it, and who perhaps does. Only
one residence per child is looked at. Whole numbers have 32 bits there: places are nine digits.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy
from numpy.typing import NDArray
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Column = NDArray[Any]
Formula = Callable[[Any, Any], Column]
SURELY, PERHAPS = "surely_", "perhaps_"
CENTRAL = (150202, 150203, 150204, 150207)
UNKNOWN = 0
GONE, PUPILS = (2, 3), (2, 3, 4)
STATED = (
    "accompanied", "asked", "in_full_time_school", "family_poor", "family_dibao",
    "family_low_income", "family_housing_difficulty", "urban_hukou", "disabled",
    "guardianship_endangers",
)  # fmt: skip
FOUND = (
    "family_difficulty", "own_disability", "guardianship_missing", "vagrancy",
    "psychological_abnormality",
)  # fmt: skip
INPUTS: Mapping[str, type] = {
    "born_earliest": date,
    "born_latest": date,
    "since_earliest": date,
    "since_latest": date,
    **dict.fromkeys(("hukou", "home", "father", "mother", "stage"), int),
    **dict.fromkeys([how + name for name in STATED for how in (SURELY, PERHAPS)], bool),
    **dict.fromkeys(FOUND, bool),
}
Child = build_entity(key="child", plural="children", label="Child", is_person=True)


def _day(period: Any, years: int = 0) -> numpy.datetime64:
    start = period.start
    return numpy.datetime64(f"{start.year - years:04d}-{start.month:02d}-{start.day:02d}")


def _under(years: int) -> tuple[Formula, Formula]:
    def surely(child: Any, period: Any) -> Column:
        return (child("born_earliest", period) > _day(period, years)) & (
            child("born_latest", period) <= _day(period)
        )

    def perhaps(child: Any, period: Any) -> Column:
        return (child("born_latest", period) > _day(period, years)) & (
            child("born_earliest", period) <= _day(period)
        )

    return surely, perhaps


def _six_months(bound: str) -> Formula:
    def formula(child: Any, period: Any) -> Column:
        month = numpy.datetime64(str(period.start), "M") - 6
        return child(bound, period) <= month.astype("datetime64[D]") + (period.start.day - 1)

    return formula


def _lives_somewhere(child: Any, period: Any) -> Column:
    return child("home", period) != UNKNOWN


def _places_known(child: Any, period: Any) -> Column:
    return (child("hukou", period) != UNKNOWN) & child("lives_somewhere", period)


def _one_contains_the_other(span: int) -> Formula:
    def formula(child: Any, period: Any) -> Column:
        hukou, home = child("hukou", period), child("home", period)
        return (hukou == home // span * span) | (home == hukou // span * span)

    return formula


def _crossed(span: int, *larger: str) -> tuple[Formula, Formula]:
    def too_coarse(child: Any, period: Any) -> Column:
        return numpy.logical_or.reduce([child(name, period) for name in larger])

    def differ(child: Any, period: Any) -> Column:
        return child("hukou", period) // span != child("home", period) // span

    def surely(child: Any, period: Any) -> Column:
        settled = ~too_coarse(child, period) & child("places_known", period)
        return differ(child, period) & settled

    def perhaps(child: Any, period: Any) -> Column:
        open_still = too_coarse(child, period) | ~child("places_known", period)
        return differ(child, period) | open_still

    return surely, perhaps


def _same_central_area() -> tuple[Formula, Formula]:
    def surely(child: Any, period: Any) -> Column:
        hukou, home = child("hukou", period) // 1000, child("home", period) // 1000
        return numpy.isin(hukou, CENTRAL) & numpy.isin(home, CENTRAL) & (hukou != home)

    def perhaps(child: Any, period: Any) -> Column:
        coarse = child("in_one_city", period) & numpy.isin(child("home", period) // 1000, CENTRAL)
        unknown = ~child("places_known", period)
        return surely(child, period) | coarse | unknown

    return surely, perhaps


def _in_words(name: str, words: tuple[int, ...]) -> tuple[Formula, Formula]:
    def surely(child: Any, period: Any) -> Column:
        return numpy.isin(child(name, period), words)

    def perhaps(child: Any, period: Any) -> Column:
        return surely(child, period) | (child(name, period) == UNKNOWN)

    return surely, perhaps


def _found(child: Any, period: Any) -> Column:
    return numpy.logical_or.reduce([child(name, period) for name in FOUND])


def _all_of(*names: str) -> tuple[Formula, Formula]:
    return _of_each(numpy.logical_and.reduce, names)


def _any_of(*names: str) -> tuple[Formula, Formula]:
    return _of_each(numpy.logical_or.reduce, names)


def _of_each(combine: Callable[..., Column], names: tuple[str, ...]) -> tuple[Formula, Formula]:
    def formula(how: str) -> Formula:
        return lambda child, period: combine(
            [child(name if name in FOUND else how + name, period) for name in names]
        )

    return formula(SURELY), formula(PERHAPS)


def _migrant() -> tuple[Formula, Formula]:
    def formula(how: str, excepted: str) -> Formula:
        return lambda child, period: (
            child(how + "accompanied", period)
            & child(how + "cross_county", period)
            & child(how + "six_months", period)
            & ~child(excepted + "central", period)
        )

    return formula(SURELY, PERHAPS), formula(PERHAPS, SURELY)


def _stayed(level: str) -> tuple[Formula, Formula]:
    def surely(child: Any, period: Any) -> Column:
        return child(SURELY + level, period) & child("long_ago", period)

    def perhaps(child: Any, period: Any) -> Column:
        away = child(PERHAPS + level, period) & child("perhaps_long_ago", period)
        return away | ~child("lives_somewhere", period)

    return surely, perhaps


HELPERS: Mapping[str, Formula] = {
    "lives_somewhere": _lives_somewhere,
    "places_known": _places_known,
    "in_one_city": _one_contains_the_other(10**5),
    "in_one_province": _one_contains_the_other(10**7),
    "in_one_county": _one_contains_the_other(10**3),
    "long_ago": _six_months("since_latest"),
    "perhaps_long_ago": _six_months("since_earliest"),
    "ground": _found,
    SURELY + "ground": _found,
    PERHAPS + "ground": _found,
}
PARTS: Mapping[str, tuple[Formula, Formula]] = {
    "under_16": _under(16),
    "under_18": _under(18),
    "under_7": _under(7),
    "cross_county": _crossed(1000, "in_one_city", "in_one_province"),
    "cross_township": _crossed(1, "in_one_city", "in_one_province", "in_one_county"),
    "six_months": _stayed("cross_county"),
    "six_months_beyond_township": _stayed("cross_township"),
    "central": _same_central_area(),
    "migrant": _migrant(),
    "father_gone": _in_words("father", GONE),
    "mother_gone": _in_words("mother", GONE),
    "pupil": _in_words("stage", PUPILS),
    "young_or_pupil": _any_of("under_18", "in_full_time_school"),
    "difficult": _any_of(
        "family_difficulty", "family_poor", "family_dibao", "own_disability", "disabled",
        "guardianship_missing", "guardianship_endangers",
    ),
    "poor": _any_of("family_dibao", "family_low_income"),
    "surveyed_with_ground": _all_of("survey_population", "ground"),
}  # fmt: skip
RULES: Mapping[str, tuple[Formula, Formula]] = {
    "survey_population": _all_of("migrant", "under_16"),
    "statistical_population": _all_of(
        "accompanied", "cross_township", "six_months_beyond_township", "under_16"
    ),
    "priority_self_request": _all_of("asked", "cross_township", "under_16"),
    "priority": _any_of("surveyed_with_ground", "priority_self_request"),
    "migrant_minor": _all_of("migrant", "under_18"),
    "orphan": _all_of("father_gone", "mother_gone", "young_or_pupil"),
    "in_difficulty": _all_of("difficult", "under_18"),
    "migrant_pupil": _all_of("migrant_minor", "pupil"),
    "housing_guaranteed": _all_of(
        "survey_population", "urban_hukou", "poor", "family_housing_difficulty"
    ),
    "BT-L1.a": _all_of("survey_population", "under_7"),
}


class TenRules:
    """The ten rules, and the same children as arrays, day for day."""

    def __init__(self, columns: Mapping[str, Column], on: date) -> None:
        self.period, self.columns = f"day:{on}", columns
        self.count = len(columns["home"])
        self.system = TaxBenefitSystem([Child])
        for name, kind in INPUTS.items():
            self._add(name, kind, DateUnit.ETERNITY)
        for name, formula in HELPERS.items():
            self._add(name, bool, DateUnit.DAY, formula)
        for name, (surely, perhaps) in {**PARTS, **RULES}.items():
            self._add(SURELY + name, bool, DateUnit.DAY, surely)
            self._add(PERHAPS + name, bool, DateUnit.DAY, perhaps)

    def _add(self, name: str, kind: type, period: DateUnit, formula: Any = None) -> None:
        attributes = {"value_type": kind, "entity": Child, "definition_period": period}
        if formula is not None:
            attributes["formula"] = lambda child, period, _parameters=None: formula(child, period)
        self.system.add_variable(type(name, (Variable,), attributes))

    def simulation(self) -> Simulation:
        made = SimulationBuilder().build_default_simulation(self.system, count=self.count)
        for name, values in self.columns.items():
            made.set_input(name, "eternity", values)
        return made

    def answers(self, simulation: Simulation) -> dict[str, tuple[Column, Column]]:
        """Of each rule: who surely fulfils it, and who perhaps does."""
        return {
            name: (
                simulation.calculate(SURELY + name, self.period),
                simulation.calculate(PERHAPS + name, self.period),
            )
            for name in RULES
        }
