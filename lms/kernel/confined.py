"""Programs that read what strangers made, with limits: so much time, memory and disk, no network, no orphan.

`python` runs a module of ours that limits itself (`limit`); `program` runs another program through
this module, which limits itself and then becomes it. Limits are the system's own (setrlimit): a
picture or video that outgrows them ends its process and nothing else. Where the system allows it to
anybody (Linux with user namespaces), the process has no network at all.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARENT_DEATH, NO_NEW_PRIVILEGES = 1, 38
"""What prctl(2) calls a signal at the parent's death, and never to gain rights."""
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
"""What unshare(2) calls a namespace of users, and one of networks: an empty one."""


@dataclass(frozen=True)
class Limits:
    """What a process may use."""

    seconds: int
    """Of the processor."""
    memory: int
    """Bytes it may address."""
    file: int
    """Bytes of the largest file it may write."""


def python(module: str, data: bytes, limits: Limits) -> bytes:
    """Run a module of ours on these bytes; return what it wrote, nothing if it was stopped or failed."""
    command = [sys.executable, "-m", module]
    try:
        done = subprocess.run(  # noqa: S603  (our own module)
            command, input=data, capture_output=True, cwd=ROOT, env=_environment(), timeout=4 * limits.seconds
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""


def program(command: Sequence[str], limits: Limits) -> "subprocess.Popen[bytes]":
    """Start a program; it ends when we do. Its input is empty, its output and its errors are one pipe."""
    told = [str(limits.seconds), str(limits.memory), str(limits.file)]
    return subprocess.Popen(  # noqa: S603  (the caller names the program)
        [sys.executable, "-m", "lms.kernel.confined", *told, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env=_environment(),
    )


def limit(limits: Limits) -> None:
    """Limit this process, for good."""
    for kind, most in (
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        system.prctl(PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
        system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        system.unshare(NEW_USER | NEW_NETWORK)  # Refused on some systems; the other limits hold there.


def _environment() -> dict[str, str]:
    """No setting, key or password of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


if __name__ == "__main__":
    seconds, memory, file = (int(number) for number in sys.argv[1:4])
    limit(Limits(seconds, memory, file))
    os.nice(10)  # Kiosks come first.
    os.execv(sys.argv[4], sys.argv[4:])  # noqa: S606  (that is what it is for)
