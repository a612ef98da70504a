"""The compiled months of a plan, scenario innermost so that the processor takes several at once.

What happens here is what `reference.py` says, in the same order; names are the same. One call runs
scenarios whose opening is equally late. A row of the table `st` holds one number of each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

WIDTH: Final = 512
"""Scenarios that are run together: their rows stay in the processor's cache."""

(HOUSE, BUSINESS, VAT, VAT1, VAT2, LATER1, LATER2, DUE1, DUE2) = range(9)
(SHARES, INVESTED, GRANTED, CASH, FIXED, SPECIAL, LOANS, OWED_VAT, TAX, LEAVERS) = range(9, 19)
(CAPITAL, LEGAL, RETAINED, YEAR_HOUSE, YEAR_BUSINESS, CARRY_HOUSE, CARRY_BUSINESS) = range(19, 26)
(SURPLUS, AVAILABLE, SERVICE, LOWEST, INTEREST, OPERATING) = range(26, 32)
ROWS: Final = 32

# rules: plain numbers of a plan
(LIMIT, FULL, BEYOND, ALLOWANCE, MINIMUM, RESERVE_SHARE, DISTRIBUTION, EQUITY) = range(8)
(PAYMENT_MONTH, PAYOUT_MONTH, VAT_LAG, FOUNDED, TWO, TRADE_FREE) = range(6)

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
    """fixed: [pools, N]; prices, markets: [series, years, N] and which of them a pool takes."""

    fixed: Floats
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
    made = njit(cache=True, nogil=True, fastmath={"contract"}, error_model="numpy")(function)
    return cast("F", made)


@compiled
def add(to: Floats, level: Floats, coefficient: float) -> None:
    for s in range(to.size):
        to[s] += coefficient * level[s]


@compiled
def clear(st: Floats) -> None:
    for row in (HOUSE, BUSINESS, VAT, LATER1, LATER2, SHARES, INVESTED, GRANTED):
        st[row, :] = 0.0


@compiled
def book(st: Floats, levels: Floats, flows: Flows, t: int) -> None:
    """This month's flows of all pools."""
    clear(st)
    for p in range(levels.shape[0]):
        level = levels[p]
        if flows.house[p, t] != 0:
            add(st[HOUSE], level, flows.house[p, t])
        if flows.business[p, t] != 0:
            add(st[BUSINESS], level, flows.business[p, t])
        if flows.vat[p, t] != 0:
            add(st[VAT], level, flows.vat[p, t])
        if flows.later1[p, t] != 0:
            add(st[LATER1], level, flows.later1[p, t])
        if flows.later2[p, t] != 0:
            add(st[LATER2], level, flows.later2[p, t])
        if flows.shares[p, t] != 0:
            add(st[SHARES], level, flows.shares[p, t])
    for s in range(st.shape[1]):
        operating = st[HOUSE, s] + st[BUSINESS, s]
        st[OPERATING, s] = operating
        st[AVAILABLE, s] += operating


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
    for s in range(st.shape[1]):
        st[FIXED, s] += st[INVESTED, s]
        st[SPECIAL, s] += st[GRANTED, s]
    for asset in range(books.shape[0]):
        if flows.part[asset, t] == 0:
            continue
        book, share, way = books[asset], flows.part[asset, t], flows.sign[asset]
        total = st[FIXED] if way > 0 else st[SPECIAL]
        result = st[BUSINESS] if flows.of_business[asset] else st[HOUSE]
        for s in range(book.size):
            written = book[s] * share
            book[s] -= written
            total[s] -= written
            result[s] -= way * written


@compiled
def annuity(balance: float, rate: float, initial: float, left: float) -> float:
    monthly = rate / 12
    if initial > 0:
        return balance * (rate + initial) / 12
    if monthly > 0:
        return float(balance * monthly / -np.expm1(-left * np.log1p(monthly)))
    return balance / left


