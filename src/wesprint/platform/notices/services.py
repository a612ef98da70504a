"""Letters by e-mail, in the reader's language.

A letter is a row in the transaction of its command; a job gives it to the mail server. It goes
at most once: before the server hears of it the row says SENDING, and whatever died in between
is left UNCERTAIN for a person to look at.
"""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction
from wesprint.platform.commands.services import changed, running_command
from wesprint.platform.notices import tasks
from wesprint.platform.notices.models import Letter, LetterState

log = structlog.get_logger("wesprint.notices")

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
ATTEMPTS = len(BACK_OFF) + 1


def send(
    ctx: Ctx,
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str = "",
    unsubscribe: str = "",
) -> Letter:
    """Write a letter in the transaction of the command under way; it goes after the commit.

    `template`: "goods/offer_received" for `goods/letters/offer_received.txt`, whose first line
    is the subject. `context` may hold `base_url`-relative links only through `base_url`, which
    is added. `language`: the reader's, else the one of `ctx`. `unsubscribe`: the address to
    which a mail program sends the one click that ends such letters; for letters nobody asked
    for one by one. Raises Invalid without an address.
    """
    command = running_command()
    if "@" not in to or any(sign in to for sign in "\r\n"):
        raise _no_address()
    spoken = language_of(template, language or ctx.locale)
    subject, body = _render(template, context, spoken)
    letter = Letter.objects.create(
        scope=ctx.scope,
        template=template,
        language=spoken,
        to=to,
        subject=subject,
        body=body,
        unsubscribe=unsubscribe,
        created_at=command.recorded_at,
    )
    changed(letter, "state")
    tasks.deliver.enqueue(letter.public_id)
    return letter


def language_of(template: str, wanted: str) -> str:
    """A letter is whole in one language: where it is not translated for visitors, it speaks
    as the installation does."""
    if wanted in settings.VISITOR_LANGUAGES and not template.startswith(settings.VISITOR_LETTERS):
        return settings.LANGUAGE_CODE
    return wanted


def _no_address() -> Invalid:
    return Invalid(
        _("This is not an e-mail address."),
        kept=_("No letter was written."),
        next=_("Please look whether the address is complete."),
        field="email",
    )


def _render(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Subject and body. A letter is plain text: nothing is escaped as it would be on a page."""
    room, name = template.split("/", 1)
    loaded = get_template(f"{room}/letters/{name}.txt").template  # type: ignore[attr-defined]  # the engine's own template, not the wrapper that is typed
    values = Context({"base_url": settings.BASE_URL, **context}, autoescape=False)
    with translation.override(language):
        text = str(loaded.render(values))
    subject, _newline, body = text.lstrip().partition("\n")
    return subject.strip()[:200], body.strip() + "\n"


def deliver(public_id: str) -> datetime | None:
    """Give a waiting letter to the mail server; when to try again, or None."""
    letter = _take(public_id)
    if letter is None:
        return None
    post = get_connection()
    try:
        post.open()
    except OSError as error:  # SMTPException is one
        return _not_sent(letter, error)
    return _hand_over(letter, post)


def _hand_over(letter: Letter, post: BaseEmailBackend) -> datetime | None:
    try:
        post.send_messages([_message(letter)])
    except smtplib.SMTPServerDisconnected as error:
        _set(letter, state=LetterState.UNCERTAIN, reason=_reason(error))
    except smtplib.SMTPException as error:
        return _not_sent(letter, error)
    except OSError as error:
        _set(letter, state=LetterState.UNCERTAIN, reason=_reason(error))
    else:
        _set(letter, state=LetterState.SENT, sent_at=now(), reason="")
    finally:
        post.close()
    return None


def _take(public_id: str) -> Letter | None:
    """Only one of several workers gets it; committed before the mail server hears of it."""
    with write_transaction():
        letter = (
            Letter.objects.select_for_update()
            .filter(public_id=public_id, state=LetterState.WAITING)
            .first()
        )
        if letter is not None:
            letter.state = LetterState.SENDING
            letter.attempts += 1
            letter.tried_at = now()
            letter.save(update_fields=["state", "attempts", "tried_at"])
        return letter


def _message(letter: Letter) -> EmailMessage:
    """The Message-ID stays the same with every attempt, so that a mailbox sees one letter."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<{letter.public_id.lower()}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "de" if letter.language.startswith("de") else letter.language,
        **_one_click(letter),
    }
    return EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers)


def _one_click(letter: Letter) -> dict[str, str]:
    """RFC 8058: the mail program ends the letters itself, without a page in between."""
    if not letter.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _not_sent(letter: Letter, error: Exception) -> datetime | None:
    reason = _reason(error)
    last = letter.attempts >= ATTEMPTS or _is_final(error)
    log.error("letter not sent", letter=str(letter), reason=reason, last=last)
    _set(letter, state=LetterState.FAILED if last else LetterState.WAITING, reason=reason)
    return None if last else now() + BACK_OFF[letter.attempts - 1]


def _set(letter: Letter, **values: Any) -> None:
    with write_transaction():
        Letter.objects.filter(pk=letter.pk).update(**values)


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _reason(error: Exception) -> str:
    codes = " ".join(map(str, _codes(error)))
    return f"{type(error).__name__} {codes}".strip()


def _is_final(error: Exception) -> bool:
    """The server knows that this will never go: no such mailbox, for example. A wrong password
    of ours is a matter of the installation and worth trying again."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    codes = _codes(error)
    return bool(codes) and all(500 <= code < 600 for code in codes)


def send_again(ctx: Ctx, *, letter: Letter) -> None:
    """A person decided that a failed or uncertain letter shall go once more."""
    running_command()
    rows = Letter.objects.filter(
        pk=letter.pk,
        state__in=[LetterState.FAILED, LetterState.UNCERTAIN],
        purged_at__isnull=True,
    )
    if rows.update(state=LetterState.WAITING, attempts=0):
        changed(letter, "state")
        tasks.deliver.enqueue(letter.public_id)


def purge_address(address: str) -> int:
    """Remove address and text of every letter to somebody; how many. For erasing a person."""
    return purge(Letter.objects.filter(to__iexact=address).values_list("pk", flat=True))


def purge(ids: Any) -> int:
    """Address and text go; what was still waiting is never sent."""
    rows = Letter.objects.filter(pk__in=list(ids))
    rows.filter(state=LetterState.WAITING).update(state=LetterState.FAILED, reason="purged")
    return rows.update(to="", subject="", body="", unsubscribe="", purged_at=now())
