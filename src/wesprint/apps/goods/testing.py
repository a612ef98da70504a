"""Whether what the tester read off the device is good enough. Pure.

The limits are data (`reference/data/test_limits.csv`): at least so much insulation, at most so
much resistance of the protective conductor and leakage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wesprint.platform.reference.facts import Limit
from wesprint.platform.reference.models import Measure, ProtectionClass

Limits = Mapping[tuple[str, str], Limit]


@dataclass(frozen=True, slots=True)
class ElectricalReport:
    """What stands on the test's sheet: values in milliohms, kiloohms and microamperes, None
    where nothing was measured; `device` is the tester's instrument, `initials` who used it."""

    protection_class: str
    device: str
    initials: str
    visual_ok: bool = True
    function_ok: bool = True
    conductor_mohm: int | None = None
    insulation_kohm: int | None = None
    leakage_ua: int | None = None
    note: str = ""

    @property
    def values(self) -> dict[Measure, int | None]:
        return {
            Measure.CONDUCTOR: self.conductor_mohm,
            Measure.INSULATION: self.insulation_kohm,
            Measure.LEAKAGE: self.leakage_ua,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken`: measures beyond their limit; `missing`: what this class must show and does not."""

    broken: tuple[Measure, ...]
    missing: tuple[Measure, ...]
    seen: bool

    @property
    def may_pass(self) -> bool:
        return self.seen and not self.broken and not self.missing


def verdict(report: ElectricalReport, limits: Limits) -> Verdict:
    """Insulation and leakage stand for each other: one of them is enough. The protective
    conductor is measured where there is one."""
    values = {measure: value for measure, value in report.values.items() if value is not None}
    broken = tuple(
        measure
        for measure, value in values.items()
        if not _limit(report, measure, limits).keeps(value)
    )
    return Verdict(broken, tuple(_missing(report, values)), report.visual_ok and report.function_ok)


def _limit(report: ElectricalReport, measure: Measure, limits: Limits) -> Limit:
    return limits.get((report.protection_class, measure), Limit(None, None))


def _missing(report: ElectricalReport, values: Mapping[Measure, int]) -> list[Measure]:
    missing = []
    if report.protection_class == ProtectionClass.ONE and Measure.CONDUCTOR not in values:
        missing.append(Measure.CONDUCTOR)
    if Measure.INSULATION not in values and Measure.LEAKAGE not in values:
        missing.append(Measure.INSULATION)
    return missing
