"""The whole stack: how soon it is healthy, and its memory."""

import os
import signal
import statistics
import subprocess
import sys
import time

from .programs import Unmeasured, descendants, memory, product, provision


def stack_processes(folder):
    """The stack's processes: supervisord, which runs from this folder, and everything below it."""
    roots = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/cmdline", "rb") as file:
                words = file.read().decode(errors="replace")
        except OSError:
            continue
        if folder in words and int(name) != os.getpid():
            roots.append(int(name))
    return descendants(roots)


def one_stack(folder, measure_memory):
    """Seconds until healthy, and MiB when idle."""
    provision(folder)
    careinit = product("careinit")
    try:
        start = time.monotonic()
        up = subprocess.run([careinit, "up"], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        seconds = time.monotonic() - start
        if up.returncode != 0:
            raise Unmeasured(f"careinit up ended with {up.returncode}:\n{up.stderr.strip()[-2000:]}")
        if not measure_memory:
            return seconds, None, 0
        time.sleep(20)
        pids = stack_processes(folder)
        return seconds, memory(pids), len(pids)
    finally:
        subprocess.run([careinit, "down"], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL)
        for pid in stack_processes(folder):
            end_leftover(pid)


def end_leftover(pid):
    try:
        os.kill(pid, signal.SIGKILL)
        print(f"scripts/bench: ended process {pid}, which careinit down had left", file=sys.stderr)
    except ProcessLookupError:
        pass


def bench_up(report, folder, options):
    seconds, mebibytes, count, rounds = [], None, 0, min(options.rounds, 3)
    for number in range(rounds):
        place = os.path.join(folder, f"s{number}")
        os.mkdir(place, 0o711)
        taken, used, processes = one_stack(place, measure_memory=number == rounds - 1)
        seconds.append(taken)
        mebibytes, count = (used, processes) if used is not None else (mebibytes, count)
    report.say(f"## The whole stack, from nothing ({rounds} rounds)\n")
    report.table(["", "measured", "aim", "a prototype"], [
        ["`careinit up` to healthy, s", f"{statistics.median(seconds):.1f} ({min(seconds):.1f}–{max(seconds):.1f})",
         "under 15", "8–12"],
        [f"memory when idle, MiB (PSS of {count} processes)", f"{mebibytes:.0f}", "under 512", "390"]])
