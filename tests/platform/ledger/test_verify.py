"""An export speaks for itself: whatever is changed in it is found, and named."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.platform.ledger.bench_of import Bench, make_bench

from wesprint.kernel.canonical import canonical
from wesprint.kernel.errors import Invalid, NotFound
from wesprint.platform.ledger import checking, rollups, seals, services, tasks, triggers
from wesprint.platform.ledger.chain import event_hash, genesis, seal_hash
from wesprint.platform.ledger.export import FILE_NAME, Written, export, export_lines
from wesprint.platform.ledger.leaf import PATHS, body_of_row
from wesprint.platform.ledger.models import EconomicEvent, Grain, RollUp, Seal, SealLeaf
from wesprint.platform.ledger.verify import (
    Noted,
    Problem,
    Report,
    as_json,
    main,
    noted_seal,
    render,
    verify_export,
    verify_lines,
)


def story(bench: Bench) -> None:
    """Seven events: an item in, repaired in part, sold for money, one mistake taken back."""
    [taken] = bench.post(bench.intake(4_000, classified_as=("200136", "größer")))
    [wrong] = bench.post(bench.intake(9_000))
    services.correct(bench.ctx(), event=wrong, count=1_000)
    assert taken.to_resource_inventoried_as is not None
    bench.post(bench.sale(taken.to_resource_inventoried_as, 4_000), bench.payment(1_250))
    bench.take_in(70)
    bench.take_in(80)


@pytest.fixture
def sealed(bench: Bench) -> Bench:
    story(bench)
    while seals.seal(bench.ctx(), centre=bench.centre, most=3) is not None:
        pass
    bench.take_in(90)  # not sealed yet
    return bench


@pytest.fixture
def lines(sealed: Bench) -> list[bytes]:
    return list(export_lines())


def record(line: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(line)
    return found


def event_of(line: bytes) -> str:
    ident: str = record(line)["event"]["id"]
    return ident


def kinds(lines: list[bytes]) -> list[str]:
    return [record(line)["kind"] for line in lines]


def found(lines: list[bytes]) -> list[tuple[str, str]]:
    return [(problem.kind, problem.where) for problem in verify_lines(lines).problems]


# -- what is right ---------------------------------------------------------------------------
def test_an_export_is_sealed_and_unchanged(sealed: Bench, lines: list[bytes]) -> None:
    newest = Seal.objects.get(centre=sealed.centre, number=3)
    assert kinds(lines) == [
        *("export", "centre", "seal", "event", "event", "event"),
        *("seal", "event", "event", "event", "seal", "event", "event", "end"),
    ]
    centre = sealed.centre
    assert verify_lines(lines) == Report(
        8, 3, 1, {centre.public_id: newest.hash}, [], {centre.public_id: centre.slug}, []
    )


def test_seals_are_chained_from_the_centre_on(sealed: Bench) -> None:
    first, second, third = Seal.objects.order_by("number")
    assert [first.previous, second.previous, third.previous] == [
        genesis(sealed.centre.public_id),
        first.hash,
        second.hash,
    ]
    assert first.hash == seal_hash(seals.head_of(first, sealed.centre.public_id))


def test_sealing_again_finds_only_what_no_seal_holds(sealed: Bench) -> None:
    assert tasks.seal.call() == 1
    assert tasks.seal.call() == 0
    assert SealLeaf.objects.count() == EconomicEvent.objects.count() == 8


def test_a_row_that_comes_late_with_a_low_number_is_sealed_too(bench: Bench) -> None:
    """Row numbers are given before commit: a lower one may appear after a higher was sealed."""
    late, early = bench.post(bench.intake(1), bench.intake(2))
    seal = Seal.objects.create(
        centre=bench.centre,
        number=1,
        size=1,
        root=early.leaf_hash,
        previous=genesis(bench.centre.public_id),
        sealed_at=early.recorded_at,
        hash="x",
    )
    SealLeaf.objects.create(seal=seal, position=0, event=early, leaf_hash=early.leaf_hash)
    assert late.pk < early.pk
    assert list(seals.unsealed(bench.centre)) == [late]


def test_the_row_read_back_hashes_to_what_was_written(sealed: Bench) -> None:
    rows = EconomicEvent.objects.order_by("pk").values("leaf_hash", *PATHS.values())
    hashes = [row["leaf_hash"] for row in rows]
    assert [event_hash(body_of_row(row)) for row in rows] == hashes
    assert len(set(hashes)) == 8


def test_the_export_names_nobody(sealed: Bench, lines: list[bytes]) -> None:
    text = b"".join(lines).decode()
    agents = [sealed.giver, sealed.house, sealed.neighbour]
    assert [agent.public_id in text for agent in agents] == [False] * 3


def test_an_erased_person_changes_nothing(sealed: Bench, lines: list[bytes]) -> None:
    sealed.giver.salt = ""
    sealed.giver.save()
    again = list(export_lines())
    assert again[1:-1] == lines[1:-1]
    assert checking.verify_database().problems == []


def test_two_centres_have_two_chains(sealed: Bench) -> None:
    other = make_bench("bahnhof")
    story(other)
    seals.seal(other.ctx(), centre=other.centre)
    report = verify_lines(export_lines())
    assert (report.events, report.seals, report.unsealed, report.problems) == (15, 4, 1, [])
    alone = verify_lines(export_lines([other.centre]))
    assert (alone.events, list(alone.last_seals)) == (7, [other.centre.public_id])


# -- what was changed ------------------------------------------------------------------------
def edit(line: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    value = record(line)
    change(value)
    return canonical(value) + b"\n"


@pytest.mark.parametrize("index", [3, 5, 8, 11, 12])
def test_a_changed_event_is_named(lines: list[bytes], index: int) -> None:
    lines[index] = edit(lines[index], lambda value: value["event"].update(resource_quantity=1))
    assert found(lines) == [("changed", event_of(lines[index]))]


def test_a_forger_who_makes_the_hash_fit_is_found_too(lines: list[bytes]) -> None:
    def forge(value: dict[str, Any]) -> None:
        value["event"]["resource_quantity"] = 1
        value["leaf"] = event_hash(value["event"])

    lines[4] = edit(lines[4], forge)
    assert found(lines) == [("changed", event_of(lines[4]))]


def test_a_forger_who_changes_the_seals_list_as_well_is_found_at_the_seal(
    sealed: Bench, lines: list[bytes]
) -> None:
    body = record(lines[4])["event"] | {"resource_quantity": 1}
    leaf = event_hash(body)
    lines[4] = edit(lines[4], lambda value: value.update(event=body, leaf=leaf))
    lines[2] = edit(lines[2], lambda value: value["leaves"].__setitem__(1, [body["id"], leaf]))
    assert found(lines) == [("seal", f"seal 1 of centre {sealed.centre.public_id}")]


def test_a_forger_who_rewrites_everything_needs_other_seals(sealed: Bench, tmp_path: Path) -> None:
    """Nothing in a file can prove itself against whoever writes all of it: a published hash of
    a seal does."""
    written = export(tmp_path)
    slug = sealed.centre.slug
    text = "the seal you know (000000000000...) is none of its 3 seals"
    assert verify_export(written.path, [(slug, "0" * 64)]).problems == [
        Problem("seal", f"centre {slug}", text)
    ]


def test_any_seal_of_the_chain_is_known_again_by_slug_or_code(
    sealed: Bench, tmp_path: Path
) -> None:
    export(tmp_path)
    first, _second, newest = Seal.objects.order_by("number")
    slug, code = sealed.centre.slug, sealed.centre.public_id
    noted = [(slug, first.hash), (code, newest.hash)]
    for report in (verify_export(tmp_path, noted), checking.verify_database(noted=noted)):
        assert (report.problems, report.noted) == ([], [Noted(slug, 1, 3), Noted(code, 3, 3)])
    assert f"the seal you know of {slug} is no. 1 of 3" in render(report).splitlines()


def test_a_seal_of_a_house_that_is_not_there_is_said_as_such(sealed: Bench) -> None:
    with pytest.raises(NotFound) as refused:
        checking.verify_database(noted=[("nowhere", "0" * 64)])
    held = f"{sealed.centre.slug} ({sealed.centre.public_id})"
    assert str(refused.value) == (f"There is no house nowhere in these books. They hold {held}.")


@pytest.mark.parametrize("typed", ["x=1", "x", "=" + "0" * 64, "x=" + "g" * 64])
def test_a_seal_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        noted_seal(typed)


def test_a_photo_is_not_an_export(tmp_path: Path) -> None:
    for name, content in (("side.jpg", b"\xff\xd8\xff\xe0\n\x00"), ("empty.jsonl", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Invalid, match=f"{name} is not an export of the ledger."):
            verify_export(tmp_path / name)


def test_a_missing_event_is_named(lines: list[bytes]) -> None:
    gone = event_of(lines.pop(5))
    assert ("missing", gone) in found(lines)
    assert {kind for kind, _where in found(lines)} == {"missing"}


def test_an_added_event_is_named(lines: list[bytes]) -> None:
    added = edit(lines[12], lambda value: value.update(seal=1, position=3))
    assert found([*lines[:6], added, *lines[6:]]) == [("added", event_of(added))]


def test_an_event_that_stands_twice_is_named(lines: list[bytes]) -> None:
    assert ("added", event_of(lines[3])) in found([*lines[:4], lines[3], *lines[4:]])


def test_exchanged_events_are_named(lines: list[bytes]) -> None:
    lines[3], lines[4] = lines[4], lines[3]
    assert found(lines) == [("moved", event_of(lines[3])), ("moved", event_of(lines[4]))]


def test_exchanged_seals_are_named(sealed: Bench, lines: list[bytes]) -> None:
    swapped = [*lines[:2], *lines[6:10], *lines[2:6], *lines[10:]]
    name = f"of centre {sealed.centre.public_id}"
    assert found(swapped) == [("seal", f"seal {n} {name}") for n in (2, 1, 3)]


@pytest.mark.parametrize("keep", range(14))
def test_an_export_that_breaks_off_is_found(lines: list[bytes], keep: int) -> None:
    assert ("truncated", "the export") in found(lines[:keep])
    half = [*lines[:keep], lines[keep][: len(lines[keep]) // 2]]
    assert ("truncated", "the export") in found(half)


def test_an_export_without_its_last_seal_and_a_new_end_shows_by_the_known_seal(
    sealed: Bench, tmp_path: Path
) -> None:
    known = [(sealed.centre.slug, Seal.objects.get(number=3).hash)]
    export(tmp_path)
    file = tmp_path / FILE_NAME
    shorter = file.read_bytes().splitlines(keepends=True)[:10]
    file.write_bytes(b"".join(shorter))
    assert {problem.kind for problem in verify_export(file, known).problems} == {
        "seal",
        "truncated",
    }


def test_the_seal_of_another_centre_is_foreign(sealed: Bench, lines: list[bytes]) -> None:
    other = make_bench("bahnhof")
    story(other)
    seals.seal(other.ctx(), centre=other.centre)
    foreign = list(export_lines([other.centre]))[2:10]
    mixed = found([*lines[:11], *foreign, *lines[11:]])
    assert ("foreign", f"seal 1 of centre {sealed.centre.public_id}") in mixed
    assert {("foreign", event_of(line)) for line in foreign[1:]} <= set(mixed)


def test_something_behind_the_end_is_found(lines: list[bytes]) -> None:
    assert found([*lines, lines[3]]) == [("added", "line 15")]


def test_a_removed_event_that_no_seal_holds_yet_shows_in_the_whole(lines: list[bytes]) -> None:
    assert found([*lines[:12], lines[13]]) == [("digest", "the export")]


@pytest.mark.parametrize(
    "broken",
    [b"\n", b"{}\n", b"[]\n", b'{"kind":"event"}\n', b'{"kind":"seal","number":1}\n', b"\xff\n"],
)
def test_broken_lines_are_findings_and_no_crash(lines: list[bytes], broken: bytes) -> None:
    for index in range(len(lines)):
        changed = [*lines[:index], broken, *lines[index + 1 :]]
        assert not verify_lines(changed).unchanged
        assert not verify_lines([*lines[:index], broken, *lines[index:]]).unchanged


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_one_changed_byte_anywhere_is_found_and_the_event_named(
    lines: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(lines) - 1))
    line = bytearray(lines[index])
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    report = verify_lines([*lines[:index], bytes(line), *lines[index + 1 :]])
    assert report.problems != []
    if record(lines[index]).get("seal") is not None:
        assert report.cause.where == event_of(lines[index])  # first of all, not among others


@pytest.mark.parametrize("key", [b'"leaf"', b'"seal"', b'"position"', b'"event"', b'"kind"'])
def test_a_changed_name_of_a_part_names_the_event(lines: list[bytes], key: bytes) -> None:
    index = next(at for at, line in enumerate(lines) if record(line).get("seal") is not None)
    changed = lines[index].replace(key, key[:-2] + b'X"', 1)
    report = verify_lines([*lines[:index], changed, *lines[index + 1 :]])
    assert report.cause.where == event_of(lines[index])


# -- files and command line ------------------------------------------------------------------
def test_an_export_appears_complete_or_not_at_all(sealed: Bench, tmp_path: Path) -> None:
    heard: list[int] = []
    written = export(tmp_path / "out", [sealed.centre], heard.append)
    assert written == Written(tmp_path / "out" / FILE_NAME, 1, 3, 8)
    assert heard[-1] == 8
    assert [path.name for path in (tmp_path / "out").iterdir()] == [FILE_NAME]
    single = export(tmp_path / "one.jsonl", [sealed.centre])
    assert single.path == tmp_path / "one.jsonl"


def test_verify_runs_alone_without_django(sealed: Bench, tmp_path: Path) -> None:
    written = export(tmp_path)
    source = Path(seals.__file__).parents[3]
    command = [sys.executable, "-m", "wesprint.platform.ledger.verify", str(tmp_path)]
    environment = {"PYTHONPATH": str(source)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == [
        "unchanged, 7 sealed by 3 seals, 1 waits for the next seal",
        "8 events, 7 sealed by 3 seals, 1 waits for the next seal",
    ]
    imports = "import sys, wesprint.platform.ledger.verify; print('django' in sys.modules)"
    plain = subprocess.run(
        [sys.executable, "-c", imports], env=environment, capture_output=True, text=True, check=True
    )
    assert plain.stdout == "False\n"
    assert written.events == 8


def test_the_command_line_names_the_changed_event(
    sealed: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = export(tmp_path)
    data = written.path.read_bytes()
    written.path.write_bytes(
        data.replace(b'"resource_quantity":4000', b'"resource_quantity":4001', 1)
    )
    assert main([str(tmp_path)]) == 1
    changed = EconomicEvent.objects.order_by("pk")[0].public_id
    output = capsys.readouterr().out.splitlines()
    said = f"{changed}: was changed, seal 1 of centre {sealed.centre.public_id} holds another hash"
    assert output[:4] == [
        f"NOT as it was sealed: {said} (1 finding)",
        "8 events, 7 sealed by 3 seals, 1 waits for the next seal",
        f"  {said}",
        "",
    ]
    assert main(["--json", str(tmp_path)]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["unchanged"], answer["problems"][0]["where"]) == (False, changed)


def test_all_sealed_is_said_without_a_rest(sealed: Bench) -> None:
    seals.seal(sealed.ctx(), centre=sealed.centre)
    report = checking.verify_database()
    assert render(report).splitlines()[:2] == [
        "sealed and unchanged",
        "8 events, 8 sealed by 4 seals",
    ]


def test_a_cut_export_says_so_first_and_names_ten(bench: Bench) -> None:
    for _ in range(110):
        bench.take_in(70)
    seals.seal(bench.ctx(), centre=bench.centre)
    whole = list(export_lines())
    head = next(at for at, line in enumerate(whole) if record(line)["kind"] == "seal")
    report = verify_lines([*whole[: head + 5], whole[head + 5][:40]])
    told = render(report).splitlines()
    assert told[0] == ("NOT as it was sealed: the export: breaks off before its end (107 findings)")
    assert told[1] == "5 events, 5 sealed by 1 seal"
    assert told[2] == "  the export: breaks off before its end"
    named = [line for line in told if line.startswith("  ")]
    assert (len(named), told[12]) == (10, "and 97 more; --json names all")
    assert len(as_json(report)["problems"]) == 107  # type: ignore[arg-type]


def test_nothing_to_read_is_another_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 2
    assert main(["--seal", "nonsense", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


# -- the living database ---------------------------------------------------------------------
def unguarded(statement: str, params: list[object]) -> None:
    """What an intruder with all rights on the database could do."""
    for verb in ("update", "delete"):
        on = " ON ledger_economicevent" if connection.vendor == "postgresql" else ""
        connection.cursor().execute(f"DROP TRIGGER ledger_economicevent_no_{verb}{on}")
    connection.cursor().execute(statement, params)
    triggers.install(connection)


def test_a_healthy_database_has_no_problems(sealed: Bench) -> None:
    tasks.fold.call()
    assert checking.verify_database().problems == []


def test_a_rewritten_row_is_named(sealed: Bench) -> None:
    event = EconomicEvent.objects.order_by("pk")[1]
    unguarded("UPDATE ledger_economicevent SET flow = 'gift' WHERE id = %s", [event.pk])
    problems = checking.verify_database().problems
    assert {(problem.kind, problem.where) for problem in problems} == {("changed", event.public_id)}


def test_an_exchanged_agent_is_named(sealed: Bench) -> None:
    event = EconomicEvent.objects.order_by("pk")[0]
    unguarded(
        "UPDATE ledger_economicevent SET provider_id = %s WHERE id = %s",
        [sealed.neighbour.pk, event.pk],
    )
    assert [(problem.kind, problem.where) for problem in checking.verify_database().problems] == [
        ("changed", event.public_id)
    ]


@pytest.mark.parametrize("grain", Grain.values)
def test_a_wrong_sum_is_named(sealed: Bench, grain: str) -> None:
    rollups.fold(sealed.ctx())
    RollUp.objects.filter(flow="intake", grain=grain).update(quantity=1)
    where = f"{grain}s of centre {sealed.centre.public_id}"
    text = "sums differ from a full recount"
    assert checking.verify_database().problems == [Problem("roll-up", where, text)]
