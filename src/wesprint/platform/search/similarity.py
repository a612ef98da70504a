"""Which words are near enough to be a slip of the keyboard.

Both databases propose words by the same stated rule; what counts is decided here, so that both
agree to the word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LEAST_SIMILAR_PERCENT = 31
# Nobody misses the first key, but some do not know how a word begins: Wase, Cristall.
_SOUNDS = str.maketrans("vwcqzyj", "ffkksii")
_SAME_SOUND = {
    char: tuple(sorted(same))
    for same in ("fvw", "kcq", "sz", "iyj")
    for char in same
}  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_PART = 4
# What must be left of a compound beside a part with a slip: a letter behind its modifier (an
# ending is enough, as for a word typed right), two before its head.
_LEFT_BEHIND, _LEFT_BEFORE = 1, 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """The words among which the slips are: long enough, and beginning with one of
    `beginnings`, ending on one of `endings` or having one of `inside` (3 letters) in them."""

    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    inside: tuple[str, ...]
    least_length: int

    def fits(self, word: str) -> bool:
        near = word.startswith(self.beginnings) or word.endswith(self.endings)
        return len(word) >= self.least_length and (near or any(one in word for one in self.inside))


def allowed_edits(word: str) -> int:
    """In a whole word that resembles the one asked for: 0 below four letters, 1 below seven,
    else 2."""
    return (len(word) >= 4) + (len(word) >= 7)


def certain_edits(word: str) -> int:
    """In any word and in parts of compounds: 0 below four letters, 1 below nine, else 2."""
    return (len(word) >= 4) + (len(word) >= 9)


def proposal(asked: str) -> Proposal:
    """Where slips of `asked` (four letters or more) are to be looked for.

    A whole word and a modifier begin with the first sound and the letter asked for, or there is
    the slip: then what comes behind is as it was asked. A head ends as was asked, or its slip
    is in the last three letters: then what comes before is. Of two slips one may be at an end;
    two at one end are not looked for.
    """
    return Proposal(
        _beginnings(asked),
        _endings(asked),
        tuple(dict.fromkeys((*_behind_the_start(asked), *_before_the_end(asked)))),
        len(asked) - allowed_edits(asked),
    )


def _beginnings(asked: str) -> tuple[str, ...]:
    """The first two letters, and what they are without or after a slip of order."""
    first, second, third = tuple(asked[:3])
    starts = [sound + second for sound in _sounds(first)]
    return tuple(dict.fromkeys((*starts, first + third, second + first)))


def _sounds(letter: str) -> tuple[str, ...]:
    return _SAME_SOUND.get(letter, (letter,))


def _behind_the_start(asked: str) -> tuple[str, ...]:
    if certain_edits(asked) == 2:
        return asked[4:7], asked[3:-3]
    if len(asked) > _SHORTEST_PART:
        return (asked[2:],)
    return (asked[1:], *(letter + asked[2:] for letter in _LETTERS))


def _endings(asked: str) -> tuple[str, ...]:
    """The last two letters, and what they are without or after a slip of order."""
    third, second, last = tuple(asked[-3:])
    ends = (second + last, last + second, third + last, third + second)
    return tuple(dict.fromkeys(ends))


def _before_the_end(asked: str) -> tuple[str, ...]:
    if certain_edits(asked) == 2:
        return asked[:3], asked[4:7]
    if len(asked) > _SHORTEST_PART:
        return (asked[: len(asked) - 2],)
    return tuple(asked[:2] + letter for letter in _LETTERS)


def whole_slips(asked: str, words: Sequence[str], *, resembling: bool) -> dict[str, int]:
    """The words of which `asked` is a slip, with the number of edits; 0 for itself.

    resembling: only those that share most of their letters' order with it. Otherwise also any
    one edit away (two for nine letters and more): for a word that nothing has as it is.
    """
    edits = allowed_edits(asked)
    least, most = len(asked) - edits, len(asked) + edits
    fitting = [word for word in words if least <= len(word) <= most and _may_be(asked, word)]
    certain = 0 if resembling else certain_edits(asked)
    near = _near(asked, fitting, edits)
    return {word: far for word, far in near.items() if far <= certain or _similar(asked, word)}


def part_slips(asked: str, words: Sequence[str]) -> dict[str, int]:
    """Compounds whose modifier or head `asked` is a slip of, with the number of edits."""
    edits = certain_edits(asked)
    found: dict[str, int] = {}
    shortest = max(min(_SHORTEST_PART + 1, len(asked)), len(asked) - edits)
    for length in range(shortest, len(asked) + edits + 1) if edits else ():
        for modifiers in (True, False):
            for word, far in _in_parts(asked, words, length, modifiers=modifiers):
                found[word] = min(far, found.get(word, far))
    return found


def _in_parts(
    asked: str, words: Iterable[str], length: int, *, modifiers: bool
) -> Iterator[tuple[str, int]]:
    """Compounds by their part of this length: many have the same one, it is compared once."""
    having: dict[str, list[str]] = defaultdict(list)
    cut: Callable[[str], str] = _beginning(length) if modifiers else _end(length)
    least = length + (_LEFT_BEHIND if modifiers else _LEFT_BEFORE)
    starts = {*_sounds(asked[0]), asked[1]}
    at = 0 if modifiers else -length
    for word in words:
        if len(word) >= least and word[at] in starts:
            having[cut(word)].append(word)
    parts = [part for part in having if _may_be(asked, part)]
    for part, far in _near(asked, parts, certain_edits(asked)).items():
        yield from ((word, far) for word in having[part])


def _beginning(length: int) -> Callable[[str], str]:
    return lambda word: word[:length]


def _end(length: int) -> Callable[[str], str]:
    return lambda word: word[-length:]


def _may_be(asked: str, word: str) -> bool:
    """A Tisch is not a Fisch, a Hose not a Dose: the first sound has to agree, or the first two
    letters are swapped. A model 2500 is another one than 2400, never a slip of it."""
    if not _same_start(asked, word) and asked[1::-1] != word[:2]:
        return False
    return _digits(asked) == _digits(word)


def _near(asked: str, words: Sequence[str], edits: int) -> dict[str, int]:
    """Insert, delete, replace, or swap two neighbours: each counts one."""
    found = process.extract(
        asked, words, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=None
    )
    return {word: int(far) for word, far, _index in found}


def _same_start(one: str, other: str) -> bool:
    return one[:1].translate(_SOUNDS) == other[:1].translate(_SOUNDS)


def _digits(word: str) -> str:
    if word.isalpha():
        return ""
    return "".join(char for char in word if char.isdigit())


def _trigrams(word: str) -> frozenset[str]:
    """Two blanks before, one behind."""
    padded = f"  {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _similar(one: str, other: str) -> bool:
    left, right = _trigrams(one), _trigrams(other)
    return 100 * len(left & right) >= _LEAST_SIMILAR_PERCENT * len(left | right)
