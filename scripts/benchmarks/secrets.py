"""Many secrets at once, against openssl(1), which makes one a process."""

import statistics

from .check import process_time
from .programs import Unmeasured, find, first_line, product

COUNT = 100_000
# Calls of openssl in each round: all of them would take minutes, and each is like the others.
CALLS = 2_000
# As many bits as 43 characters of 64 have, and what `check` proposes where careinit is not at hand.
BYTES = 33


def seconds(arguments, calls=1):
    """From start to end, and of processor, of all the calls."""
    samples = [process_time(arguments) for _ in range(calls)]
    return [sum(column) / 1000 for column in zip(*samples)]


def bench_secrets(report, folder, options):
    openssl, careinit = find("openssl"), product("careinit")
    if openssl is None:
        raise Unmeasured("openssl(1) is missing")
    rounds = min(options.rounds, 5)
    ours, calls, floor = [], [], []
    for _ in range(rounds):
        ours.append(seconds([careinit, "generate", "--count", str(COUNT)]))
        calls.append([sample * COUNT / CALLS for sample in seconds([openssl, "rand", "-base64", str(BYTES)], CALLS)])
        floor.append(seconds([openssl, "rand", "-base64", str(BYTES * COUNT)]))
    report.say(f"## {COUNT:,} secrets ({rounds} rounds)\n")
    rows = []
    for name, samples in [
            (f"careinit generate --count {COUNT}", ours),
            (f"openssl rand -base64 {BYTES}, {COUNT:,} calls: {CALLS:,} were made, times {COUNT // CALLS}", calls),
            (f"openssl rand -base64 {BYTES * COUNT}, once: random bytes, and no secrets", floor)]:
        walls, processors = zip(*samples)
        times = statistics.median(processors) / statistics.median(sample[1] for sample in ours)
        rows.append([name, f"{statistics.median(walls):.3f}", f"{min(walls):.3f}–{max(walls):.3f}",
                     f"{statistics.median(processors):.3f}", f"{times:.2f}"])
    report.table(["", "s", "range", "s of processor", "processor, of careinit generate"], rows)
    report.say(f"openssl(1) makes one secret a process, so that its calls are mostly starts of a process: {CALLS:,} of them are timed one"
               f" after the other, without a shell, and multiplied. One call for all bytes is the floor. {first_line([openssl, 'version'])}.\n")
