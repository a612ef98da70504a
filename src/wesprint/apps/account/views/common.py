"""What all office pages do: enter the house, with the right that the page asks for."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Refused
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person, Role, RoleName
from wesprint.platform.people.selectors import active_roles
from wesprint.platform.people.viewer import Viewer
from wesprint.web.http import centre_or_404, not_found, require, viewer_of


def enter_work(request: HttpRequest, slug: str, read: str, write: str = "") -> Centre:
    """`read` is asked for looking, `write` for sending something. Raises NotFound (a stranger
    to the house), Refused or SignInNeeded."""
    centre = centre_or_404(slug)
    require(request, write if write and request.method == "POST" else read, centre)
    request.centre = centre  # type: ignore[attr-defined]  # read by the page's context
    return centre


def today_in(centre: Centre) -> date:
    return now().astimezone(centre.tz).date()


def operator_or_404(centre: Centre) -> Organisation:
    """Who runs the house today. Raises NotFound where nobody does."""
    operator = operator_of(centre, today_in(centre))
    if operator is None:
        raise not_found()
    return operator


def decides_on(viewer: Viewer, centre: Centre, role: Role) -> bool:
    """A role of this house; one in another or in all houses only by a board of the whole
    organisation."""
    whole = (RoleName.BOARD.value, role.organisation_id, None) in viewer.grants
    return whole or role.centre_id == centre.pk


def may_key_to(request: HttpRequest, centre: Centre, person: Person) -> bool:
    """Badge, PIN and e-mail address open whatever the person may do anywhere: the board of one
    house must not get at another house by them."""
    viewer = viewer_of(request)
    roles = active_roles(today_in(centre)).filter(person=person)
    own = person.pk in viewer.person_ids
    return own or all(decides_on(viewer, centre, role) for role in roles)


def require_key_to(request: HttpRequest, centre: Centre, person: Person) -> None:
    if may_key_to(request, centre, person):
        return
    raise Refused(
        _("This person also has a role outside this house."),
        kept=_("Nothing was changed."),
        next=_("Ask a board of the whole organisation."),
    )
