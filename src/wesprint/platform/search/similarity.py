"""Which words are near enough to be a slip of the keyboard.

Both databases propose words that share trigrams; what counts is decided here, so that both
agree to the word.
"""

from __future__ import annotations

from math import ceil

# PostgreSQL proposes from 0.3 on. A little more makes us independent of its rounding.
_LEAST_SIMILAR_PERCENT = 31
# Nobody misses the first key, but some do not know how a word begins: Wase, Cristall.
_SOUNDS = str.maketrans("vwcqzyj", "ffkksii")


def trigrams(word: str) -> frozenset[str]:
    """As pg_trgm cuts a word: two blanks before, one behind."""
    padded = f"  {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def allowed_edits(word: str) -> int:
    """0 below four letters, 1 below seven, else 2."""
    return (len(word) >= 4) + (len(word) >= 7)


def proposing_trigrams(word: str) -> list[str]:
    """As few trigrams as possible of which a similar word has at least one.

    A similar word shares at least 30 % of all; so that many less one may be left out, and those
    that half the vocabulary has are: the beginning and the end of the word.
    """
    known = trigrams(word)
    spare = ceil(0.3 * len(known)) - 1
    ordered = sorted(known, key=lambda one: (one.count(" "), one))
    return ordered[: max(1, len(ordered) - spare)]


def is_slip(asked: str, word: str) -> int | None:
    """The number of edits that make `asked` out of `word`, or None when it is another word."""
    edits = allowed_edits(asked)
    if abs(len(asked) - len(word)) > edits or not _same_start(asked, word):
        return None
    if _digits(asked) != _digits(word) or not _similar(asked, word):
        return None
    distance = edit_distance(asked, word)
    return distance if distance <= edits else None


def _same_start(one: str, other: str) -> bool:
    """A Tisch is not a Fisch, a Hose not a Dose: the first sound has to agree."""
    return one[:1].translate(_SOUNDS) == other[:1].translate(_SOUNDS)


def _digits(word: str) -> str:
    """A model 2500 is another one than 2400, never a slip of it."""
    return "".join(char for char in word if char.isdigit())


def _similar(one: str, other: str) -> bool:
    left, right = trigrams(one), trigrams(other)
    return 100 * len(left & right) >= _LEAST_SIMILAR_PERCENT * len(left | right)


def edit_distance(one: str, other: str) -> int:
    """Insert, delete, replace, or swap two neighbours: each counts one."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = min(
                last[column] + 1, current[column - 1] + 1, last[column - 1] + (char != against)
            )
            if row > 1 < column and one[row - 2] == against and char == other[column - 2]:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]
