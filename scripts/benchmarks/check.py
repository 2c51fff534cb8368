"""The process time of `careinit check`."""

import os
import statistics
import subprocess
import time

from .programs import Unmeasured, find, first_line, product, provision


def full_environment(folder):
    """A .env in which everything is set."""
    secret = os.path.join(folder, "mail-password")
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write("Quiet-Harbour-41-Lantern-Oxide-7\n")
    answers = {
        "SMTP_HOST": "mail.example.org", "SMTP_USER": "care", "SMTP_PASS": "@" + secret,
        "SMTP_FROM": "alerts@example.org", "ALERT_EMAIL_CRITICAL": "oncall@example.org",
        "ALERT_EMAIL_WARNING": "team@example.org"}
    words = [word for name, value in answers.items() for word in ["--set", f"{name}={value}"]]
    provision(folder, words)
    return os.path.join(folder, ".env")


def process_time(arguments):
    """Milliseconds from the start of a process to its end, and of processor time."""
    null = [(os.POSIX_SPAWN_OPEN, number, "/dev/null", os.O_RDWR, 0) for number in range(3)]
    before = time.perf_counter_ns()
    pid = os.posix_spawn(arguments[0], arguments, {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, file_actions=null)
    _, status, usage = os.wait4(pid, 0)
    after = time.perf_counter_ns()
    if status != 0:
        raise Unmeasured(f"{' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    return (after - before) / 1e6, (usage.ru_utime + usage.ru_stime) * 1e3


def check_peers(environment):
    """The commands that are compared, and why others are not."""
    commands = {"/bin/true": ["/bin/true"], "careinit check": [product("careinit"), "check", environment]}
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
    return commands, absent


def has_dotenv(python):
    return subprocess.run([python, "-c", "import dotenv"], capture_output=True).returncode == 0


def bench_check(report, folder, options):
    environment = full_environment(folder)
    commands, absent = check_peers(environment)
    times = {name: [] for name in commands}
    for round_number in range(options.rounds + 3):
        for name, arguments in commands.items():
            sample = process_time(arguments)
            if round_number >= 3:  # The first rounds fill the caches.
                times[name].append(sample)
    medians = {name: statistics.median(wall for wall, _ in samples) for name, samples in times.items()}
    true, ours = medians["/bin/true"], medians["careinit check"]
    report.say(f"## Process time of `careinit check` on a full .env ({options.rounds} rounds)\n")
    rows = []
    for name, samples in times.items():
        wall = medians[name]
        processor = statistics.median(used for _, used in samples)
        rows.append([name, f"{wall:.1f}", f"{processor:.1f}", f"{wall - true:+.1f}", f"{wall / ours:.2f}"])
    rows += [[name, "absent: " + why, "", "", ""] for name, why in absent.items()]
    report.table(["", "ms", "ms of processor", "ms over /bin/true", "of careinit check"], rows)
    report.say(f"Aim: at most 6 ms over /bin/true. Measured: {ours - true:.1f} ms.\n")
