"""What happened cannot be rewritten: the database itself refuses."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from tests.platform.ledger.bench_of import Bench, make_bench

from wesprint.platform.ledger import seals, triggers
from wesprint.platform.ledger.models import EconomicEvent

VERBS = {"sqlite": ["update", "delete", "replace"], "postgresql": ["update", "delete", "truncate"]}


def statement(verb: str, table: str) -> str:
    templates = {
        "update": "UPDATE {} SET id = id",
        "delete": "DELETE FROM {}",
        "truncate": "TRUNCATE {} CASCADE",
        "replace": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
    }
    return templates[verb].format(table)


@pytest.fixture
def sealed(bench: Bench) -> Bench:
    bench.post(bench.intake())
    seals.seal(bench.ctx(), centre=bench.centre)
    return bench


def test_all_triggers_are_there_at_head(db: None) -> None:
    assert triggers.missing(connection) == []


def test_the_three_tables_refuse_every_change(sealed: Bench) -> None:
    connection.check_constraints()  # else PostgreSQL says that checks are still to come
    refused = []
    for table in triggers.TABLES:
        for verb in VERBS[connection.vendor]:
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                connection.cursor().execute(statement(verb, table))
            refused.append((table, verb))
    assert len(refused) == 3 * len(VERBS[connection.vendor])
    assert EconomicEvent.objects.count() == 1


@pytest.mark.parametrize("table", triggers.TABLES)
def test_nothing_new_takes_the_place_of_what_is_there(sealed: Bench, table: str) -> None:
    """Under another number, by any other key that the row has for itself alone."""
    columns = [
        one.name
        for one in connection.introspection.get_table_description(connection.cursor(), table)
    ]
    others = ", ".join(column for column in columns if column != "id")
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    copy = f"{verb} INTO {table} ({others}) SELECT {others} FROM {table}"  # noqa: S608
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(copy)


def test_the_orm_is_refused_too(sealed: Bench) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        EconomicEvent.objects.update(flow="sold")


def test_triggers_survive_a_migration_that_remakes_the_table(fresh_database: str) -> None:
    """SQLite remakes a table to widen a column: the guards are gone until migrate ends."""
    bench = make_bench()
    bench.post(bench.intake())
    old = EconomicEvent._meta.get_field("flow")
    new = models.CharField(max_length=31)
    new.set_attributes_from_name("flow")
    new.model = EconomicEvent
    with connection.schema_editor() as editor:
        editor.alter_field(EconomicEvent, old, new)
    dropped = [f"ledger_economicevent_no_{verb}" for verb in ("update", "delete", "replace")]
    assert triggers.missing(connection) == (dropped if connection.vendor == "sqlite" else [])
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []
    with pytest.raises(DatabaseError, match="append-only"):
        EconomicEvent.objects.update(flow="sold")


def test_a_trigger_that_somebody_removed_is_named(sealed: Bench) -> None:
    name = "ledger_seal_no_delete"
    on = " ON ledger_seal" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER {name}{on}")
    assert triggers.missing(connection) == [name]
    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"action": "gift"}, "event_action"),
        ({"resource_quantity": -1}, "event_negative_only_corrects"),
        ({"resource_unit": "oz"}, "event_resource_unit_known"),
        ({"resource_quantity": None, "resource_unit": ""}, "event_has_quantity"),
        ({"effort_quantity": 1, "effort_unit": "s"}, "event_quantity_of_action"),
        ({"provider": None, "provider_commitment": ""}, "event_agents_of_action"),
        ({"provider_commitment": ""}, "event_provider_committed"),
        ({"basis": "guess"}, "event_basis_known"),
        ({"flow": ""}, "event_has_flow"),
        ({"action": "accept"}, "event_process_of_action|event_to_resource_of_action"),
    ],
)
def test_the_database_knows_the_rules_itself(
    bench: Bench, values: dict[str, object], constraint: str
) -> None:
    """A program that goes around the services meets the same constraints on both databases."""
    [event] = bench.post(bench.intake())
    event.pk, event.public_id = None, "X"
    for name, value in values.items():
        setattr(event, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        event.save(force_insert=True)


def test_a_stock_below_zero_is_refused_by_the_database(bench: Bench) -> None:
    item = bench.take_in()
    item.onhand_quantity = -1
    with pytest.raises(IntegrityError, match="resource_not_negative"), transaction.atomic():
        item.save()
