"""Law as dated inputs: each row is a value, the month from which it holds, and its source."""

from __future__ import annotations

from wesprint.engines.cashflow.plan import MONTHS, Law
from wesprint.engines.cashflow.reading import Node

YEARS = MONTHS // 12


def read_law(node: Node, start: int) -> Law:
    """Raises PlanError where a year of the plan has no rate."""
    node.object()
    sources: list[str] = []
    vat = node["vat"].object()
    rates = {
        code: tuple(_dated(vat[code], start, MONTHS, 1, sources, 0, 1))
        for code in ("standard", "reduced")
    }
    vat.done()

    def yearly(key: str, most: float) -> tuple[float, ...]:
        return tuple(_dated(node[key], start, YEARS, 12, sources, 0, most))

    read = Law(
        corporate=yearly("corporate_tax", 1),
        solidarity=yearly("solidarity", 1),
        trade_base=yearly("trade_base_rate", 1),
        trade_multiplier=yearly("trade_multiplier", 15),
        trade_allowance=node["trade_allowance_cents"].whole(),
        loss_full=node["loss_full_cents"].whole(),
        loss_beyond=node["loss_share_beyond"].number(0, 1),
        vat={"none": (0.0,) * MONTHS, **rates},
        correction_months=node["vat_correction_months"].whole(1, 240),
        payment_month=node["tax_payment_month"].whole(1, 12),
        vat_lag=node["vat_payment_lag"].whole(1, 2),
        sources=tuple(dict.fromkeys(sources)),
    )
    node.done()
    return read


def _dated(
    node: Node, start: int, count: int, step: int, sources: list[str], low: float, high: float
) -> list[float]:
    rows = []
    if not isinstance(node.value, list) or not node.value:
        raise node.error("dated rows are expected")
    for number, value in enumerate(node.value):
        row = Node(value, f"{node.path}.{number}", node.table).object()
        rows.append((row["from"].month() - start, row["rate"].number(low, high)))
        sources.append(row["source"].text())
        row.done()
    if rows != sorted(rows, key=lambda row: row[0]):
        raise node.error("the rows are not in the order of their dates")
    if rows[0][0] > 0:
        raise node.error("no rate holds at the start of the plan")
    return [[rate for month, rate in rows if month <= n * step][-1] for n in range(count)]
