"""Checks an export of the ledger without the database and without Django.

    python -m wesprint.platform.ledger.verify EXPORT

says "sealed and unchanged", or how many events wait for the next seal, or first of all why not
and names the event that was changed, added, moved or is missing.
Somebody who can rewrite a whole export could also compute new hashes, but not so that a seal
that was published or noted elsewhere is still in the chain (`--seal`).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path

from wesprint.kernel.canonical import Json, parse
from wesprint.kernel.errors import DomainError, Invalid, NotFound
from wesprint.kernel.merkle import tree_root
from wesprint.platform.ledger.chain import FORMAT, VERSION, event_hash, genesis, seal_hash

FILE_NAME = "ledger.jsonl"
MOST_NAMED = 10  # findings a person is shown; --json tells all
LONGEST_LINE = 4 * 1024 * 1024
Record = Mapping[str, Json]
NotedSeals = Sequence[tuple[str, str]]  # house (slug or code in the ledger) and hash
_ID = re.compile(rb'"id":"([0-9A-Z]{10})"')
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was sealed.

    kind: changed, added, missing, moved, foreign, seal, unreadable, truncated, digest ...
    where: the event's public id, or what else is meant ("seal 3", "line 7").
    """

    kind: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


# What explains other findings comes before them: who cut the file off finds events missing too.
_CAUSES = ("truncated", "trigger", "unreadable", "foreign", "seal")


@dataclass(frozen=True, slots=True)
class Noted:
    """A seal noted elsewhere that is in the chain of its house, as number `number` of `of`."""

    house: str
    number: int
    of: int

    def __str__(self) -> str:
        return f"the seal you know of {self.house} is no. {self.number} of {self.of}"


@dataclass
class Report:
    """What was found. `seals` counts seals, `unsealed` events that no seal protects yet,
    `last_seals` maps each centre to the hash of its newest seal, `houses` to its slug."""

    events: int = 0
    seals: int = 0
    unsealed: int = 0
    last_seals: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    houses: dict[str, str] = field(default_factory=dict)
    noted: list[Noted] = field(default_factory=list)
    _known: set[tuple[str, str]] = field(default_factory=set, repr=False, compare=False)

    @property
    def unchanged(self) -> bool:
        return not self.problems

    @property
    def sealed(self) -> int:
        return self.events - self.unsealed

    @property
    def cause(self) -> Problem:
        """The finding that explains most of the others. Raises IndexError where all is well."""
        kinds = [problem.kind for problem in self.problems]
        first = next((kind for kind in _CAUSES if kind in kinds), kinds[0])
        return self.problems[kinds.index(first)]

    def add(self, kind: str, where: str, text: str) -> None:
        """Each finding once, in the words of its first sign."""
        if (kind, where) not in self._known:
            self._known.add((kind, where))
            self.problems.append(Problem(kind, where, text))


def noted_seal(text: str) -> tuple[str, str]:
    """HOUSE=HASH as it is typed. Raises Invalid."""
    house, _sign, digest = text.partition("=")
    digest = digest.strip().lower()
    if not house or not _HASH.fullmatch(digest):
        raise Invalid(
            f"--seal {text} is not of the form HOUSE=HASH.",
            next="A hash has 64 digits from 0 to f, as on the page of the house.",
        )
    return house, digest


def verify_export(path: Path, noted: NotedSeals = ()) -> Report:
    """Check a `.jsonl` export or the folder that holds it. Raises OSError if it cannot be read,
    Invalid if it is none, NotFound for a seal of a house that is not in it.

    noted: seals that are known from elsewhere, which its chains must still hold.
    """
    file = path / FILE_NAME if path.is_dir() else path
    check = _Check(noted)
    with file.open("rb") as handle:
        check.all(iter(lambda: handle.readline(LONGEST_LINE), b""))
    if not check.records:
        raise Invalid(f"{file} is not an export of the ledger.", next="See `wesprint export`.")
    return check.close()


def verify_lines(lines: Iterable[bytes], noted: NotedSeals = ()) -> Report:
    """Check the lines of an export one by one, keeping one seal in memory."""
    check = _Check(noted)
    check.all(lines)
    return check.close()


