"""The process time of `careinit check`."""

import os
import secrets
import statistics
import subprocess
import time

from .programs import ROOT, Unmeasured, find, first_line, product


VARIABLES = 120
KINDS = [
    ("port(min=1024)", lambda n: str(20000 + n)), ("boolean", lambda n: "true"), ("email", lambda n: f"a{n}@care.co.uk"),
    ("url", lambda n: f"https://host{n}.care.co.uk/path"), ("duration", lambda n: f"{n + 1}m"),
    ("enum(debug, info, warn, error)", lambda n: "info"), ("number(min=0)", lambda n: str(n)),
    ("string(minLength=1, maxLength=60)", lambda n: f"'Some words number {n}'"),
]


def generated(folder):
    """A .env of 120 variables of every kind, a tenth of them secrets, and the template that it fits."""
    template, lines = ["# @defaultRequired=false @defaultSensitive=false", "# ---", ""], []
    for number in range(VARIABLES):
        kind, value = KINDS[number % len(KINDS)]
        text, mark = value(number), ""
        if number % 10 == 9:
            kind, mark, text = "string(minLength=32)", " @sensitive", secrets.token_urlsafe(32)
        template += [f"# What variable {number} is for.", f"# @required{mark} @type={kind}", f"VARIABLE_{number}=", ""]
        lines.append(f"VARIABLE_{number}={text}")
    paths = [os.path.join(folder, name) for name in ["generated.template", "generated.env"]]
    for path, text in zip(paths, [template, lines]):
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write("\n".join(text) + "\n")
    return paths


def process_time(arguments, allows_findings=False):
    """Milliseconds from the start of a process to its end, and of processor time."""
    null = [(os.POSIX_SPAWN_OPEN, number, "/dev/null", os.O_RDWR, 0) for number in range(3)]
    before = time.perf_counter_ns()
    pid = os.posix_spawn(arguments[0], arguments, {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, file_actions=null)
    _, status, usage = os.wait4(pid, 0)
    after = time.perf_counter_ns()
    if status != 0 and not (allows_findings and os.waitstatus_to_exitcode(status) == 1):
        raise Unmeasured(f"{' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    return (after - before) / 1e6, (usage.ru_utime + usage.ru_stime) * 1e3


def check_peers(template, environment):
    """The commands that are compared, and why others are not."""
    ours = [product("careinit"), "check", environment, "--template", template]
    commands = {"/bin/true": ["/bin/true"], "careinit check": ours}
    absent = {}
    python = next((path for path in ["/usr/bin/python3", find("python3")] if path and has_dotenv(path)), None)
    if python:
        code = f"import dotenv; dotenv.dotenv_values({environment!r})"
        commands["python-dotenv (reads only)"] = [python, "-c", code]
    else:
        absent["python-dotenv"] = "no python3 here has the module dotenv"
    node = find("node")
    if node is None:
        absent["node --env-file"] = "not installed"
    elif subprocess.run([node, f"--env-file={environment}", "-e", "0"], capture_output=True).returncode != 0:
        absent["node --env-file"] = f"{first_line([node, '--version'])} has no --env-file (20.6 has)"
    else:
        commands["node --env-file (reads only)"] = [node, f"--env-file={environment}", "-e", "0"]
    linter = wemake_linter()
    if linter:
        # It finds what is a matter of style, and says so by its exit code.
        commands["wemake dotenv-linter"] = linter + ["lint", environment]
    else:
        absent["wemake dotenv-linter"] = "pip could not fetch it"
    return commands, absent


def wemake_linter():
    """The linter of PyPI, fetched once into the build folder."""
    folder = os.path.join(ROOT, ".build", "wemake")
    if not os.path.isdir(folder):
        fetched = subprocess.run(
            ["python3", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder, "dotenv-linter"],
            capture_output=True)
        if fetched.returncode != 0:
            return None
    code = f"import sys; sys.path.insert(0, {folder!r}); from dotenv_linter.cli import cli; cli()"
    return [find("python3"), "-c", code]


def has_dotenv(python):
    return subprocess.run([python, "-c", "import dotenv"], capture_output=True).returncode == 0


def bench_check(report, folder, options):
    template, environment = generated(folder)
    commands, absent = check_peers(template, environment)
    times = {name: [] for name in commands}
    for round_number in range(options.rounds + 3):
        for name, arguments in commands.items():
            sample = process_time(arguments, allows_findings="linter" in name)
            if round_number >= 3:  # The first rounds fill the caches.
                times[name].append(sample)
    medians = {name: statistics.median(wall for wall, _ in samples) for name, samples in times.items()}
    true, ours = medians["/bin/true"], medians["careinit check"]
    report.say(f"## Process time of `careinit check` on a generated .env of {VARIABLES} variables ({options.rounds} rounds)\n")
    rows = []
    for name, samples in times.items():
        wall = medians[name]
        processor = statistics.median(used for _, used in samples)
        rows.append([name, f"{wall:.1f}", f"{processor:.1f}", f"{wall - true:+.1f}", f"{wall / ours:.2f}"])
    rows += [[name, "absent: " + why, "", "", ""] for name, why in absent.items()]
    report.table(["", "ms", "ms of processor", "ms over /bin/true", "of careinit check"], rows)
    report.say(f"Aims: at most 6 ms over /bin/true (measured: {ours - true:.1f}); python-dotenv and wemake's linter at least 10 "
               "times as long, Node.js 15 times (measured: the last column).\n")
