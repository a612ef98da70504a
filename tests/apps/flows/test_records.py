"""Own use and baselines: recorded with a source, replaced or taken back, never lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.apps.flows.test_pages import get, text_of
from tests.apps.flows.world import take_in
from tests.world import Town, add_person, make_town

from wesprint.apps.flows import services
from wesprint.apps.flows.models import Baseline, OwnUse
from wesprint.apps.flows.selectors.records import baselines, own_by_activity, own_lines
from wesprint.engines.footprint import OwnFootprint, Range
from wesprint.engines.footprint.pedigree import around
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.base.words import Words
from wesprint.platform.ledger.rollups import FOREVER
from wesprint.platform.reference.models import EmissionFactor
from wesprint.platform.reference.tables import read

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 1)
OWN, BEFORE = "/z/kaufhaus/wirkung/eigener-fussabdruck/", "/z/kaufhaus/wirkung/ausgangswerte/"


@pytest.fixture
def town(clock: FixedClock) -> Town:
    return make_town()


def use(town: Town, quantity: int, activity: str = "electricity", month: date = OCTOBER) -> OwnUse:
    return services.record_use(
        town.ctx("board"), centre=town.centre, month=month, activity=activity, quantity=quantity
    )


def before(town: Town, **values: object) -> Baseline:
    usual: dict[str, object] = {
        "kind": "vans",
        "unit": "am Tag",
        "value": 164_000,
        "as_of": date(2026, 1, 31),
        "source": "Zählung am Markt",
    }
    given = usual | values
    return services.record_baseline(town.ctx("board"), centre=town.centre, **given)  # type: ignore[arg-type]


def sign_in(town: Town, role: str) -> Client:
    person = town.people.get(role) or add_person(town, role)
    client = Client()
    assert person.user is not None
    client.force_login(person.user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_what_was_used_times_the_factor_of_its_month(town: Town) -> None:
    use(town, 1_000_000)
    use(town, 100_000, "van-diesel")
    lines = own_lines([town.centre], FOREVER)
    assert own_by_activity(lines) == {
        "electricity": OwnFootprint(Range(322_000, 363_000, 409_000)),
        "van-diesel": OwnFootprint(Range(18_500, 23_800, 31_800)),
    }


def test_a_month_recorded_again_is_replaced(town: Town) -> None:
    first, again = use(town, 1), use(town, 2)
    assert (first.pk, again.quantity, OwnUse.objects.count()) == (again.pk, 2, 1)


@pytest.mark.parametrize(
    "values",
    [
        {"month": date(2027, 1, 1)},
        {"quantity": -1},
        {"quantity": 10**13},
        {"activity": "nuclear-fusion"},
    ],
)
def test_a_use_that_cannot_be(town: Town, values: dict[str, object]) -> None:
    usual: dict[str, object] = {"month": OCTOBER, "activity": "electricity", "quantity": 1}
    with pytest.raises(Invalid):
        services.record_use(town.ctx("board"), centre=town.centre, **(usual | values))  # type: ignore[arg-type]
    assert not OwnUse.objects.exists()


@pytest.mark.parametrize(
    "values",
    [{"source": " "}, {"unit": ""}, {"as_of": date(2027, 1, 1)}, {"kind": "mood"}, {"value": -1}],
)
def test_a_baseline_that_nobody_can_look_up(town: Town, values: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        before(town, **values)
    assert not Baseline.objects.exists()


def test_factors_from_one_figure_are_as_wide_as_their_pedigree() -> None:
    for row in read("emission_factors"):
        width = tuple(int(row[f"{end}_g"]) for end in ("low", "central", "high"))
        found = around(width[1], row["pedigree"])
        if "width from the pedigree" in row["method"]:
            assert width == (found.low, found.central, found.high), row["activity"]
    assert EmissionFactor.objects.count() == len(read("emission_factors"))


def test_the_page_shows_both_figures_and_adds_nothing(town: Town, client: Client) -> None:
    use(town, 1_000_000)
    before(town)
    take_in(town, "chair", 1_000, now())
    text = text_of(get(client, "/z/kaufhaus/wirkung/"))
    assert "Eigener Fußabdruck 320–410 kg CO₂e Strom 320–410 kg CO₂e" in text.replace("\xa0", " ")
    assert "164 am Tag Lieferwagen 31. Januar 2026, Zählung am Markt" in text.replace("\xa0", " ")
    november = text_of(get(client, "/z/kaufhaus/wirkung/?zeitraum=2026-11"))
    assert "Für diese Tage ist nichts erfasst" in november


def test_the_board_records_by_the_forms(town: Town) -> None:
    client = sign_in(town, "board")
    sent = {"month": "2026-10", "activity": "natural-gas", "quantity": "1.250,5"}
    assert client.post(OWN, sent).status_code == 302
    assert OwnUse.objects.get().quantity == 1_250_500
    form = {
        "kind": "bulky-waste", "value": "1.870", "unit": "t im Jahr", "as_of": "2025-12-31",
        "source": "Abfallbilanz",
    }  # fmt: skip
    assert client.post(BEFORE, form).status_code == 302
    [row] = baselines([town.centre])
    assert (row.value, row.source) == (1_870_000, Words("Abfallbilanz"))
    assert client.post(f"{BEFORE}{row.public_id}/zuruecknehmen/").status_code == 302
    assert baselines([town.centre]) == ()
    assert Baseline.objects.count() == 1


def test_bad_input_is_said_at_its_field_and_nothing_is_kept(town: Town) -> None:
    client = sign_in(town, "board")
    sent = {"month": "2027-10", "activity": "electricity", "quantity": "viel"}
    answer = client.post(OWN, sent, headers={"accept-language": "de"})
    assert answer.status_code == 422
    assert "„viel“ ist keine Zahl." in answer.content.decode()
    late = client.post(OWN, sent | {"quantity": "1"}, headers={"accept-language": "de"})
    assert "Das liegt in der Zukunft." in late.content.decode()
    assert not OwnUse.objects.exists()


def test_who_may_record(town: Town) -> None:
    sent = {"month": "2026-10", "activity": "electricity", "quantity": "1"}
    found = {role: sign_in(town, role).post(OWN, sent).status_code for role in ("staff", "auditor")}
    assert found == {"staff": 302, "auditor": 403}
    assert sign_in(town, "auditor").get(OWN).status_code == 200
    assert sign_in(town, "staff").post(BEFORE, {}).status_code == 403


def test_a_longer_record_needs_no_more_queries(town: Town) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            own_lines([town.centre], FOREVER)
        return len(found)

    use(town, 1)
    first = queries()
    for month in (1, 2, 3):
        use(town, 1, month=date(2026, month, 1))
    assert (first, queries()) == (2, 2)


@pytest.mark.django_db
def test_a_baseline_speaks_the_readers_language(town: Town) -> None:
    take_in(town, "chair", 1_000, now())
    before(town, unit=Words("am Tag", "a day"), source=Words("Zählung am Markt", "Market count"))
    page = Client().get("/z/kaufhaus/wirkung/", headers={"Accept-Language": "en"}).content.decode()
    assert "164\N{NO-BREAK SPACE}a day" in page
    assert "Market count" in page
    assert "Zählung am Markt" not in page
    with pytest.raises(Invalid):
        before(town, source=Words("", "Market count"))