@dataclass
class _Open:
    """The seal whose events are being read."""

    name: str
    number: Json
    members: dict[str, tuple[int, str]]
    seen: set[str] = field(default_factory=set)
    read: int = 0  # lines of events so far, whole or broken

    def expected(self) -> str:
        """The event that belongs into the line being read; empty if that one came already."""
        here = next(islice(self.members, self.read, None), "")
        return "" if here in self.seen else here


def _id_of(record: Record) -> str:
    body = record.get("event")
    return str(body.get("id", "")) if isinstance(body, dict) else ""


class _Check:
    def __init__(self, noted: NotedSeals) -> None:
        self.report = Report()
        self.records = 0
        self._noted = noted
        self._wanted = {digest for _house, digest in noted}
        self._numbers: dict[tuple[str, str], int] = {}
        self._lengths: dict[str, int] = {}
        self._digest = sha256()
        self._centre = ""
        self._chain: tuple[int, str] = (0, "")
        self._seal: _Open | None = None
        self._ended = False
        self._centres: set[str] = set()
        self._unsealed_here = 0

    def all(self, lines: Iterable[bytes]) -> None:
        for number, line in enumerate(lines, 1):
            self.line(number, line)

    def line(self, number: int, line: bytes) -> None:
        where = f"line {number}"
        if self._ended:
            self.report.add("added", where, "stands behind the end")
            return
        record = self._read(where, line)
        kind = record.get("kind")
        if kind != "end":
            self._digest.update(line)
        if (number == 1) is not (kind == "export") and record:
            self.report.add("unreadable", where, "the head of the export is not where it belongs")
        self._dispatch(where, kind, record)

    def _read(self, where: str, line: bytes) -> Record:
        try:
            value = parse(line.removesuffix(b"\n"))
        except ValueError:
            value = None
        if isinstance(value, dict) and line.endswith(b"\n"):
            self.records += 1
            return value
        named = _ID.search(line)
        event = named[1].decode() if named else ""
        self._broken(where, event, "was changed, it is not readable any more")
        return {}

    def _broken(self, where: str, event: str, text: str) -> None:
        """A line of an event that cannot be read as one: named by its own id, else by the list
        of its seal."""
        known = self._seal.members if self._seal else {}
        name = event if event and (event in known or not known) else self._expected()
        if not name:
            self.report.add("unreadable", where, text)
            return
        self.report.events += 1
        self.report.add("changed", name, f"{text} ({where})")
        if self._seal is not None:
            self._seal.seen.add(name)
            self._seal.read += 1

    def _expected(self) -> str:
        return self._seal.expected() if self._seal else ""

    def _dispatch(self, where: str, kind: Json, record: Record) -> None:
        try:
            match kind:
                case "export":
                    self._head(where, record)
                case "centre":
                    self._begin_centre(where, record)
                case "seal":
                    self._begin_seal(record)
                case "event":
                    self._event(record)
                case "end":
                    self._end(record)
                case _ if "event" in record:
                    self._broken(where, _id_of(record), "was changed, it is of no known kind")
                case _ if record:
                    self.report.add("added", where, "is of no known kind")
        except (KeyError, TypeError, ValueError, AttributeError):
            text = "was changed, a part is missing or misshapen"
            if kind == "event":
                self._broken(where, _id_of(record), text)
            else:
                self.report.add("unreadable", where, text)

    def _head(self, where: str, record: Record) -> None:
        if (record["format"], record["version"]) != (FORMAT, VERSION):
            self.report.add("unreadable", where, "is of another format or version")

    # -- seals -----------------------------------------------------------------------------
    def _begin_centre(self, where: str, record: Record) -> None:
        self._end_seal()
        self._centre = str(record["centre"])
        if self._centre in self._centres:
            self.report.add("added", where, f"centre {self._centre} comes twice")
        self._centres.add(self._centre)
        self.report.houses[self._centre] = str(record.get("slug", ""))
        self._unsealed_here = 0
        self._chain = (0, genesis(self._centre))

    def _begin_seal(self, record: Record) -> None:
        self._end_seal()
        name = f"seal {record['number']} of centre {self._centre}"
        leaves = [(str(event), str(leaf)) for event, leaf in _pairs(record["leaves"])]
        self._check_chain(name, record)
        root = tree_root([bytes.fromhex(leaf) for _event, leaf in leaves]).hex()
        if (root, len(leaves)) != (record["root"], record["size"]):
            self.report.add("seal", name, "its list of events was changed")
        members = {event: (place, leaf) for place, (event, leaf) in enumerate(leaves)}
        self._seal = _Open(name, record["number"], members)
        self.report.seals += 1

    def _check_chain(self, name: str, record: Record) -> None:
        number, previous = self._chain
        if record["centre"] != self._centre:
            self.report.add("foreign", name, f"belongs to centre {record['centre']}")
        if seal_hash(record) != record["hash"]:
            self.report.add("seal", name, "was changed")
        if (record["number"], record["previous"]) != (number + 1, previous):
            self.report.add("seal", name, "does not continue the seal before it")
        self._chain = (number + 1, str(record["hash"]))
        self.report.last_seals[self._centre] = str(record["hash"])
        if record["hash"] in self._wanted:
            self._numbers[self._centre, str(record["hash"])] = number + 1
        self._lengths[self._centre] = number + 1

    def _end_seal(self) -> None:
        if self._seal is None:
            return
        for event in self._seal.members:
            if event not in self._seal.seen:
                self.report.add("missing", event, f"is missing, {self._seal.name} holds it")
        self._seal = None

    # -- events ----------------------------------------------------------------------------
    def _event(self, record: Record) -> None:
        body = record["event"]
        if not isinstance(body, dict):
            raise TypeError("an event is an object")
        found = event_hash(body)
        # asked for before anything is counted: what lacks one of them is a broken line
        _seal, _position, centre = record["seal"], record["position"], body["centre"]
        event = self._name_of(str(body["id"]), record)
        if record["seal"] is None:
            self._end_seal()
            self._unsealed(event, record)
        else:
            self._sealed(event, found, record)
        if found != record.get("leaf"):  # a missing hash is the event's change too
            self.report.add("changed", event, "was changed, it does not fit its hash")
        if centre != self._centre:
            self.report.add("foreign", event, f"belongs to centre {centre}")
        self.report.events += 1

    def _name_of(self, event: str, record: Record) -> str:
        """Its id; where only that was changed, the id under which the seal keeps its hash."""
        if self._seal is None or event in self._seal.members:
            return event
        expected = self._seal.expected()
        if not expected or record.get("leaf") != self._seal.members[expected][1]:
            return event
        self.report.add("changed", expected, f"was changed, it calls itself {event}")
        return expected

    def _unsealed(self, event: str, record: Record) -> None:
        if record["position"] != self._unsealed_here:
            self.report.add("moved", event, "does not stand where it was exported")
        self._unsealed_here += 1
        self.report.unsealed += 1

    def _sealed(self, event: str, found: str, record: Record) -> None:
        if self._seal is None or event not in self._seal.members:
            self.report.add("added", event, "was added, no seal holds it here")
            return
        self._seal.read += 1
        place, leaf = self._seal.members[event]
        if found != leaf:
            self.report.add("changed", event, f"was changed, {self._seal.name} holds another hash")
        if event in self._seal.seen:
            self.report.add("added", event, "stands here twice")
        in_order = (self._seal.number, place, place)
        if (record["seal"], record["position"], len(self._seal.seen)) != in_order:
            self.report.add("moved", event, f"does not stand at its place in {self._seal.name}")
        self._seal.seen.add(event)

    # -- end -------------------------------------------------------------------------------
    def _end(self, record: Record) -> None:
        self._end_seal()
        self._ended = True
        told = (record["events"], record["seals"], record["digest"])
        found = (self.report.events, self.report.seals, self._digest.hexdigest())
        if told != found and self.report.unchanged:
            self.report.add("digest", "the export", "differs from what was written, as a whole")

    def close(self) -> Report:
        self._end_seal()
        if not self._ended:
            self.report.add("truncated", "the export", "breaks off before its end")
        for house, digest in self._noted:
            self._compare(house, digest)
        return self.report

    def _compare(self, house: str, digest: str) -> None:
        centre = self._centre_of(house)
        length = self._lengths.get(centre, 0)
        if number := self._numbers.get((centre, digest)):
            self.report.noted.append(Noted(house, number, length))
        else:
            text = f"the seal you know ({digest[:12]}...) is none of its {counted(length, 'seal')}"
            self.report.add("seal", f"centre {house}", text)

    def _centre_of(self, house: str) -> str:
        for centre, slug in self.report.houses.items():
            if house in (centre, slug):
                return centre
        held = [f"{slug} ({code})" if slug else code for code, slug in self.report.houses.items()]
        raise NotFound(
            f"There is no house {house} in these books.",
            next=f"They hold {', '.join(held) or 'none'}.",
        )


