"""``docs/mechanisms.md`` tells the truth: all 43 stand there, each command can be pasted, each test exists."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "mechanisms.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (A\d\d) \| .*? \| (.*?) \| `(test_\w+)` \|$", TABLE, flags=re.MULTILINE)
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_a*.py"))


def test_all_stand_there_with_a_test_of_their_number() -> None:
    assert [number for number, _, _ in ROWS] == [f"A{number:02}" for number in range(1, 44)]
    for number, _, test in ROWS:
        assert f"def {test}(" in TESTS, test
        assert number.lower() in test


@pytest.mark.long
def test_every_command_runs_as_it_is_pasted(tmp_path: Path) -> None:
    (preamble,) = re.findall(r"```sh\n(.*?)```", TABLE, flags=re.DOTALL)
    lines = [preamble.replace("8099", str(30_000 + os.getpid() % 20_000))]
    for number, shown, _ in ROWS:
        command = re.search(r"`([^`]+)`", shown)
        if command:
            lines.append(f'( {command.group(1)} ) > "$DIR/{number}.out" 2>&1; echo {number} $?')
    script = tmp_path / "paste.sh"
    script.write_text("\n".join(lines).replace('"$PWD/.venv/bin:$PATH"', f'"{Path(sys.executable).parent}:$PATH"'))

    done = subprocess.run(["bash", str(script)], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=600)

    ended = dict(line.split() for line in done.stdout.splitlines() if re.fullmatch(r"A\d\d \d+", line))
    assert {number: code for number, code in ended.items() if code != "0"} == {}, done.stderr[-2_000:]
    assert len(ended) == sum("`" in shown for _, shown, _ in ROWS)
