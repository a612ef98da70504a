"""Entries of the audit trail as a board reads them: what, who and which thing, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext

from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Role
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import Viewer
from wesprint.web.rooms import Thing, rooms

CODE_SHOWN = 4  # of an opaque id: enough to tell two people of one role apart


@dataclass(frozen=True, slots=True)
class Changed:
    label: str
    code: str
    url: str
    fields: str


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    deed: str
    who: str
    code: str
    changes: Sequence[Changed]
    cause: str


def lines(entries: Sequence[AuditEntry], viewer: Viewer, centre: Centre) -> list[Line]:
    """One query for the roles of everybody who acted, however many entries."""
    roles = _roles_of({_actor(entry)[1] for entry in entries}, centre)
    return [
        Line(
            entry.recorded_at,
            deed(entry.command),
            *_who(entry, roles, centre),
            _changes(entry, viewer, centre),
            entry.cause,
        )
        for entry in entries
    ]


def deed(command: str) -> str:
    return next((str(room.trail.deeds[command]) for room in _tellers(command)), command)


def commands_named(text: str) -> tuple[str, ...]:
    """Commands whose words hold `text` in the reader's language."""
    wanted = text.casefold()
    return tuple(
        command
        for room in rooms()
        for command, words in room.trail.deeds.items()
        if wanted in str(words).casefold()
    )


def _tellers(command: str) -> Iterable[Any]:
    return (room for room in rooms() if command in room.trail.deeds)


# -- who -------------------------------------------------------------------------------------
def _actor(entry: AuditEntry) -> tuple[str, str, str]:
    """Kind, opaque id and tablet of "person:7Q...@device"."""
    kind, _colon, rest = entry.actor.partition(":")
    ident, _at, via = rest.partition("@")
    return kind, ident, via


def _roles_of(idents: set[str], centre: Centre) -> Mapping[str, list[Role]]:
    """Roles that count in the house, of any time, by the id that acts."""
    rows = Role.objects.filter(
        Q(person__public_id__in=idents) | Q(person__user__public_id__in=idents),
        Q(centre__isnull=True) | Q(centre=centre),
    )
    found: dict[str, list[Role]] = {}
    for role in rows.select_related("person__user").order_by("role", "pk"):
        user = role.person.user
        for ident in (role.person.public_id, user.public_id if user else ""):
            found.setdefault(ident, []).append(role)
    return found


def _who(entry: AuditEntry, roles: Mapping[str, list[Role]], centre: Centre) -> tuple[str, str]:
    kind, ident, via = _actor(entry)
    if kind != "person":
        return _nobody(kind), ""
    day = entry.recorded_at.astimezone(centre.tz).date()
    held = [role.get_role_display() for role in roles.get(ident, ()) if _holds(role, day)]
    words = ", ".join(dict.fromkeys(held)) or pgettext("trail", "without a role here")
    at = f", {pgettext('trail', 'at a tablet')}" if via else ""
    return f"{words}{at}", ident[:CODE_SHOWN]


def _holds(role: Role, day: date) -> bool:
    return role.since <= day and (role.until is None or role.until >= day)


def _nobody(kind: str) -> str:
    words = {
        "anonymous": pgettext("trail", "somebody without an account"),
        "job": pgettext("trail", "the house by itself"),
        "device": pgettext("trail", "a tablet"),
        "token": pgettext("trail", "another program"),
        "remote": pgettext("trail", "another house"),
    }
    return words.get(kind, kind)


# -- what ------------------------------------------------------------------------------------
def _changes(entry: AuditEntry, viewer: Viewer, centre: Centre) -> list[Changed]:
    """Each thing once, with the names of all that changed about it."""
    fields: dict[str, list[str]] = {}
    for change in entry.changes:
        fields.setdefault(change["target"], []).extend(change["fields"])
    return [_changed(target, names, viewer, centre) for target, names in fields.items()]


def _changed(target: str, names: Sequence[str], viewer: Viewer, centre: Centre) -> Changed:
    model, _colon, ident = target.partition(":")
    thing = next((room.trail.things[model] for room in rooms() if model in room.trail.things), None)
    words = ", ".join(dict.fromkeys(map(_field, names)))
    if thing is None:
        return Changed(model, "", "", words)
    url = _url(thing, ident, viewer, centre)
    return Changed(str(thing.label), ident if url else "", url, words)


def _url(thing: Thing, ident: str, viewer: Viewer, centre: Centre) -> str:
    if thing.url_name and may(viewer, thing.permission, centre):
        return reverse(thing.url_name, args=[centre.slug, ident])
    return ""


def _field(name: str) -> str:
    """ "role.board" is called as "role" is: which one, the thing itself tells."""
    for room in rooms():
        for key in (name, name.partition(".")[0]):
            if key in room.trail.fields:
                return str(room.trail.fields[key])
    return name
