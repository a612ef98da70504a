"""Periods, ids, clocks and the context of a command."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.kernel.clock import FixedClock, SystemClock
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.kernel.errors import Conflict, DomainError, Text
from wesprint.kernel.ids import (
    ALPHABET,
    is_public_id,
    many_public_ids,
    new_public_id,
    new_secret,
    normalise_id,
    use_ids,
)
from wesprint.kernel.period import Period


def test_periods_are_half_open() -> None:
    november = Period.month(2026, 11)
    assert november == Period(date(2026, 11, 1), date(2026, 12, 1))
    assert november.last_day == date(2026, 11, 30)
    assert (date(2026, 11, 30) in november, date(2026, 12, 1) in november) == (True, False)
    assert Period.year(2026).end == date(2027, 1, 1)
    assert Period.day(date(2026, 2, 28)).end == date(2026, 3, 1)


def test_a_period_splits_at_the_months() -> None:
    months = list(Period(date(2025, 12, 20), date(2026, 2, 3)).months())
    assert months == [
        Period(date(2025, 12, 20), date(2026, 1, 1)),
        Period(date(2026, 1, 1), date(2026, 2, 1)),
        Period(date(2026, 2, 1), date(2026, 2, 3)),
    ]


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


def test_public_ids_survive_print_scan_and_speech() -> None:
    ids = {new_public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(is_public_id(one) for one in ids)
    assert not set(ALPHABET) & set("ILOUYZ")


def test_ids_of_the_demo_come_again_with_its_seed() -> None:
    def drawn() -> tuple[str, str]:
        with use_ids(Random(1)):
            return new_public_id(), new_secret()

    assert drawn() == drawn()
    assert drawn()[0] == "4SP7EDKQ20"
    assert new_public_id() != new_public_id()


def test_ids_in_bulk_are_those_that_would_have_come_one_by_one() -> None:
    with use_ids(Random(1)):
        one_by_one = [new_public_id() for _ in range(25)]
    with use_ids(Random(1)):
        assert list(islice(many_public_ids(batch=10), 25)) == one_by_one
    nobody_knows = list(islice(many_public_ids(), 1000))
    assert len(set(nobody_knows)) == 1000
    assert all(is_public_id(one) for one in nobody_knows)
    assert {one[place] for one in nobody_knows for place in (0, 9)} == set(ALPHABET)


@given(st.text(ALPHABET, min_size=10, max_size=10))
def test_a_typed_id_is_read_as_the_printed_one(ident: str) -> None:
    typed = f" {ident[:5].lower()}-{ident[5:].replace('0', 'o').replace('1', 'l')} "
    assert normalise_id(typed) == ident


def test_secrets_are_long_and_fit_into_an_address() -> None:
    secret = new_secret()
    assert (len(secret), secret.isascii(), "/" in secret) == (32, True, False)


def test_clocks_are_handed_in() -> None:
    clock = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))
    assert clock.advance(timedelta(hours=2)) == clock.now() == datetime(2026, 1, 1, 2, tzinfo=UTC)
    assert SystemClock().now().tzinfo is UTC


def test_a_context_needs_an_aware_time_and_a_key() -> None:
    actor, at = Actor(ActorKind.PERSON, "ABC", via="T1"), datetime(2026, 1, 1, tzinfo=UTC)
    ctx = Ctx(actor, "installation", "k", at)
    assert (str(ctx.actor), ctx.sub("1").key) == ("person:ABC@T1", "k/1")
    with pytest.raises(ValueError, match="aware"):
        Ctx(actor, "installation", "k", at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="idempotency key"):
        Ctx(actor, "installation", "", at)


def test_an_error_says_what_happened_what_was_kept_and_what_next() -> None:
    error = Conflict(Text("%(n)s is gone.", {"n": 3}), kept="It stays.", next="Look again.")
    assert str(error) == "3 is gone. It stays. Look again."
    assert (error.status, error.exit_code, error.code) == (409, 5, "conflict")
    assert isinstance(error, DomainError)
