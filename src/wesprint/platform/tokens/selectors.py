"""What can be asked about tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wesprint.kernel.context import Actor, ActorKind
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operators_at
from wesprint.platform.people.secrets import secret_hash
from wesprint.platform.people.viewer import Viewer, grants_of
from wesprint.platform.tokens.models import Token
from wesprint.platform.tokens.scopes import permissions_of

PURPOSE = "token"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever shows a token that counts: what its scopes open, and its owner's rights of today."""

    token: Token
    viewer: Viewer
    permissions: frozenset[str]


def bearer_of(secret: str, day: date) -> Bearer | None:
    """None for an unknown, expired or revoked token, and for one whose owner was erased. Two
    queries."""
    rows = Token.objects.filter(
        secret_hash=secret_hash(secret, PURPOSE),
        revoked_at__isnull=True,
        expires_on__gte=day,
        owner__isnull=False,
        owner__erased_at__isnull=True,
        owner__blocked_until__isnull=True,
    )
    token = rows.first()
    if token is None or token.owner_id is None:
        return None
    viewer = Viewer(
        Actor(ActorKind.TOKEN, token.public_id),
        frozenset(
            grant for grant in grants_of([token.owner_id], day) if grant[1] == token.organisation_id
        ),
        person_ids=frozenset([token.owner_id]),
        device_centre_id=token.centre_id,
    )
    return Bearer(token, viewer, permissions_of(token.scopes))


def tokens_of(centre: Centre, day: date) -> tuple[Token, ...]:
    """Those that open this house, the valid ones first. Two queries."""
    rows = Token.objects.filter(
        Q(centre=centre) | Q(centre__isnull=True), organisation__in=operators_at(centre, day)
    )
    found = rows.select_related("owner", "centre").order_by("-created_at", "-pk")
    return tuple(sorted(found, key=lambda token: state_of(token, day) != "valid"))


def state_of(token: Token, day: date) -> str:
    """ "valid", "revoked", "expired", or "ownerless" when its owner was erased."""
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_on < day:
        return "expired"
    return "valid" if token.owner_id else "ownerless"
