"""The programs that are measured, and what the system says of their processes."""

import os
import re
import shutil
import socket
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))


class Unmeasured(Exception):
    """Why a figure of ours is not there."""


def product(name):
    """A release program, where it was built."""
    path = os.path.join(ROOT, ".build", "release", name)
    if not os.access(path, os.X_OK):
        raise Unmeasured(f"{name} is not built: swift build -c release --static-swift-stdlib --product {name}")
    return path


def prepare():
    subprocess.run([os.path.join(ROOT, "scripts", "install"), "build", "run", "bench"], check=True, stdout=2)
    for name in ["careinit", "carenotes"]:
        subprocess.run(
            ["swift", "build", "--package-path", ROOT, "-c", "release", "--static-swift-stdlib", "--product", name],
            check=True, stdout=2, stdin=subprocess.DEVNULL)


def find(program):
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def first_line(arguments):
    result = subprocess.run(arguments, capture_output=True, text=True)
    return (result.stdout + result.stderr).strip().split("\n")[0]


def descendants(roots):
    """The processes and all their children, by pid."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                parents[int(name)] = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            pass
    found = {pid for pid in roots if pid in parents}
    while True:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more


def memory(pids):
    """MiB of the processes, pages that several share counted once (PSS; Linux 4.14, proc(5))."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                total += int(re.search(r"^Pss:\s+(\d+) kB", file.read(), re.M).group(1))
        except ProcessLookupError:
            pass
    return total / 1024


def processor_seconds(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total / os.sysconf("SC_CLK_TCK")


def free_ports(count):
    """The first of so many neighbouring free ports."""
    for first in range(20000, 32000, count):
        held = []
        try:
            for port in range(first, first + count):
                held.append(socket.socket())
                held[-1].bind(("127.0.0.1", port))
            return first
        except OSError:
            pass
        finally:
            for entry in held:
                entry.close()
    raise Unmeasured("no free port")


def require_passage(folder):
    """Under root, the services' own users must be able to pass: careinit would keep the state elsewhere otherwise."""
    os.chmod(folder, 0o711)
    while folder != "/" and os.geteuid() == 0:
        if not os.stat(folder).st_mode & 0o001:
            raise Unmeasured(f"other users may not pass through {folder}: set TMPDIR to a folder such as /tmp")
        folder = os.path.dirname(folder)


def provision(folder, words=()):
    result = subprocess.run(
        [product("careinit"), "provision", "--profile", "local", "--no-input",
         "--set", "RATE_LIMIT_MAX_REQUESTS=10000000", *words], cwd=folder,
        capture_output=True, text=True)
    if result.returncode != 0:
        raise Unmeasured("careinit provision ended with " + str(result.returncode) + ": " + result.stderr.strip())
