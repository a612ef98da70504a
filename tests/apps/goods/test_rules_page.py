"""The numbers of the house on a page of the office."""

from __future__ import annotations

from datetime import date

import pytest
from tests.apps.goods.test_views import client_of, post, text
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HouseRule, RuleName
from wesprint.apps.goods.selectors.house import house_rules
from wesprint.kernel.errors import Invalid
from wesprint.platform.audit.models import AuditEntry

PATH = "/z/kaufhaus/regeln/"
TODAY = date(2026, 11, 24)


@pytest.mark.django_db
def test_the_office_sets_how_long_the_till_takes_back(town: Town) -> None:
    staff = client_of(town, "staff")
    page = text(staff.get(PATH))
    assert 'name="take_back_days" value="0"' in page
    answer = post(
        staff,
        PATH,
        reservations_per_person="3",
        reservations_per_connection="12",
        take_back_days="14",
    )
    assert (answer.status_code, answer["Location"]) == (302, PATH)
    assert list(HouseRule.objects.values_list("name", "value", "since")) == [
        ("take-back-days", 14, TODAY)
    ]
    trail = AuditEntry.objects.get(command="goods.set_house_rules")
    assert [one["fields"] for one in trail.changes] == [["rule.take-back-days"]]
    assert 'name="take_back_days" value="14"' in text(staff.get(PATH))


@pytest.mark.django_db
def test_what_cannot_be_is_said_and_nothing_changes(town: Town) -> None:
    staff = client_of(town, "staff")
    answer = post(
        staff,
        PATH,
        reservations_per_person="0",
        reservations_per_connection="12",
        take_back_days="61",
    )
    assert answer.status_code == 422
    assert not HouseRule.objects.exists()
    with pytest.raises(Invalid):
        services.set_house_rules(town.ctx(), centre=town.centre, values={"opening": 1})


@pytest.mark.django_db
def test_readers_see_the_rules_and_only_the_office_sets_them(town: Town) -> None:
    auditor = client_of(town, "auditor")
    assert '<fieldset class="ws-stack" disabled>' in text(auditor.get(PATH))
    given = {
        "reservations_per_person": "5",
        "reservations_per_connection": "9",
        "take_back_days": "3",
    }
    assert post(auditor, PATH, **given).status_code == 403
    assert post(client_of(town, "volunteer"), PATH, **given).status_code == 403
    assert not HouseRule.objects.exists()


@pytest.mark.django_db
def test_what_held_before_stays_readable(town: Town) -> None:
    HouseRule.objects.create(
        centre=town.centre, name=RuleName.TAKE_BACK_DAYS, value=2, since=date(2026, 10, 1)
    )
    changed = services.set_house_rules(
        town.ctx(),
        centre=town.centre,
        values={RuleName.TAKE_BACK_DAYS: 7, RuleName.RESERVATIONS_PER_PERSON: 3},
    )
    assert changed == [RuleName.TAKE_BACK_DAYS]
    assert house_rules(town.centre, date(2026, 11, 1))[RuleName.TAKE_BACK_DAYS] == 2
    assert house_rules(town.centre, TODAY)[RuleName.TAKE_BACK_DAYS] == 7
