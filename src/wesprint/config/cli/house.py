"""`wesprint house`: open a real house, and see which there are."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from wesprint.config.cli import output
from wesprint.config.cli.main import with_django
from wesprint.config.cli.users import cli_ctx

if TYPE_CHECKING:
    from wesprint.config.cli.founding import House, Opened, Tenant
    from wesprint.platform.organisations.models import Centre

KINDS = ("urban", "rural")
LEGAL_FORMS = (
    "cooperative",
    "municipality",
    "association",
    "company",
    "foundation",
    "founding-group",
)


def add(commands: Any) -> None:
    parser = commands.add_parser("house", help="open a real house, list all")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    opening = verbs.add_parser(
        "open",
        help="an organisation, its house and the first board member",
        description="Founds the organisation (or takes the one of that name), opens a house that "
        "it owns and runs, and makes an account for the board. Prints a link that sets its "
        "password, for one use within three days. All of it happens, or nothing.",
    )
    _add_house_options(opening)
    _add_organisation_options(opening)
    opening.add_argument("--json", action="store_true")
    opening.set_defaults(run=with_django(_open))
    shown = verbs.add_parser("list", help="all houses and who runs them")
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(run=with_django(_list))


def _add_house_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="as it stands over the door")
    parser.add_argument("--slug", default="", help="short name in the address (from the name)")
    parser.add_argument("--kind", choices=KINDS, default="urban", help="(urban)")
    parser.add_argument("--street", default="", help='like "Markt 1"')
    parser.add_argument("--postcode", default="")
    parser.add_argument("--town", required=True)
    parser.add_argument("--state", required=True, help="two letters, decides holidays: NW, BY, ...")


def _add_organisation_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", required=True, help="the name of who owns and runs it")
    parser.add_argument("--organisation-slug", default="", help="short name (from the name)")
    parser.add_argument(
        "--legal-form", choices=LEGAL_FORMS, default="founding-group", help="(founding-group)"
    )
    parser.add_argument("--board", required=True, metavar="MAIL", help="the first board member")
    parser.add_argument("--board-name", default="", help="the person's name")


def _open(given: argparse.Namespace) -> None:
    from wesprint.config.cli import database
    from wesprint.config.cli.founding import open_house, password_link

    database.make_ready(may_migrate=False)
    opened = open_house(
        cli_ctx(),
        house=_house(given),
        tenant=_tenant(given),
        board_email=given.board.strip().lower(),
        board_name=given.board_name,
    )
    link = "" if opened.board.last_login else password_link(opened.board)
    answer = {**_described(opened.centre), "board": opened.board.email, "password_link": link}
    output.report(answer, _told(opened, link), as_json=given.json)


def _house(given: argparse.Namespace) -> House:
    from wesprint.config.cli.founding import House, slug_of
    from wesprint.platform.organisations.services import Address

    address = Address(given.town, given.state.strip().upper(), given.street, given.postcode)
    return House(given.name, given.slug or slug_of(given.name), given.kind, address)


def _tenant(given: argparse.Namespace) -> Tenant:
    from wesprint.config.cli.founding import Tenant, slug_of

    name = given.organisation.strip()
    return Tenant(name, given.organisation_slug or slug_of(name), given.legal_form)


def _told(opened: Opened, link: str) -> str:
    house, who = opened.centre, opened.board.email
    lines = [f"{house.name} is open: {_address(house)}", f"{who} is its board."]
    lines += [f"Sets the password, once, within three days: {link}"] if link else []
    return "\n".join(lines)


def _address(centre: Centre) -> str:
    from django.conf import settings

    return f"{settings.BASE_URL}/z/{centre.slug}/"


def _list(given: argparse.Namespace) -> None:
    from wesprint.platform.organisations.models import Centre

    rows = [_described(centre) for centre in Centre.objects.order_by("slug")]
    lines = [f"{row['slug']}  {row['name']}, {row['town']}  {row['operator']}" for row in rows]
    text = "\n".join(lines) or "No house yet: wesprint house open --help"
    output.report({"houses": rows}, text, as_json=given.json)


def _described(centre: Centre) -> dict[str, Any]:
    from wesprint.platform.base.clock import now
    from wesprint.platform.organisations.selectors import operator_of

    operator = operator_of(centre, now().astimezone(centre.tz).date())
    return {
        "slug": centre.slug,
        "name": centre.name,
        "kind": centre.kind,
        "town": centre.town,
        "state": centre.state,
        "operator": operator.slug if operator else "",
        "address": _address(centre),
    }
