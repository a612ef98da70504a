"""Which inputs of a plan stand without evidence: what an auditor asks for first."""

from __future__ import annotations

from dataclasses import dataclass

from wesprint.engines.cashflow.plan import Plan


@dataclass(frozen=True)
class Gap:
    """path: of the assumption, or of money that stands in the plan without one. lacking: which
    of source, date, owner and evidence."""

    path: str
    lacking: tuple[str, ...]


def without_evidence(plan: Plan) -> tuple[Gap, ...]:
    """Every assumption that lacks something, then every bare amount."""
    found = [
        Gap(f"assumptions.{name}", one.lacking)
        for name, one in plan.assumptions.items()
        if one.lacking
    ]
    everything = ("source", "date", "owner", "evidence")
    return (*found, *(Gap(path, everything) for path in plan.bare))
