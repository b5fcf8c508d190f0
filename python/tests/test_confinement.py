from __future__ import annotations

from pathlib import Path

from headrace_runner.confinement import outside


def test_everything_but_the_hidden_folders_is_covered(tmp_path: Path) -> None:
    hidden = tmp_path / "home" / "ann"
    beside = tmp_path / "home" / "shared"
    hidden.mkdir(parents=True)
    beside.mkdir()
    kept = outside([str(hidden)])
    assert str(beside) in kept
    assert not any(str(hidden).startswith(f"{path}/") or str(hidden) == path for path in kept)


def test_nothing_is_hidden_where_there_is_no_home() -> None:
    assert outside(["", "/"]) == ["/"]
