"""What may happen to the public face of a house."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from wesprint.apps.house.models import LegalNotice
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Notice:
    """The texts of a legal notice; see `models.LegalNotice`."""

    street: str = ""
    postcode: str = ""
    town: str = ""
    represented_by: str = ""
    phone: str = ""
    register: str = ""
    vat_id: str = ""
    supervised_by: str = ""
    privacy_contact: str = ""


@command("house.set_legal_notice")
def set_legal_notice(ctx: Ctx, *, organisation: Organisation, notice: Notice) -> LegalNotice:
    """Replace what the imprint says of the organisation."""
    values = {name: text.strip() for name, text in asdict(notice).items()}
    row, _created = LegalNotice.objects.update_or_create(
        organisation=organisation, defaults=values | {"changed_at": running_command().recorded_at}
    )
    changed(organisation, *values)
    return row
