"""The command line as people and programs use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from tests.processes import wesprint, wesprint_env
from tests.world import make_town

from wesprint import __version__
from wesprint.config.cli import main
from wesprint.config.cli.main import COMMANDS
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.people.models import Role, User
from wesprint.platform.people.services import register_person
from wesprint.web.demo import mark

pytestmark = pytest.mark.django_db

Captured = pytest.CaptureFixture[str]


def run(*words: str) -> int:
    return main(words)


def test_help_and_version_explain_themselves(tmp_path: Path) -> None:
    env = wesprint_env(tmp_path)
    assert wesprint("--version", env=env).stdout == f"wesprint {__version__}\n"
    shown = wesprint("--help", env=env)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert [name for name in COMMANDS if f"\n    {name} " not in shown.stdout] == []


def test_an_unknown_command_is_said_in_english_without_a_trace(tmp_path: Path) -> None:
    answer = wesprint("fly", env=wesprint_env(tmp_path))
    assert (answer.returncode, answer.stdout, "Traceback" in answer.stderr) == (2, "", False)
    assert "invalid choice: 'fly'" in answer.stderr


def test_an_account_gets_a_password_of_its_own_shown_once(capsys: Captured) -> None:
    assert run("user", "create", "Karla@Kaufhaus.example", "--role", "operator") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Account karla@kaufhaus.example created."
    user = User.objects.get()
    assert check_password(second.rpartition(" ")[2], user.password)
    assert (user.is_operator, user.emailaddress_set.get().verified) == (True, True)  # type: ignore[attr-defined]
    commands = AuditEntry.objects.order_by("pk").values_list("command", flat=True)
    assert list(commands) == ["cli.create_account", "cli.make_operator"]


def test_a_password_from_the_input_is_checked(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for text, code in (("password12\n", 2), ("korrekt-pferd-batterie\n", 0)):
        (tmp_path / "input").write_text(text)
        with (tmp_path / "input").open() as given:
            monkeypatch.setattr("sys.stdin", given)
            assert run("user", "create", "a@b.example", "--password-stdin") == code
    refused = capsys.readouterr().err
    assert refused.startswith("wesprint: This password is too common. ")
    assert refused.endswith(" Nothing was changed.\n")
    assert check_password("korrekt-pferd-batterie", User.objects.get().password)


def test_the_same_address_twice_is_a_conflict(capsys: Captured) -> None:
    run("user", "create", "a@b.example")
    assert run("user", "create", "A@B.example") == 5
    assert run("user", "create", "nobody") == 2
    assert run("user", "password", "x@y.example") == 4
    assert capsys.readouterr().err.splitlines() == [
        "wesprint: There is an account a@b.example already. Nothing was changed.",
        "wesprint: nobody is not an e-mail address. Nothing was saved.",
        "wesprint: There is no account x@y.example. See `wesprint user list`.",
    ]


def test_roles_hold_where_they_were_given(capsys: Captured) -> None:
    town = make_town()
    run("user", "create", "a@b.example", "--role", "board", "--centre", "kaufhaus", "--name", "Ada")
    assert run("user", "role", "a@b.example", "--role", "staff") == 2
    assert run("user", "role", "a@b.example", "--role", "king", "--centre", "kaufhaus") == 2
    assert run("user", "create", "c@d.example", "--role", "king") == 2
    assert "There is no role king." in capsys.readouterr().err
    assert not User.objects.filter(email="c@d.example").exists()  # nothing half made
    assert run("user", "role", "a@b.example", "--role", "staff", "--centre", "nowhere") == 4
    assert (
        run("user", "role", "a@b.example", "--role", "auditor", "--organisation", "kaufhaus-eg")
        == 0
    )
    capsys.readouterr()
    run("user", "list", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "accounts": [
            {
                "mail": "a@b.example",
                "active": True,
                "roles": ["auditor (kaufhaus-eg)", "board (kaufhaus)"],
            }
        ]
    }
    held = Role.objects.order_by("role").values_list("role", "centre", "person__name")
    assert list(held) == [("auditor", None, "Ada"), ("board", town.centre.pk, "Ada")]


def test_check_names_what_needs_a_person(capsys: Captured) -> None:
    assert run("check", "--json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "well": False,
        "problems": ["No worker is running, 0 tasks wait: wesprint serve or wesprint worker"],
    }


def test_check_warns_of_a_demo_switched_on_in_a_real_house(
    capsys: Captured, settings: Any, tmp_path: Path
) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    make_town()
    assert run("check") == 1
    warning = "WESPRINT_DEMO is 1, but `wesprint demo` did not make this database: take it out"
    assert warning in capsys.readouterr().out.splitlines()
    mark(seed=1)
    run("check")
    assert warning not in capsys.readouterr().out.splitlines()


def test_an_empty_ledger_is_unchanged_and_exported(capsys: Captured, tmp_path: Path) -> None:
    assert run("verify") == 0
    assert run("export", str(tmp_path / "out"), "--json") == 0
    path = str(tmp_path / "out" / "ledger.jsonl")
    out = capsys.readouterr().out.splitlines()
    assert json.loads(out[-1]) == {"path": path, "centres": 0, "seals": 0, "events": 0}
    assert run("export", str(tmp_path), "--centre", "nowhere") == 4
    assert run("verify", str(tmp_path / "missing")) == 4


def test_the_public_account_is_exported(capsys: Captured, tmp_path: Path) -> None:
    assert main(["export", str(tmp_path), "--open-data", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["path"], answer["files"], answer["at_rest"]) == (
        str(tmp_path / "open-data.zip"), 18, True,
    )  # fmt: skip
    assert main(["export", str(tmp_path), "--open-data", "--period", "gestern"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["open-data.zip"]


def test_verify_reads_an_export_without_any_database(tmp_path: Path, capsys: Captured) -> None:
    run("export", str(tmp_path))
    env = wesprint_env(tmp_path / "var", "postgresql://nobody@127.0.0.1:1/nothing")
    answer = wesprint("verify", str(tmp_path), "--json", env=env)
    assert (answer.returncode, json.loads(answer.stdout)["unchanged"]) == (0, True)
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"version"', b'"versiom"', 1))
    answer = wesprint("verify", str(tmp_path), env=env)
    assert (answer.returncode, answer.stderr) == (1, "")


def test_something_unexpected_is_one_line_and_its_details_a_file(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_words: Any, **_options: Any) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("wesprint.platform.ledger.export.export", broken)
    monkeypatch.setenv("WESPRINT_VAR", str(tmp_path))
    assert run("export", str(tmp_path)) == 70
    details = tmp_path / "last-error.txt"
    assert capsys.readouterr().err == (
        f"wesprint: unexpected ZeroDivisionError: the details are in {details}\n"
    )
    assert (details.stat().st_mode & 0o777, "inside" in details.read_text()) == (0o600, True)


def test_people_without_an_account_are_found_handed_out_and_erased(capsys: Captured) -> None:
    town = make_town()
    person = register_person(
        town.ctx("board"), organisation=town.organisation, name="Mia Muster", phone="02931 1234"
    )
    shown = f"{person.public_id}  kaufhaus-eg  Mia Muster  029311234\n"
    assert (run("person", "find", "Mia"), capsys.readouterr().out) == (0, shown)
    assert run("person", "export", person.public_id) == 0
    assert json.loads(capsys.readouterr().out)["person"]["name"] == "Mia Muster"
    assert run("person", "erase", person.public_id, "--cause", "Brief vom 3. Mai") == 0
    assert capsys.readouterr().out == f"Person {person.public_id} erased.\n"
    assert run("person", "export", person.public_id) == 4
    assert (run("person", "find", "Mia"), capsys.readouterr().out) == (0, "Nobody found.\n")
    trail = AuditEntry.objects.filter(command__startswith="account.").order_by("pk")
    assert list(trail.values_list("command", "cause")) == [
        ("account.find_people", "asked for on the command line"),
        ("account.hand_out_data", "asked for on the command line"),
        ("account.erase_known", "Brief vom 3. Mai"),
        ("account.find_people", "asked for on the command line"),
    ]


@pytest.mark.parametrize("port", ["0", "99999", "-1"])
def test_a_port_that_is_none_is_said_in_one_line(capsys: Captured, port: str) -> None:
    assert run("serve", f"--port={port}") == 2
    said = f"wesprint: {port} is no port: choose one from 1 to 65535.\n"
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize("months", ["0", "-3", "1000"])
def test_a_demo_without_months_is_refused(capsys: Captured, months: str) -> None:
    assert run("demo", f"--months={months}") == 2
    assert capsys.readouterr().err == (
        f"wesprint: A demo of {months} months cannot be played: choose 1 to 36.\n"
    )


def test_a_photo_is_not_checked_as_an_export(capsys: Captured, tmp_path: Path) -> None:
    photo = tmp_path / "side.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    assert run("verify", str(photo)) == 2
    assert capsys.readouterr().err == (
        f"wesprint: {photo} is not an export of the ledger. See `wesprint export`.\n"
    )


def test_a_backup_needs_a_folder_and_says_which(capsys: Captured, tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "nope" / "x.tar")) == 4
    assert capsys.readouterr().err == (
        f"wesprint: There is no folder {tmp_path / 'nope'}. Make it first, or choose another.\n"
    )
    assert run("backup", str(tmp_path / "nightly")) == 4  # no file of a folder's name


def test_what_is_no_backup_is_said_before_the_house_is_looked_at(capsys: Captured) -> None:
    make_town()
    assert run("restore", "/etc/passwd") == 2
    assert capsys.readouterr().err == (
        "wesprint: /etc/passwd is not a backup. Nothing was restored.\n"
    )


def test_check_warns_of_a_folder_that_others_can_read(
    capsys: Captured, settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    warning = f"Others on this machine can read {tmp_path}: chmod -R go= {tmp_path}"
    for mode, told in ((0o755, True), (0o700, False)):
        tmp_path.chmod(mode)
        run("check")
        assert (warning in capsys.readouterr().out.splitlines()) is told


def test_nobody_else_can_read_what_an_installation_writes(tmp_path: Path) -> None:
    var = tmp_path / "var"
    env = wesprint_env(var)
    assert wesprint("migrate", env=env).returncode == 0
    assert wesprint("check", env=env).stdout.count("Others on this machine") == 0
    found = {path.name: path.stat().st_mode & 0o777 for path in (var, *var.rglob("*"))}
    assert found["wesprint.sqlite3"] == 0o600
    assert {mode & 0o077 for mode in found.values()} == {0}


def test_commands_beside_a_server_print_its_address(tmp_path: Path) -> None:
    (tmp_path / "served-at").write_text("http://localhost:8100")
    words = ("house", "open", "--name", "Haus", "--town", "Arnsberg", "--state", "NW", "--json")
    owner = ("--organisation", "Haus eG", "--board", "ada@haus.example")
    opened = wesprint(*words, *owner, env=wesprint_env(tmp_path))
    assert json.loads(opened.stdout)["address"] == "http://localhost:8100/z/haus/"
    there = wesprint_env(tmp_path, WESPRINT_URL="https://haus.example")
    [house] = json.loads(wesprint("house", "list", "--json", env=there).stdout)["houses"]
    assert house["address"] == "https://haus.example/z/haus/"


def test_a_seal_to_look_for_is_looked_for_in_the_database_too(capsys: Captured) -> None:
    make_town()
    for house, code in (("kaufhaus", 1), ("nowhere", 4)):
        assert run("verify", "--seal", f"{house}={'0' * 64}") == code
    assert run("verify", "--seal", "x=1") == 2
    assert "is none of its 0 seals" in capsys.readouterr().out


def test_an_empty_installation_is_said_to_be_empty(tmp_path: Path) -> None:
    answer = wesprint("verify", env=wesprint_env(tmp_path / "var"))
    assert answer.stderr.splitlines() == [
        "wesprint: This database holds no WeSprint yet. Look at DATABASE_URL and WESPRINT_VAR, "
        "or set it up: `wesprint migrate`."
    ]
    assert answer.returncode == 5
