"""`wesprint person`: what is stored of people without an account; hand it out, erase it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from wesprint.config.cli import output
from wesprint.config.cli.main import with_django
from wesprint.config.cli.users import cli_ctx
from wesprint.kernel.errors import NotFound

if TYPE_CHECKING:
    from wesprint.platform.people.models import Person


def add(commands: Any) -> None:
    parser = commands.add_parser("person", help="what is stored of somebody; erase it")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    find = verbs.add_parser("find", help="by name, digits of the telephone, or e-mail address")
    find.add_argument("text")
    find.add_argument("--json", action="store_true")
    find.set_defaults(run=with_django(_find))
    export = verbs.add_parser("export", help="everything that is stored, as JSON")
    export.add_argument("id", help="as `wesprint person find` shows it")
    export.set_defaults(run=with_django(_export))
    erase = verbs.add_parser("erase", help="erase it, but for what a law keeps")
    erase.add_argument("id", help="as `wesprint person find` shows it")
    erase.add_argument("--cause", required=True, help="why; recorded, so without names")
    erase.set_defaults(run=with_django(_erase))
    for verb in (find, export):
        verb.set_defaults(cause="asked for on the command line")


def _find(given: argparse.Namespace) -> None:
    from wesprint.apps.account import known
    from wesprint.platform.organisations.models import Organisation
    from wesprint.platform.people.models import Person

    ids = [
        found
        for organisation in Organisation.objects.order_by("pk")
        for found in known.find(cli_ctx(given.cause), organisation=organisation, text=given.text)
    ]
    people = Person.objects.filter(pk__in=ids).select_related("organisation").order_by("pk")
    rows = [_row(person) for person in people]
    lines = ["  ".join(value for value in row.values() if value) for row in rows]
    output.report({"people": rows}, "\n".join(lines) or "Nobody found.", as_json=given.json)


def _row(person: Person) -> dict[str, str]:
    return {
        "id": person.public_id,
        "organisation": person.organisation.slug,
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
    }


def _export(given: argparse.Namespace) -> None:
    from wesprint.apps.account import known
    from wesprint.platform.people.services import person_data

    person = _known(given.id)
    known.hand_out(cli_ctx(given.cause), person=person)
    output.report(person_data(person), "", as_json=True)


def _erase(given: argparse.Namespace) -> None:
    from wesprint.apps.account import known

    left = known.erase(cli_ctx(given.cause), person=_known(given.id))
    kept = f"; {left.blocked_because} keeps the rest until {left.blocked_until}"
    output.say(f"Person {given.id} erased{kept if left.blocked_until else ''}.")


def _known(public_id: str) -> Person:
    from wesprint.platform.people.models import Person

    people = Person.objects.filter(erased_at__isnull=True, blocked_until__isnull=True)
    person = people.select_related("organisation", "agent").filter(public_id=public_id).first()
    if person is None:
        raise NotFound(f"There is no person {public_id}.", next="See `wesprint person find TEXT`.")
    return person
