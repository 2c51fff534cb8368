"""All secrets of a running stack changed under a steady load: how long it takes, and what those feel who use it."""

import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from proofs.stack import CARELOAD, ProofFailure, running_stack, summary  # noqa: E402

from .programs import Unmeasured, product

RATE = 200
CONNECTIONS = 32
PATHS = ["/api/health", "/api/notes?resident_id={resident}&limit=20", "/api/residents?limit=20", "/api/residents/{resident}"]
# No rotation takes longer; the load is ended with it.
LONGEST = 300


def loaded(stack, ledger, act):
    """What careload counted while something was done, from its first acknowledged write on."""
    load = stack.load(ledger, RATE, LONGEST, CONNECTIONS, PATHS)
    try:
        path = os.path.join(stack.folder, ledger)
        while load.poll() is None and not (os.path.exists(path) and os.path.getsize(path) > 500):
            time.sleep(0.05)
        result = act()
    finally:
        load.terminate()
        counted = summary(load)
    kept, found = stack.verify(ledger)
    if not kept:
        raise Unmeasured(f"notes were lost: {found[:300]}")
    return counted, result


def rotate(stack):
    """Seconds from the call until every service uses the new secrets, and until it ends."""
    begin, published, publishing = time.monotonic(), None, False
    process = subprocess.Popen(
        [os.path.join(stack.programs, "careinit"), "rotate-secrets", "--all"], cwd=stack.folder, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = []
    for line in process.stderr:
        said.append(f"{time.monotonic() - begin:6.2f} {line.rstrip()}")
        if publishing and published is None:  # The step behind it begins.
            published = time.monotonic() - begin
        publishing = "services come to use the new ones" in line
    if process.wait() != 0 or published is None:
        raise Unmeasured("rotate-secrets --all: " + "\n".join(said[-5:]))
    if os.environ.get("CARE_BENCH_STEPS"):
        print("\n".join(said), file=sys.stderr)
    return published, time.monotonic() - begin


def retire(stack):
    """There can be two of each secret only; tokens of the old key end with it."""
    stack.careinit("rotate-secrets", "--due", "--no-backups-need-it", "--retire-now", "JWT_SECRET", "--retire-now",
                   "JWT_REFRESH_SECRET")
    stack.write_token()


def one_round(stack, number):
    during, (published, whole) = loaded(stack, f"during-{number}", lambda: rotate(stack))
    retire(stack)
    return during, published, whole


def bench_rotation(report, folder, options):
    rounds = min(options.rounds, 3)
    programs = os.path.dirname(product("carenotes"))
    if not os.access(os.path.join(CARELOAD, "careload"), os.X_OK):
        raise Unmeasured("careload is not built: swift build --product careload")
    try:
        with running_stack("bench", programs=programs) as stack:
            loaded(stack, "warm", lambda: time.sleep(5))
            rows = []
            for number in range(rounds):
                before, _ = loaded(stack, f"before-{number}", lambda: time.sleep(15))
                rows.append((before, *one_round(stack, number)))
    except ProofFailure as failure:
        raise Unmeasured(str(failure)) from failure
    tell(report, rows)


def tell(report, rows):
    report.say(f"## All secrets changed under {RATE} requests/s ({len(rows)} rounds)\n")
    ratios = [during["latency_ms"]["p99"] / before["latency_ms"]["p99"] for before, during, _, _ in rows]
    report.table(["round", "s until published", "s until it ended", "requests", "failed", "p50 before, ms", "p50 during, ms",
                  "p99 before, ms", "p99 during, ms", "p99 during of before"], [
        [number, f"{published:.1f}", f"{whole:.1f}", during["sent"], during["failed"] + before["failed"],
         f"{before['latency_ms']['p50']:.1f}", f"{during['latency_ms']['p50']:.1f}", f"{before['latency_ms']['p99']:.1f}",
         f"{during['latency_ms']['p99']:.1f}", f"{ratio:.2f}"]
        for number, ((before, during, published, whole), ratio) in enumerate(zip(rows, ratios), 1)])
    report.say("`careinit rotate-secrets --all`: every secret that careinit makes, seven of the .env and four of the stack's own; native"
               f" stack of release programs, load through nginx over {CONNECTIONS} connections, three of ten requests writing; before: 15 s"
               " of the same load. Latency from when each request was due; load, stack and careinit share the machine's cores. Failed is"
               " counted after one retry on a connection that closed before any byte of the reply; every acknowledged note was there"
               " afterwards. Aims: published in under 60 s, no failed request, p99 at most 2.00 of before (median:"
               f" {statistics.median(ratios):.2f}).\n")
