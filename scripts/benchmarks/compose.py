"""The whole stack in containers: how soon it is healthy, and its memory, against the same stack natively."""

import os
import statistics
import subprocess
import time

from .programs import ROOT, Unmeasured, descendants, memory, product, provision
from .stack import one_stack


def docker(*words):
    return subprocess.run(["docker", *words], capture_output=True, text=True).stdout.split()


def project_of(folder):
    with open(os.path.join(folder, ".careinit", "run", "docker-compose.ha.yml")) as file:
        return next(line.split()[1] for line in file if line.startswith("name: "))


def container_processes(project):
    """The processes in the containers, and the shims that Docker keeps beside them."""
    names = docker("ps", "--quiet", "--filter", f"label=com.docker.compose.project={project}")
    firsts = [int(pid) for pid in docker("inspect", "--format", "{{.State.Pid}}", *names)]
    shims = []
    for pid in firsts:
        with open(f"/proc/{pid}/stat") as file:
            shims.append(int(file.read().rpartition(")")[2].split()[1]))
    inside = descendants(firsts)
    return inside, set(shims)


def one_compose_stack(folder, measure_memory):
    """Seconds until healthy, MiB in the containers and of the shims when idle."""
    provision(folder)
    careinit = product("careinit")
    try:
        start = time.monotonic()
        up = subprocess.run(
            [careinit, "up", "--runtime", "compose"], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        seconds = time.monotonic() - start
        if up.returncode != 0:
            raise Unmeasured(f"careinit up --runtime compose ended with {up.returncode}:\n{up.stderr.strip()[-2000:]}")
        if not measure_memory:
            return seconds, None, None
        time.sleep(20)
        inside, shims = container_processes(project_of(folder))
        return seconds, memory(inside), memory(shims)
    finally:
        subprocess.run([careinit, "down"], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL)
        try:
            for volume in docker("volume", "ls", "--quiet", "--filter", f"label=com.docker.compose.project={project_of(folder)}"):
                docker("volume", "rm", volume)
        except OSError:
            pass  # It was never started.


def build_images():
    engine = subprocess.run([os.path.join(ROOT, "scripts", "engine"), "start"], stdout=2, stdin=subprocess.DEVNULL)
    if engine.returncode != 0:
        raise Unmeasured("no Docker Engine could be started here (scripts/engine start)")
    with open("/etc/os-release") as file:
        release = next(line.split("=")[1].strip() for line in file if line.startswith("VERSION_CODENAME="))
    build = subprocess.run(
        [product("careinit"), "images", "build", "--network", "host", "--base", "careinit-base:trixie",
         "--carenotes-base", f"careinit-base:{release}"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if build.returncode != 0:
        raise Unmeasured(f"careinit images build ended with {build.returncode}:\n{build.stderr.strip()[-2000:]}")


def spread(seconds):
    return f"{statistics.median(seconds):.1f} ({min(seconds):.1f}–{max(seconds):.1f})"


def bench_compose(report, folder, options):
    if os.geteuid() != 0:
        raise Unmeasured("only root can give containers their secrets")
    build_images()
    rounds = min(options.rounds, 3)
    ours, native = [], []
    for number in range(rounds):
        places = [os.path.join(folder, f"{kind}{number}") for kind in "cn"]
        for place in places:
            os.mkdir(place, 0o711)
        last = number == rounds - 1
        taken, inside, shims = one_compose_stack(places[0], last)
        ours.append(taken)
        taken, used, _ = one_stack(places[1], last)
        native.append(taken)
    report.say(f"## The whole stack in containers, images built ({rounds} rounds, natively by turns)\n")
    report.table(["", "containers", "natively"], [
        ["`careinit up` to healthy, s", spread(ours), spread(native)],
        ["memory when idle, MiB (PSS)", f"{inside:.0f}, and {shims:.0f} of Docker's shims", f"{used:.0f}"]])
