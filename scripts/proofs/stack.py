"""A stack of a proof's own, and careload beside it."""

import contextlib
import json
import os
import re
import subprocess
import tempfile
import time

from benchmarks.programs import free_ports

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
# The programs of another build may be proved, such as the release's.
PROGRAMS = os.environ.get("CARE_PROGRAMS") or os.path.join(ROOT, ".build", "debug")
# Tests/Load has no release.
CARELOAD = os.path.join(ROOT, ".build", "debug")


class ProofFailure(Exception):
    """What could not be done, so that nothing is proved."""


class Stack:
    """A running stack in a folder that is gone afterwards."""

    def __init__(self, folder, programs):
        self.folder, self.programs = folder, programs
        self.token_file = os.path.join(folder, "token")

    def careinit(self, *words, check=True):
        result = subprocess.run(
            [os.path.join(self.programs, "careinit"), *words], cwd=self.folder, capture_output=True, text=True,
            stdin=subprocess.DEVNULL)
        if check and result.returncode != 0:
            raise ProofFailure(f"careinit {words[0]} ended with {result.returncode}: {result.stderr.strip()[-2000:]}")
        return result

    def setting(self, name):
        with open(os.path.join(self.folder, ".env")) as file:
            return re.search(rf"^{name}=(.*)$", file.read(), re.M).group(1)

    def port(self, name):
        return int(self.setting(name))

    @property
    def authority(self):
        return os.path.join(self.folder, "certs", "fullchain.pem")

    def write_token(self):
        token = self.careinit("token", "--role", "manager", "--lifetime", "12h").stdout
        with open(os.open(self.token_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(token)

    def token(self):
        with open(self.token_file) as file:
            return file.read().strip()

    def processes(self, pattern, anywhere=False):
        """The pids whose command line matches, the oldest first; it holds the stack's folder, too, unless it may not."""
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    words = file.read().replace(b"\0", b" ").decode(errors="replace")
                if (anywhere or self.folder in words) and re.search(pattern, words):
                    with open(f"/proc/{name}/stat") as file:
                        started = int(file.read().rpartition(")")[2].split()[19])
                    found.append((started, int(name)))
        return [pid for _, pid in sorted(found)]

    def process(self, pattern, anywhere=False):
        found = self.processes(pattern, anywhere)
        if not found:
            raise ProofFailure(f"no process matches {pattern}")
        return found[0]

    def member(self, role):
        """The PostgreSQL member in that role, in Patroni's words, which may be some seconds behind a change."""
        configuration = os.path.join(self.folder, ".careinit/generations/current/pg-1/patroni.yml")
        end = time.monotonic() + 20
        while time.monotonic() < end:
            listed = subprocess.run(
                ["patronictl", "-c", configuration, "list", "--format", "json"], capture_output=True, text=True)
            for row in json.loads(listed.stdout or "[]"):
                if row["Role"] in role.split("|"):
                    return row["Member"]
            time.sleep(0.5)
        raise ProofFailure(f"no member is {role}")

    def wait_until_healthy(self, seconds=120):
        end = time.monotonic() + seconds
        while self.careinit("status", check=False).returncode != 0:
            if time.monotonic() > end:
                raise ProofFailure(f"the stack did not become healthy again within {seconds} s")
            time.sleep(1)

    def load(self, ledger, rate, seconds, connections, paths):
        """Starts careload; its summary is the line that it prints."""
        return subprocess.Popen(
            [*self._careload("run", ledger), "--rate", f"{rate}/s", "--connections", str(connections),
             "--duration", str(seconds), "--paths", ",".join(paths)],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)

    def verify(self, ledger):
        """Whether each acknowledged note is stored once and unchanged, and what was found."""
        result = subprocess.run(self._careload("verify", ledger), cwd=self.folder, capture_output=True, text=True)
        return result.returncode == 0, (result.stdout + result.stderr).strip()

    def _careload(self, command, ledger):
        return [os.path.join(CARELOAD, "careload"), command, "--url", self.setting("APP_URL"), "--ca", self.authority,
                "--token-file", self.token_file, "--ledger", os.path.join(self.folder, ledger)]


def summary(load):
    """What a run of careload counted."""
    output, errors = load.communicate()
    if not output.startswith("{"):
        raise ProofFailure(f"careload: {errors.strip()}")
    return json.loads(output)


@contextlib.contextmanager
def running_stack(name, *settings, programs=PROGRAMS):
    """Provisions and starts one on free ports, and takes it down whatever happens."""
    with tempfile.TemporaryDirectory(prefix=f"careinit-{name}-", dir="/tmp") as folder:
        os.chmod(folder, 0o711)
        stack = Stack(folder, programs)
        # The usual ports are left to whoever works on this machine meanwhile; careinit itself finds the others. And one token
        # asks for all that is sent here.
        stack.careinit(
            "provision", "--profile", "local", "--no-input", "--set", f"PORT={free_ports(3)}",
            "--set", "RATE_LIMIT_MAX_REQUESTS=10000000", *settings)
        try:
            stack.careinit("up")
            stack.write_token()
            yield stack
        finally:
            stack.careinit("down", check=False)
