"""What can be asked about people, always inside one organisation."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q, QuerySet

from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.organisations.selectors import operators_at
from wesprint.platform.people.models import Badge, Consent, Device, Person, Role, RoleName, User

FOUND_AT_ONCE = 12


def known_people(organisation: Organisation) -> QuerySet[Person]:
    """Whom the organisation may look up: neither erased nor blocked by law."""
    return Person.objects.filter(
        organisation=organisation, erased_at__isnull=True, blocked_until__isnull=True
    )


def find_people(organisation: Organisation, text: str) -> tuple[Person, ...]:
    """By the beginning of a name or surname, by digits of the telephone, or by e-mail.

    At least two letters or three digits; at most 12 people, by name.
    """
    condition = _condition(text.strip())
    if condition is None:
        return ()
    found = known_people(organisation).filter(condition).order_by("name", "pk")
    return tuple(found[:FOUND_AT_ONCE])


def _condition(text: str) -> Q | None:
    digits = tidy_phone(text).lstrip("+")
    if len(digits) >= 3 and not re.search(r"[^\d\s+/()-]", text):
        return Q(phone__contains=digits)
    if len(text) < 2:
        return None
    if "@" in text:
        return Q(email__istartswith=text)
    condition = Q()
    for spelling in {text, text.lower(), text.title()}:  # SQLite folds only ASCII
        condition |= Q(name__istartswith=spelling) | Q(name__icontains=f" {spelling}")
    return condition


def tidy_phone(text: str) -> str:
    """Digits only, German numbers in their home form: "+49 (2931) 12-34" -> "029311234"."""
    digits = re.sub(r"[^\d+]", "", text)
    digits = re.sub(r"^\+?00", "+", digits)
    digits = digits[:1] + digits[1:].replace("+", "")
    return f"0{digits[3:].lstrip('0')}" if digits.startswith("+49") else digits


def person_of(user: User, organisation: Organisation) -> Person | None:
    return Person.objects.filter(user=user, organisation=organisation).first()


def has_consent(person: Person, purpose: str) -> bool:
    """The latest word counts; without one there is no consent."""
    latest = Consent.objects.filter(person=person, purpose=purpose).order_by("-at", "-pk").first()
    return latest is not None and latest.given


def consents_of(person: Person) -> dict[str, Consent]:
    """The latest word for each purpose."""
    rows = Consent.objects.filter(person=person).order_by("at", "pk")
    return {row.purpose: row for row in rows}


def active_roles(day: date) -> QuerySet[Role]:
    return Role.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def roles_of(person: Person, day: date) -> tuple[Role, ...]:
    rows = active_roles(day).filter(person=person).select_related("centre")
    return tuple(rows.order_by("role", "pk"))


def team_of(centre: Centre, day: date) -> tuple[Role, ...]:
    """Everybody with a role in the house today, by name; one query and one for the relations."""
    organisations = operators_at(centre, day)
    rows = active_roles(day).filter(
        Q(centre__isnull=True) | Q(centre=centre), organisation__in=organisations
    )
    return tuple(rows.select_related("person", "centre").order_by("person__name", "role", "pk"))


def boards_left(organisation: Organisation, day: date, *, without: Role) -> bool:
    rows = active_roles(day).filter(organisation=organisation, role=RoleName.BOARD)
    return rows.exclude(pk=without.pk).exists()


def devices_of(centre: Centre) -> tuple[Device, ...]:
    """The registered ones first, then those taken back."""
    return tuple(centre.devices.order_by("revoked_at", "name", "pk"))


def badge_of(person: Person) -> Badge | None:
    rows = Badge.objects.filter(person=person, revoked_at__isnull=True)
    return rows.order_by("-issued_at", "-pk").first()


def badges_of(centre: Centre, day: date) -> dict[int, Badge]:
    """The valid badge of each member of the team, by the person's row number."""
    ids = [role.person_id for role in team_of(centre, day)]
    rows = Badge.objects.filter(person_id__in=ids, revoked_at__isnull=True).order_by("issued_at")
    return {badge.person_id: badge for badge in rows}
