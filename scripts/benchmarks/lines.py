"""The time and memory that a .env of a million lines takes."""

import os
import statistics
import time

from .check import has_dotenv
from .programs import Unmeasured, find, product

LINES = 1_000_000
ROUNDS = 3


def million(folder, lines):
    path = os.path.join(folder, f"{lines}.env")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        for number in range(lines):
            file.write(f"VARIABLE_{number:07d}=value-of-{number:010d}\n")
    return path


def measure(arguments, codes=(0,)):
    """Seconds, and the peak of the memory in MiB."""
    null = [(os.POSIX_SPAWN_OPEN, number, "/dev/null", os.O_RDWR, 0) for number in range(3)]
    before = time.perf_counter()
    pid = os.posix_spawn(arguments[0], arguments, {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, file_actions=null)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in codes:
        raise Unmeasured(f"{arguments[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - before, usage.ru_maxrss / 1024


def bench_lines(report, folder, options):
    careinit = product("careinit")
    hundredth, half, whole = (million(folder, LINES // part) for part in [100, 2, 1])
    size = os.path.getsize(whole) / 2**20
    commands = {
        # Nothing reads these names: check says so, and ends with 1.
        "careinit check": ([careinit, "check", whole], (1,)), "careinit check, half of it": ([careinit, "check", half], (1,)),
        "wc -l": ([find("wc"), "-l", whole], (0,))}
    python = next((path for path in ["/usr/bin/python3", find("python3")] if path and has_dotenv(path)), None)
    samples = {name: [measure(*command) for _ in range(min(options.rounds, ROUNDS))] for name, command in commands.items()}
    if python:
        # Its time grows with the square of the length.
        code = f"import dotenv; dotenv.dotenv_values({hundredth!r})"
        samples["python-dotenv, a hundredth of it (reads only)"] = [measure([python, "-c", code], (0,))]
    medians = {name: statistics.median(seconds for seconds, _ in values) for name, values in samples.items()}
    ours = medians["careinit check"]
    report.say(f"## A .env of {LINES:,} lines ({size:.0f} MiB)\n")
    report.table(["", "s", "of careinit check", "MiB at the peak", "times the file"], [
        [name, f"{medians[name]:.3f}", f"{medians[name] / ours:.2f}", f"{max(peak for _, peak in values):.0f}",
         f"{max(peak for _, peak in values) / size:.1f}"] for name, values in samples.items()])
    if not python:
        report.say("python-dotenv is absent: no python3 here has the module dotenv.\n")
    report.say(f"Aims: 0.3 s (measured: {ours:.2f}), memory at most 8 times the file, linear.\n")