@compiled
def serve(st: Floats, debts: Debts, row: int, t: int) -> None:
    """One loan: interest on what was owed, repayment, new money."""
    balance, payment, loan = debts.balance[row], debts.payment[row], debts.loans[row]
    rate, reset_rate = debts.rate[row], debts.reset_rate[row]
    draw, counted = debts.draws[row, t], debts.counted[row]
    reset, first, last, form = int(loan[0]), int(loan[1]), int(loan[2]), int(loan[3])
    runs, ends = first <= t < last and form < 2, t == last
    fresh = form == 0 and first <= t < last and (t in (first, reset))
    if draw == 0 and not balance.any():
        return
    if fresh:
        for s in range(balance.size):
            valid = reset_rate[s] if t == reset else rate[s]
            payment[s] = annuity(balance[s], valid, loan[4], float(last - t + 1))
    cash, interest, service = st[CASH], st[INTEREST], st[SERVICE]
    total = st[LOANS]
    for s in range(balance.size):
        due = balance[s] * rate[s] / 12
        back = 0.0
        if ends:
            back = balance[s]
        elif runs:
            back = min(max(payment[s] - due, 0.0) if form == 0 else loan[5], balance[s])
        balance[s] += draw - back
        total[s] += draw - back
        cash[s] += draw - back
        interest[s] += due
        service[s] += counted * (due + back)
    if t == reset:
        for s in range(balance.size):
            rate[s] = reset_rate[s]


@compiled
def overdraw(st: Floats, overdraft: Floats, earned: Floats) -> None:
    """Interest on the account's own balance of last month's end (row INTEREST starts with it)."""
    for s in range(st.shape[1]):
        cash = st[CASH, s]
        st[INTEREST, s] = max(-cash, 0.0) * overdraft[s] / 12 - max(cash, 0.0) * earned[s] / 12


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
    for s in range(st.shape[1]):
        house, business = st[HOUSE, s] - st[INTEREST, s], st[BUSINESS, s]
        st[YEAR_HOUSE, s] += house
        st[YEAR_BUSINESS, s] += business
        st[RETAINED, s] += house + business


@compiled
def settle(st: Floats, rules: Floats, switches: Ints, t: int) -> None:
    """Bookings of this and of earlier months into cash."""
    equity = rules[EQUITY] if t == switches[FOUNDED] else 0.0
    back = st[VAT1] if switches[VAT_LAG] == 1 else st[VAT2]
    cash, vat, owed = st[CASH], st[VAT], st[OWED_VAT]
    for s in range(cash.size):
        booked = st[OPERATING, s] + vat[s] + st[SHARES, s] - st[INVESTED, s] + st[GRANTED, s]
        cash[s] += booked + equity - st[INTEREST, s] - back[s]
        owed[s] += vat[s] - back[s]
    for s in range(cash.size):
        later1, later2 = st[LATER1, s], st[LATER2, s]
        cash[s] += st[DUE1, s] - later1 - later2
        st[DUE1, s] = later1 + st[DUE2, s]
        st[DUE2, s] = later2
    for s in range(cash.size):
        st[CAPITAL, s] += st[SHARES, s] + equity
        st[VAT2, s] = st[VAT1, s]
        st[VAT1, s] = vat[s]


@compiled
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
    below = 0
    for s in range(st.shape[1]):
        cash = st[CASH, s]
        st[LOWEST, s] = min(st[LOWEST, s], cash)
        if cash < limit:
            below += 1
            if first[s] < 0:
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
    now = np.empty_like(levels.fixed)
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
    level: Floats, shocks: Floats, rate: Floats, deviation: float, persistence: float
) -> None:
    """An index, [years, N]: grows at `rate` and an AR(1) around it."""
    fresh = deviation * np.sqrt(1 - persistence**2)
    state = deviation * shocks[0]
    for year in range(1, level.shape[0]):
        for s in range(rate.size):
            state[s] = persistence * state[s] + fresh * shocks[year, s]
            level[year, s] = level[year - 1, s] * (1 + rate[s] + state[s])
