from pathlib import Path

import pytest
from run_benches import databases, is_result
from run_tests import missing, postgres_answers

NOWHERE = "postgresql://postgres@127.0.0.1:1/postgres"


def test_a_database_that_is_not_there_does_not_answer() -> None:
    assert postgres_answers(NOWHERE) is False


def test_what_cannot_run_is_told_with_the_way_to_enable_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("WESPRINT_CHROMIUM", raising=False)
    assert [line.split(":")[0] for line in missing(postgres=False)] == [
        "no browser tests",
        "nothing on PostgreSQL",
    ]
    monkeypatch.setenv("WESPRINT_CHROMIUM", "/opt/chromium")
    assert missing(postgres=True) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"job": "x", "value": 1.5, "unit": "ms", "conditions": {}}', True),
        ('{"job": "x", "value": 1.5, "unit": "ms"}', False),
        ("[1]", False),
        ("x took 3 ms", False),
    ],
)
def test_only_whole_results_count(line: str, expected: bool) -> None:
    assert is_result(line) is expected


def test_a_benchmark_runs_on_both_databases_unless_it_chooses_itself(tmp_path: Path) -> None:
    plain, choosing = tmp_path / "bench_a.py", tmp_path / "bench_b.py"
    plain.write_text("import os\n")
    choosing.write_text('os.environ["WESPRINT_TEST_POSTGRES"]\n')
    assert databases(plain, NOWHERE) == ["", NOWHERE]
    assert databases(plain, "") == [""]
    assert databases(choosing, NOWHERE) == [""]