def _pairs(value: Json) -> Iterator[Sequence[Json]]:
    if not isinstance(value, list):
        raise TypeError("a list of pairs")
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            raise TypeError("a pair")
        yield pair


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# -- command line ----------------------------------------------------------------------------
def render(report: Report) -> str:
    """The report for a person to read, one line each: what is wrong first, and not all of it."""
    lines = [verdict(report), f"{counted(report.events, 'event')}, {_sealed_words(report)}"]
    if not report.unchanged:
        lines += [*_named(report), ""]
    lines += [
        f"newest seal of {report.houses.get(at) or 'centre'} ({at}): {made}"
        for at, made in report.last_seals.items()
    ]
    return "\n".join([*lines, *map(str, report.noted)])


def verdict(report: Report) -> str:
    """In one line: unchanged and how far that is sealed, or not and why."""
    if not report.unchanged:
        found = counted(len(report.problems), "finding")
        return f"NOT as it was sealed: {report.cause} ({found})"
    if not report.seals:
        return "unchanged, nothing is sealed yet"
    if report.unsealed:
        return f"unchanged, {_sealed_words(report)}"
    return "sealed and unchanged"


def _sealed_words(report: Report) -> str:
    """ "8 sealed by 2 seals, 3 wait for the next seal"."""
    words = f"{report.sealed} sealed by {counted(report.seals, 'seal')}"
    if not report.unsealed:
        return words
    waits = "waits" if report.unsealed == 1 else "wait"
    return f"{words}, {report.unsealed} {waits} for the next seal"


