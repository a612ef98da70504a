"""The compiled months of a plan, scenario innermost so that the processor takes several at once.

What happens here is what `reference.py` says, in the same order; names are the same. One call runs
scenarios whose opening is equally late. A row of the table `st` holds one number of each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

WIDTH: Final = 1024
"""Scenarios that are run together: their rows stay in the processor's cache."""

(HOUSE, BUSINESS, VAT, VAT1, VAT2, LATER1, LATER2, DUE1, DUE2) = range(9)
(SHARES, INVESTED, GRANTED, CASH, FIXED, SPECIAL, LOANS, OWED_VAT, TAX, LEAVERS) = range(9, 19)
(CAPITAL, LEGAL, RETAINED, YEAR_HOUSE, YEAR_BUSINESS, CARRY_HOUSE, CARRY_BUSINESS) = range(19, 26)
(SURPLUS, AVAILABLE, SERVICE, LOWEST, INTEREST, OPERATING, DUE, BACK) = range(26, 34)
ROWS: Final = 34

# rules: plain numbers of a plan
(LIMIT, FULL, BEYOND, ALLOWANCE, MINIMUM, RESERVE_SHARE, DISTRIBUTION, EQUITY) = range(8)
(PAYMENT_MONTH, PAYOUT_MONTH, VAT_LAG, FOUNDED, TWO, TRADE_FREE) = range(6)

OPTIONS: Final[dict[str, Any]] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,  # nothing is allocated: to count who holds a row costs more than a short loop
}
F = TypeVar("F", bound=Callable[..., object])
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Flows(NamedTuple):
    """Coefficients [pools, months], cents; `adds` [pairs, months] feed assets (pool, asset)."""

    house: Floats
    business: Floats
    vat: Floats
    later1: Floats
    later2: Floats
    shares: Floats
    adds: Floats
    pairs: Ints
    part: Floats
    sign: Floats
    of_business: Flags


class Levels(NamedTuple):
    """fixed: [pools, N], and `now` a scratch like it; prices, markets: [series, years, N] and which
    of them a pool takes."""

    fixed: Floats
    now: Floats
    prices: Floats
    markets: Floats
    price_of: Ints
    market_of: Ints


class Debts(NamedTuple):
    """[loans, N], but `loans` [loans, 6]: reset, first, last, form, initial, equal part."""

    balance: Floats
    payment: Floats
    rate: Floats
    reset_rate: Floats
    loans: Floats
    draws: Floats
    counted: Floats


class Rules(NamedTuple):
    """Rates by scenario [N] or year, and plain numbers by the places named above."""

    overdraft: Floats
    earned: Floats
    leaving: Floats
    numbers: Floats
    switches: Ints
    corporate: Floats
    trade: Floats
    land: float


class Out(NamedTuple):
    """[years, N]; `first` by scenario, `below` by month."""

    cash: Floats
    lowest: Floats
    dscr: Floats
    equity: Floats
    first: Ints
    below: Ints


def compiled(function: F) -> F:
    """numba's decorator, with a type."""
    return cast("F", njit(**OPTIONS, fastmath={"contract"})(function))


def judged(function: F) -> F:
    """The same where sums may be taken in any order and nothing is expected to be nan."""
    return cast("F", njit(**OPTIONS, fastmath=True)(function))


# The compiler takes several scenarios at once only in loops over few rows: it must be sure that
# they do not overlap. So what happens to many rows is said in small steps.


@compiled
def add(to: Floats, level: Floats, coefficient: float) -> None:
    for s in range(to.size):
        to[s] += coefficient * level[s]


@compiled
def add_both(to: Floats, also: Floats, level: Floats, first: float, second: float) -> None:
    for s in range(to.size):
        to[s] += first * level[s]
        also[s] += second * level[s]


@compiled
def plus(to: Floats, row: Floats) -> None:
    for s in range(to.size):
        to[s] += row[s]


@compiled
def copy(to: Floats, row: Floats) -> None:
    for s in range(to.size):
        to[s] = row[s]


@compiled
def less(to: Floats, row: Floats) -> None:
    for s in range(to.size):
        to[s] -= row[s]


@compiled
def clear(st: Floats) -> None:
    for row in (HOUSE, BUSINESS, VAT, LATER1, LATER2, SHARES, INVESTED, GRANTED):
        for s in range(st.shape[1]):
            st[row, s] = 0.0


