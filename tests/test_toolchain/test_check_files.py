from pathlib import Path

from .conftest import Check


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_long_files_and_work_left_for_later_are_told(tree: Path, check: Check) -> None:
    later = "TO" + "DO"
    write(tree / "src/long.py", "x = 1\n" * 501)
    write(tree / "src/reasoned.py", "# Longer than 500 lines because it is a table.\n" * 501)
    write(tree / "src/short.py", f"x = 1\n# {later} tomorrow\n")
    assert check("check_files.py") == (
        1,
        [
            'src/long.py: 501 lines; split it, or say in it "Longer than 500 lines because ..."',
            f"src/short.py:2: work left for later: # {later} tomorrow",
            "files: 2 to mend",
        ],
    )


def test_a_tidy_tree_passes_silently(tree: Path, check: Check) -> None:
    write(tree / "src/short.py", "x = 1\n" * 500)
    assert check("check_files.py") == (0, [])
