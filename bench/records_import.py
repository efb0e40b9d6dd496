"""`records import` of real learning records against a bare `executemany` of the same rows.

Each round, in a fresh SQLite file made by the migrations: the command brings in both files;
it does so again and must store nothing; then the very rows that it stored go into a
second such file by one `executemany` of the driver, in one transaction, indexes, checks and
sync included. Printed: rows per second, their ratio, the peak memory of the command.

    python -m bench.records_import
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
FILES = [ROOT.parent / "shared/data" / name for name in ("oulad-2013B.jsonl.gz", "oulad-2013J.jsonl.gz")]
TABLES = ("activities", "foreign_actors", "learning_records")
ROUNDS = 3
LEAST_RATIO = 1 / 5
MOST_MEGABYTES = 300


def flask(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "LMS_INSTANCE_DIR": str(folder), "LMS_DATABASE_URL": "", "LMS_SECRET_KEY": "bench"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def brought_in(folder: Path, files: list[Path]) -> tuple[int, float]:
    """Return how many statements were stored, and the seconds that the commands took from start to end."""
    stored, began = 0, time.perf_counter()
    for file in files:
        stored += json.loads(flask(folder, "records", "import", str(file), "--json"))["stored"]
    return stored, time.perf_counter() - began


def connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "lms.sqlite", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def bare(source: Path, target: Path) -> float:
    """Return the seconds that a bare insert of the same learning records takes."""
    rows = {table: connect(source).execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    connection = connect(target)
    for table in TABLES:
        places = ",".join("?" * len(rows[table][0]))
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows[table])
        connection.execute("COMMIT")
        seconds = time.perf_counter() - began
    return seconds


def one_round() -> dict[str, float]:
    """Return rows per second: of the command, without its start, of its second run, of the bare insert."""
    with tempfile.TemporaryDirectory() as name:
        ours, floor, nothing = Path(name, "ours"), Path(name, "floor"), Path(name, "nothing.jsonl")
        nothing.touch()
        for folder in (ours, floor):
            flask(folder, "db", "upgrade", "-d", "migrations")
        _, start = brought_in(ours, [nothing] * len(FILES))
        stored, seconds = brought_in(ours, FILES)
        again, seconds_again = brought_in(ours, FILES)
        if again:
            raise SystemExit(f"the second run stored {again} records")
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        return {
            "megabytes": megabytes,
            "whole": stored / seconds,
            "import": stored / (seconds - start),
            "again": stored / (seconds_again - start),
            "bare": stored / bare(ours, floor),
        }


def main() -> int:
    missing = [file.name for file in FILES if not file.exists()]
    if missing:
        print(f"records import: not measured, {', '.join(missing)} not beside the repository")
        return 0
    rounds = [one_round() for _ in range(ROUNDS)]
    ours = {name: median(found[name] for found in rounds) for name in rounds[0]}
    ratio = median(found["import"] / found["bare"] for found in rounds)
    # Of the first round: a process counts what its parent held when it was made, and ours then holds the rows.
    megabytes = rounds[0]["megabytes"]
    print(f"records import of both files, median of {ROUNDS}:")
    print(f"  import           {ours['import']:9,.0f} rows/s, {ours['whole']:,.0f} with the start of two commands")
    print(f"  import again     {ours['again']:9,.0f} rows/s, nothing stored")
    print(f"  bare executemany {ours['bare']:9,.0f} rows/s")
    print(f"  import / bare    {ratio:9.2f}   at least {LEAST_RATIO:.2f}")
    print(f"  peak memory      {megabytes:9.0f} MB  under {MOST_MEGABYTES}")
    return int(ratio < LEAST_RATIO or megabytes > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