@compiled
def book(st: Floats, levels: Floats, flows: Flows, t: int) -> None:
    """This month's flows of all pools."""
    clear(st)
    for p in range(levels.shape[0]):
        level = levels[p]
        house, business, vat = flows.house[p, t], flows.business[p, t], flows.vat[p, t]
        if house != 0 and vat != 0:
            add_both(st[HOUSE], st[VAT], level, house, vat)
        elif house != 0:
            add(st[HOUSE], level, house)
        elif vat != 0 and business == 0:
            add(st[VAT], level, vat)
        if business != 0 and vat != 0 and house == 0:
            add_both(st[BUSINESS], st[VAT], level, business, vat)
        elif business != 0:
            add(st[BUSINESS], level, business)
        if flows.later1[p, t] != 0:
            add(st[LATER1], level, flows.later1[p, t])
        if flows.later2[p, t] != 0:
            add(st[LATER2], level, flows.later2[p, t])
        if flows.shares[p, t] != 0:
            add(st[SHARES], level, flows.shares[p, t])
    copy(st[OPERATING], st[HOUSE])
    plus(st[OPERATING], st[BUSINESS])
    plus(st[AVAILABLE], st[OPERATING])


@compiled
def invest(st: Floats, books: Floats, levels: Floats, flows: Flows, t: int) -> None:
    for n in range(flows.pairs.shape[0]):
        if flows.adds[n, t] != 0:
            level, asset = levels[flows.pairs[n, 0]], flows.pairs[n, 1]
            add(books[asset], level, flows.adds[n, t])
            add(st[INVESTED] if flows.sign[asset] > 0 else st[GRANTED], level, flows.adds[n, t])


@compiled
def write_off(st: Floats, books: Floats, flows: Flows, t: int) -> None:
    """Depreciation lowers, the release of special items raises a result."""
    plus(st[FIXED], st[INVESTED])
    plus(st[SPECIAL], st[GRANTED])
    for asset in range(books.shape[0]):
        if flows.part[asset, t] == 0:
            continue
        book, share, way = books[asset], flows.part[asset, t], flows.sign[asset]
        total = st[FIXED] if way > 0 else st[SPECIAL]
        result = st[BUSINESS] if flows.of_business[asset] else st[HOUSE]
        add(total, book, -share)
        add(result, book, -share * way)
        for s in range(book.size):
            book[s] -= book[s] * share


@compiled
def annuity(balance: float, rate: float, initial: float, left: float) -> float:
    monthly = rate / 12
    if initial > 0:
        return balance * (rate + initial) / 12
    if monthly > 0:
        return float(balance * monthly / -np.expm1(-left * np.log1p(monthly)))
    return balance / left


@compiled
def owe(to: Floats, back: Floats, draw: float) -> None:
    for s in range(to.size):
        to[s] += draw - back[s]


@compiled
def owes(balance: Floats) -> bool:
    for s in range(balance.size):  # noqa: SIM110 - compiled
        if balance[s] != 0:
            return True
    return False


@compiled
def serve(st: Floats, debts: Debts, row: int, t: int) -> None:
    """One loan: interest on what was owed, repayment, new money."""
    balance, payment, loan = debts.balance[row], debts.payment[row], debts.loans[row]
    rate, reset_rate = debts.rate[row], debts.reset_rate[row]
    draw, counted = debts.draws[row, t], debts.counted[row]
    reset, first, last, form = int(loan[0]), int(loan[1]), int(loan[2]), int(loan[3])
    runs, ends = first <= t < last and form < 2, t == last
    fresh = form == 0 and first <= t < last and (t in (first, reset))
    if draw == 0 and not owes(balance):
        return
    if fresh:
        for s in range(balance.size):
            valid = reset_rate[s] if t == reset else rate[s]
            payment[s] = annuity(balance[s], valid, loan[4], float(last - t + 1))
    due, back = st[DUE], st[BACK]
    for s in range(due.size):
        due[s] = balance[s] * rate[s] / 12
    if ends:
        copy(back, balance)
    elif runs and form == 0:
        for s in range(back.size):
            back[s] = min(max(payment[s] - due[s], 0.0), balance[s])
    else:
        part = loan[5] if runs else 0.0
        for s in range(back.size):
            back[s] = min(part, balance[s])
    plus(st[INTEREST], due)
    add(st[SERVICE], due, counted)
    add(st[SERVICE], back, counted)
    for row_of in (balance, st[LOANS], st[CASH]):
        owe(row_of, back, draw)
    if t == reset:
        for s in range(balance.size):
            rate[s] = reset_rate[s]


