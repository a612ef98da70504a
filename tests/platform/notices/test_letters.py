"""Letters through a real mail server on loopback."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core import mail
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from tests.world import Town, add_person, make_town

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.commands.services import command
from wesprint.platform.jobs.worker import work_off
from wesprint.platform.notices import personal, selectors, services, tasks
from wesprint.platform.notices.models import Letter, LetterState

pytestmark = pytest.mark.django_db

TO = "erika.muster@example.org"


class Mailbox:
    """Takes letters, unless it was told to answer otherwise first."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: list[str] = []
        self.rcpt_answers: list[str] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt_answers:
            return self.rcpt_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answers:
            answer = self.answers.pop(0)
            if answer == "hang up":
                assert server.transport is not None
                server.transport.abort()
            return answer
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path) -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


@pytest.fixture(autouse=True)
def templates(settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "test" / "letters"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text(
        "{% load i18n %}{% translate 'Yes' %}, {{ what }}\n\n{{ base_url }}/o/{{ secret }}\n"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def ctx() -> Ctx:
    return Ctx(Actor(ActorKind.PERSON, "ABC"), "centre:X", str(uuid.uuid4()), now())


@command("test.write")
def write(ctx: Ctx, *, to: str = TO, language: str = "", fail: bool = False) -> Letter:
    context = {"what": "Kommode & Co. <alt>", "secret": "s3cr3t"}
    letter = services.send(ctx, to=to, template="test/hello", context=context, language=language)
    if fail:
        raise Invalid("no")
    return letter


@command("test.again")
def again(ctx: Ctx, *, letter: Letter) -> None:
    services.send_again(ctx, letter=letter)


def state(letter: Letter) -> tuple[str, int, str]:
    letter.refresh_from_db()
    return letter.state, letter.attempts, letter.reason


def test_a_letter_arrives_in_the_readers_language(mailbox: Mailbox, clock: FixedClock) -> None:
    with translation.override("en"):
        german = write(ctx(), language="de")
        english = write(ctx(), language="en")
    assert mailbox.letters == []  # first the commit, then the post
    assert work_off() == 2
    texts = [
        (str(one["Subject"]), str(one["To"]), one.get_content().splitlines())
        for one in mailbox.letters
    ]
    link = ["http://localhost:8000/o/s3cr3t"]
    assert texts == [("Ja, Kommode & Co. <alt>", TO, link), ("Yes, Kommode & Co. <alt>", TO, link)]
    first = mailbox.letters[0]
    assert first["Message-ID"] == f"<{german.public_id.lower()}@localhost>"
    assert (first["Auto-Submitted"], first["Content-Language"]) == ("auto-generated", "de")
    assert (state(german), german.sent_at) == (("sent", 1, ""), clock.at)
    assert state(english) == ("sent", 1, "")


def test_a_command_that_fails_writes_no_letter(mailbox: Mailbox) -> None:
    with pytest.raises(Invalid):
        write(ctx(), fail=True)
    assert (work_off(), Letter.objects.count(), mailbox.letters) == (0, 0, [])


def test_a_letter_goes_once_even_when_two_jobs_want_to_send_it(mailbox: Mailbox) -> None:
    letter = write(ctx())
    tasks.deliver.enqueue(letter.public_id)
    assert (work_off(), len(mailbox.letters)) == (2, 1)


def test_what_the_server_puts_off_goes_later(mailbox: Mailbox, clock: FixedClock) -> None:
    mailbox.answers = ["451 try later"]
    letter = write(ctx())
    assert services.deliver(letter.public_id) == clock.at + timedelta(minutes=1)
    assert state(letter) == ("waiting", 1, "SMTPDataError 451")
    assert services.deliver(letter.public_id) is None
    assert (state(letter), len(mailbox.letters)) == (("sent", 2, ""), 1)


def test_a_mailbox_that_does_not_exist_is_final(mailbox: Mailbox, caplog: Any) -> None:
    mailbox.rcpt_answers = [f"550 no such user {TO}"]
    letter = write(ctx())
    work_off()
    assert state(letter) == ("failed", 1, "SMTPRecipientsRefused 550")
    assert list(selectors.not_arrived()) == [letter]
    ours = [str(record.msg) for record in caplog.records if record.name.startswith("wesprint")]
    assert (len(ours), "erika" in "".join(ours)) == (1, False)
    again(ctx(), letter=letter)
    work_off()
    assert (state(letter), len(mailbox.letters)) == (("sent", 1, ""), 1)


def test_without_a_mail_server_it_is_tried_for_a_day(
    settings: Any, clock: FixedClock, caplog: Any
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        letter = write(ctx())
        agains = [services.deliver(letter.public_id) for _ in range(7)]
    assert agains == [*(clock.at + pause for pause in services.BACK_OFF), None]
    assert state(letter) == ("failed", 7, "ConnectionRefusedError")
    assert TO not in caplog.text


def test_a_line_that_broke_is_uncertain_and_not_sent_twice(mailbox: Mailbox) -> None:
    mailbox.answers = ["hang up"]
    letter = write(ctx())
    work_off()
    assert state(letter) == ("uncertain", 1, "SMTPServerDisconnected")
    assert (services.deliver(letter.public_id), mailbox.letters) == (None, [])


def test_a_worker_that_died_while_sending_leaves_it_uncertain(clock: FixedClock) -> None:
    letter = write(ctx())
    services._take(letter.public_id)
    tasks.sort_out.call()
    assert state(letter)[0] == LetterState.SENDING
    clock.advance(timedelta(minutes=16))
    tasks.sort_out.call()
    assert state(letter) == ("uncertain", 1, "interrupted")


def test_a_letter_whose_job_was_lost_is_found(mailbox: Mailbox, clock: FixedClock) -> None:
    letter = write(ctx())
    DBTaskResult.objects.all().delete()
    clock.advance(timedelta(hours=15))
    tasks.sort_out.call()
    work_off()
    assert (state(letter)[0], len(mailbox.letters)) == ("sent", 1)


def test_address_and_text_go_after_a_month(clock: FixedClock) -> None:
    letter = write(ctx())
    work_off()
    clock.advance(timedelta(days=30))
    assert tasks.purge_old.call() == 0
    clock.advance(timedelta(seconds=1))
    assert tasks.purge_old.call() == 1
    letter.refresh_from_db()
    assert (letter.to, letter.subject, letter.body, letter.state) == ("", "", "", "sent")
    assert tasks.purge_old.call() == 0


def test_letters_are_handed_out_and_erased_with_the_person() -> None:
    town: Town = make_town()
    person = add_person(town, "member")
    write(ctx(), to=person.email)
    kept = write(ctx())
    (handed_out,) = personal.LETTERS.export(person)
    assert (handed_out["subject"], handed_out["sent"]) == ("Ja, Kommode & Co. <alt>", None)
    personal.LETTERS.erase(ctx(), person)
    assert personal.LETTERS.export(person) == []
    work_off()  # what was still waiting does not go any more
    assert [message.to for message in mail.outbox] == [[TO]]
    assert state(kept)[0] == "sent"


@pytest.mark.parametrize("address", ["", "erika", "a@b.example\nBcc: c@d.example"])
def test_without_an_address_no_letter(address: str) -> None:
    with pytest.raises(Invalid):
        write(ctx(), to=address)
    assert Letter.objects.count() == 0
