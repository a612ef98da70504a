"""Saved searches: one letter a day at most with what is new, after a yes from the mailbox."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max, Min, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import links
from wesprint.apps.goods.models import SavedSearch, SearchState
from wesprint.apps.goods.selectors.catalogue import newly_listed, tables_brought
from wesprint.apps.goods.selectors.house import centre_day, tree
from wesprint.apps.goods.services.contacts import Contact, somebody
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.wanted import Wanted, from_text
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.platform.people.services import record_consent

PURPOSE = "goods.saved-search"
MOST_SEARCHES = 10
YES_WITHIN = timedelta(days=3)
FIRST_HOUR = 7  # local: letters of the morning, not of the night
AT_ONCE = 200
SETTLED = timedelta(minutes=1)  # what is younger may not be committed yet: the next letter has it
SHOWN = 12  # things in one letter; the page shows the rest
NOTHING_CHANGED = _("Nothing was changed.")


@command("goods.save_search")
def save_search(
    ctx: Ctx, *, centre: Centre, wanted: Wanted, email: str, person: Person | None = None
) -> SavedSearch:
    """Ask the mailbox whether its owner wants the letters; until the yes nothing else is sent.
    The same search again asks again.

    Raises Invalid for a search of everything or without an address, Refused beyond ten.
    """
    _check_wanted(wanted)
    person = person or somebody(ctx, centre, Contact(email=email))
    if person is None or not person.email:
        raise Invalid(_("Please give an e-mail address."), kept=NOTHING_CHANGED, field="email")
    search = _same(centre, person, wanted) or _new(ctx, centre, person, wanted)
    if search.state == SearchState.ASKED:
        emit(ctx, "goods.search_asked", {"search": search.public_id})
    return search


def _check_wanted(wanted: Wanted) -> None:
    if not wanted.but(fresh=""):
        raise Invalid(
            _("Please say first what you look for: a word, a kind or a price."),
            kept=NOTHING_CHANGED,
            code="everything",
        )


def _same(centre: Centre, person: Person, wanted: Wanted) -> SavedSearch | None:
    rows = SavedSearch.objects.filter(
        centre=centre, person=person, wanted=wanted.but(fresh="").query
    )
    return rows.exclude(state=SearchState.ENDED).first()


def _new(ctx: Ctx, centre: Centre, person: Person, wanted: Wanted) -> SavedSearch:
    running = SavedSearch.objects.filter(person=person).exclude(state=SearchState.ENDED)
    if running.count() >= MOST_SEARCHES:
        raise Refused(
            _("You already have %(most)s searches, which is as many as we watch.")
            % {"most": MOST_SEARCHES},
            kept=_("Your searches stand."),
            next=_("End one of them by the link in its letter."),
            code="search-limit",
        )
    public_id = new_public_id()
    made = SavedSearch.objects.create(
        public_id=public_id,
        secret_hash=links.hash_for(public_id, links.SEARCH),
        centre=centre,
        person=person,
        wanted=wanted.but(fresh="").query,
        asked_at=ctx.occurred_at,
        seen_until=ctx.occurred_at,
    )
    changed(made, "wanted", "state")
    return made


@command("goods.confirm_search")
def confirm_search(ctx: Ctx, *, search: SavedSearch) -> SavedSearch:
    """The owner of the mailbox says yes. Twice changes nothing; Conflict once ended."""
    search = held(search, "person")
    if search.state == SearchState.ENDED:
        raise Conflict(
            _("This search has ended."),
            kept=NOTHING_CHANGED,
            next=_("Save it anew on the shelf's page."),
            code="search-ended",
        )
    if search.state == SearchState.ASKED:
        _set(search, SearchState.ACTIVE)
        _log(ctx, search.person, given=True)
    return search


def _log(ctx: Ctx, person: Person, *, given: bool) -> None:
    words = "letters about a saved search, double opt-in by e-mail" if given else "ended by link"
    record_consent(ctx, person=person, purpose=PURPOSE, given=given, wording=words)


def _set(search: SavedSearch, state: SearchState) -> None:
    search.state = state
    search.save(update_fields=["state"])
    changed(search, "state")


@command("goods.end_search")
def end_search(ctx: Ctx, *, search: SavedSearch) -> SavedSearch:
    """No more letters about it. Twice changes nothing."""
    search = held(search, "person")
    if search.state != SearchState.ENDED:
        _set(search, SearchState.ENDED)
        _log(ctx, search.person, given=False)
    return search


@command("goods.end_searches")
def end_searches(ctx: Ctx, *, search: SavedSearch) -> int:
    """One click in the mail program ends all that the letter was about: every search of this
    person in this house; how many."""
    rows = SavedSearch.objects.filter(person=search.person_id, centre=search.centre_id)
    running = list(rows.exclude(state=SearchState.ENDED).order_by("pk"))
    for one in running:
        end_search(ctx, search=one)
    return len(running)


@command("goods.write_search_letters")
def write_search_letters(ctx: Ctx) -> int:
    """Ask for a letter to everybody for whom something new is there, at most one a day and not
    at night; how many people. Called by the schedule."""
    running = SavedSearch.objects.filter(state=SearchState.ACTIVE)
    due = running.values("centre_id", "person_id").annotate(
        oldest=Min("seen_until"), written=Max("written_on")
    )
    due = due.filter(Q(written=None) | Q(written__lt=ctx.occurred_at.date()))
    written = 0
    for one in list(due.order_by("oldest")[:AT_ONCE]):
        rows = running.filter(centre=one["centre_id"], person=one["person_id"])
        written += _write(ctx, list(rows.select_related("centre").order_by("pk")))
    return written


def _write(ctx: Ctx, searches: list[SavedSearch]) -> bool:
    """One letter for all of a person's searches of a house, if one of them found something."""
    centre = searches[0].centre
    if ctx.occurred_at.astimezone(centre.tz).hour < FIRST_HOUR:
        return False
    day = centre_day(centre, ctx.occurred_at)
    oldest, until = min(search.seen_until for search in searches), ctx.occurred_at - SETTLED
    tables = tables_brought(centre, oldest, until)
    fresh = {
        search.public_id: found
        for search in searches
        if (found := _fresh(ctx, search, day, tables))
    }
    for search in searches:
        search.seen_until = ctx.occurred_at - SETTLED
        search.written_on = day if fresh else search.written_on
        search.save(update_fields=["seen_until", "written_on"])
    if fresh:
        emit(ctx, "goods.search_found", {"found": fresh})
    return bool(fresh)


def _fresh(ctx: Ctx, search: SavedSearch, day: date, tables: list[int]) -> list[str]:
    """A table of existing stock counts as one piece of news, with the rest in one letter."""
    until = ctx.occurred_at - SETTLED
    if tables:
        tables = tables_brought(search.centre, search.seen_until, until)
    items = newly_listed(
        search.centre,
        tree(day),
        from_text(search.wanted),
        ctx.occurred_at,
        since=search.seen_until,
        until=until,
        brought=tables,
        most=SHOWN,
    )
    return [item.public_id for item in items]


@command("goods.forget_unanswered_searches")
def forget_unanswered_searches(ctx: Ctx) -> int:
    """What nobody confirmed is deleted, with nothing left of it; how many."""
    over = SavedSearch.objects.filter(
        state=SearchState.ASKED, asked_at__lt=ctx.occurred_at - YES_WITHIN
    )
    number, _by_model = over.delete()
    if number:
        changed("goods.saved_searches", "deleted")
    return number