@compiled
def overdraw(st: Floats, overdraft: Floats, earned: Floats) -> None:
    """Interest on the account's own balance of last month's end (row INTEREST starts with it)."""
    cash, interest = st[CASH], st[INTEREST]
    for s in range(cash.size):
        interest[s] = max(-cash[s], 0.0) * overdraft[s] / 12 - max(cash[s], 0.0) * earned[s] / 12


@compiled
def tax_of(
    profit: float, carry: float, rules: Floats, corporate: float, trade: float
) -> tuple[float, float]:
    """(tax, loss that is still to be used)"""
    room = max(profit, 0.0)
    most = min(room, rules[FULL]) + rules[BEYOND] * max(room - rules[FULL], 0.0)
    used = min(carry, most)
    income = room - used
    tax = income * corporate + max(income - rules[ALLOWANCE], 0.0) * trade
    return tax, carry + max(-profit, 0.0) - used


@compiled
def close_year(st: Floats, given: Rules, y: int) -> None:
    rules, switches, leaving = given.numbers, given.switches, given.leaving
    corporate, trade = given.corporate[y], given.trade[y]
    for s in range(st.shape[1]):
        house, business = st[YEAR_HOUSE, s], st[YEAR_BUSINESS, s]
        pure = 0.0 if switches[TRADE_FREE] else trade
        if switches[TWO]:
            tax, st[CARRY_HOUSE, s] = tax_of(house, st[CARRY_HOUSE, s], rules, corporate, pure)
            more, st[CARRY_BUSINESS, s] = tax_of(
                business, st[CARRY_BUSINESS, s], rules, corporate, trade
            )
            tax += more
        else:
            tax, st[CARRY_HOUSE, s] = tax_of(
                house + business, st[CARRY_HOUSE, s], rules, corporate, pure
            )
        surplus = house + business - tax
        legal = max(surplus, 0.0) * rules[RESERVE_SHARE]
        left = min(st[CAPITAL, s] * leaving[s], max(st[CAPITAL, s] - rules[MINIMUM], 0.0))
        st[SURPLUS, s] = surplus - legal
        st[LEGAL, s] += legal
        st[RETAINED, s] -= tax + legal
        st[TAX, s] += tax
        st[CAPITAL, s] -= left
        st[LEAVERS, s] += left
        st[YEAR_HOUSE, s] = 0.0
        st[YEAR_BUSINESS, s] = 0.0


@compiled
def pay_out(st: Floats, rules: Floats, switches: Ints, t: int) -> None:
    """Tax of the year before; leavers' balances and the distribution."""
    month = t % 12 + 1
    if month == switches[PAYMENT_MONTH]:
        for s in range(st.shape[1]):
            st[CASH, s] -= st[TAX, s]
            st[AVAILABLE, s] -= st[TAX, s]
            st[TAX, s] = 0.0
    if month == switches[PAYOUT_MONTH] and t >= 12:
        for s in range(st.shape[1]):
            given = max(min(st[SURPLUS, s], st[RETAINED, s]), 0.0) * rules[DISTRIBUTION]
            st[CASH, s] -= st[LEAVERS, s] + given
            st[RETAINED, s] -= given
            st[LEAVERS, s] = 0.0


@compiled
def earn(st: Floats) -> None:
    """Results of the month into the year and into the equity."""
    less(st[HOUSE], st[INTEREST])
    for result, year in ((st[HOUSE], st[YEAR_HOUSE]), (st[BUSINESS], st[YEAR_BUSINESS])):
        plus(year, result)
        plus(st[RETAINED], result)


@compiled
def settle(st: Floats, rules: Floats, switches: Ints, t: int) -> None:
    """Bookings of this and of earlier months into cash."""
    back = st[VAT1] if switches[VAT_LAG] == 1 else st[VAT2]
    cash = st[CASH]
    for row in (st[OPERATING], st[VAT], st[SHARES], st[GRANTED], st[DUE1]):
        plus(cash, row)
    for row in (st[INVESTED], st[INTEREST], back, st[LATER1], st[LATER2]):
        less(cash, row)
    plus(st[OWED_VAT], st[VAT])
    less(st[OWED_VAT], back)
    plus(st[CAPITAL], st[SHARES])
    if t == switches[FOUNDED]:
        for s in range(cash.size):
            st[CASH, s] += rules[EQUITY]
            st[CAPITAL, s] += rules[EQUITY]
    copy(st[DUE1], st[LATER1])
    plus(st[DUE1], st[DUE2])
    copy(st[DUE2], st[LATER2])
    copy(st[VAT2], st[VAT1])
    copy(st[VAT1], st[VAT])


