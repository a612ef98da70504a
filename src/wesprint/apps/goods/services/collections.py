"""What one neighbour reserves and waits for, kept together behind one secret link."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import links
from wesprint.apps.goods.models import Collection
from wesprint.apps.goods.services.contacts import Contact, somebody
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.kernel.ids import new_public_id
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


def collection_for(
    ctx: Ctx,
    centre: Centre,
    *,
    person: Person | None,
    contact: Contact | None,
    collection: Collection | None,
) -> Collection:
    """The one that the visitor holds, else a new one for the person. Never another's by a
    contact that anybody could type in; only an account leads back to its own.

    Raises Invalid without a way to reach the person. Called inside a command.
    """
    if collection is not None and collection.person_id is not None and not contact:
        return collection
    person = person or somebody(ctx, centre, contact or Contact())
    if person is None:
        raise Invalid(
            _("Please tell us who you are and how we reach you."),
            kept=_("Nothing was saved yet."),
            field="name",
            code="no-contact",
        )
    return _own(centre, person) or _open(ctx, centre, person)


def _own(centre: Centre, person: Person) -> Collection | None:
    if person.user_id is None:
        return None
    rows = Collection.objects.select_related("person").filter(centre=centre, person=person)
    return rows.order_by("pk").first()


def _open(ctx: Ctx, centre: Centre, person: Person) -> Collection:
    public_id = new_public_id()
    return Collection.objects.create(
        public_id=public_id,
        secret_hash=links.hash_for(public_id, links.COLLECTION),
        centre=centre,
        person=person,
        opened_at=ctx.occurred_at,
    )