def _named(report: Report) -> list[str]:
    first = sorted(report.problems, key=lambda problem: problem != report.cause)
    left = len(first) - MOST_NAMED
    more = [f"and {left} more; --json names all"] if left > 0 else []
    return [f"  {problem}" for problem in first[:MOST_NAMED]] + more


def as_json(report: Report) -> dict[str, object]:
    return {
        "unchanged": report.unchanged,
        "cause": None if report.unchanged else str(report.cause),
        "events": report.events,
        "seals": report.seals,
        "sealed": report.sealed,
        "unsealed": report.unsealed,
        "last_seals": report.last_seals,
        "noted": [asdict(noted) for noted in report.noted],
        "problems": [
            {"kind": problem.kind, "where": problem.where, "text": problem.text}
            for problem in report.problems
        ],
    }


def main(argv: Sequence[str] | None = None) -> int:
    """0: unchanged. 1: not as it was sealed. 2: there is nothing to read."""
    parser = argparse.ArgumentParser(prog="verify", description="Check an export of the ledger.")
    parser.add_argument("export", type=Path, help="the .jsonl file, or the folder that holds it")
    parser.add_argument("--seal", action="append", default=[], metavar="HOUSE=HASH")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(argv)
    try:
        report = verify_export(options.export, [noted_seal(text) for text in options.seal])
    except (OSError, DomainError) as error:
        sys.stderr.write(f"cannot check {options.export}: {error}\n")
        return 2
    sys.stdout.write((json.dumps(as_json(report)) if options.json else render(report)) + "\n")
    return 0 if report.unchanged else 1


if __name__ == "__main__":
    sys.exit(main())