@judged
def gap(st: Floats, fixed: float) -> float:
    """Assets less liabilities and equity, the largest of all scenarios."""
    most = 0.0
    for s in range(st.shape[1]):
        assets = st[CASH, s] + fixed + st[FIXED, s] + st[DUE1, s] + st[DUE2, s]
        debts = st[SPECIAL, s] + st[LOANS, s] + st[OWED_VAT, s] + st[TAX, s] + st[LEAVERS, s]
        equity = st[CAPITAL, s] + st[LEGAL, s] + st[RETAINED, s]
        most = max(most, abs(assets - debts - equity))
    return most


@compiled
def watch(st: Floats, limit: float, first: Ints, t: int) -> int:
    """How many accounts are below their limit; the lowest balances."""
    below, cash, lowest = 0, st[CASH], st[LOWEST]
    for s in range(cash.size):
        lowest[s] = min(lowest[s], cash[s])
    for s in range(cash.size):
        below += cash[s] < limit
    if below:
        for s in range(cash.size):
            if cash[s] < limit and first[s] < 0:
                first[s] = t
    return below


@compiled
def report(st: Floats, out: Out, place: int, y: int) -> None:
    """The year's outputs; the year's counters start anew."""
    for s in range(st.shape[1]):
        out.cash[y, place + s] = st[CASH, s]
        out.lowest[y, place + s] = st[LOWEST, s]
        out.equity[y, place + s] = st[CAPITAL, s] + st[LEGAL, s] + st[RETAINED, s]
        service = st[SERVICE, s]
        out.dscr[y, place + s] = st[AVAILABLE, s] / service if service >= 1 else np.nan
        st[LOWEST, s] = np.inf
        st[AVAILABLE, s] = 0.0
        st[SERVICE, s] = 0.0


@compiled
def level_of(now: Floats, levels: Levels, begin: int, y: int) -> None:
    """What the pools' coefficients are multiplied with this year."""
    end = begin + now.shape[1]
    for p in range(now.shape[0]):
        fixed, level = levels.fixed[p], now[p]
        prices = levels.prices[levels.price_of[p], y, begin:end]
        swings = levels.markets[levels.market_of[p], y, begin:end]
        for s in range(level.size):
            level[s] = fixed[s] * prices[s] * swings[s]


@compiled
def months(
    st: Floats,
    books: Floats,
    levels: Levels,
    flows: Flows,
    debts: Debts,
    rules: Rules,
    out: Out,
    begin: int,
    place: int,
) -> float:
    """All months of the scenarios in `st`: those from `begin` in `levels`, from `place` in `out`.
    Returns the largest gap of a balance sheet in cents."""
    now = levels.now
    first = out.first[place : place + st.shape[1]]
    most = 0.0
    for t in range(flows.house.shape[1]):
        y = t // 12
        if t % 12 == 0:
            level_of(now, levels, begin, y)
        overdraw(st, rules.overdraft, rules.earned)
        pay_out(st, rules.numbers, rules.switches, t)
        book(st, now, flows, t)
        invest(st, books, now, flows, t)
        write_off(st, books, flows, t)
        for row in range(debts.balance.shape[0]):
            serve(st, debts, row, t)
        earn(st)
        if t % 12 == 11:
            close_year(st, rules, y)
        settle(st, rules.numbers, rules.switches, t)
        out.below[t] += watch(st, -rules.numbers[LIMIT] - 0.5, first, t)
        most = max(most, gap(st, rules.land))
        if t % 12 == 11:
            report(st, out, place, y)
    return most


@compiled
def swing(
    level: Floats,
    state: Floats,
    shocks: Floats,
    rate: Floats,
    deviation: float,
    persistence: float,
) -> None:
    """An index, [years, N]: grows at `rate` and an AR(1) around it."""
    fresh = deviation * np.sqrt(1 - persistence**2)
    for s in range(rate.size):
        state[s] = deviation * shocks[0, s]
    for year in range(1, level.shape[0]):
        for s in range(rate.size):
            state[s] = persistence * state[s] + fresh * shocks[year, s]
            level[year, s] = level[year - 1, s] * (1 + rate[s] + state[s])
