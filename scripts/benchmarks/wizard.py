"""The wizard at a terminal: from a key to its echo, and from the start to the first prompt."""

import os
import shutil
import statistics
import tempfile

from .programs import find, first_line, product
from .terminal import Terminal, environment

# Keys in one line: as long as a name may be and a window is wide.
LINE = b"Rosewood Residential Home of Northampton"
KEYS = 1000
RUBOUT = b"\x15"


def peers(folder):
    """Programs that read a line, and the prompts they begin with."""
    # Of its questions the first, whatever it is: bracketed paste is asked for before each.
    programs = {
        "careinit wizard": ([product("careinit"), "wizard", "--profile", "local"], rb"\x1b\[\?2004h[^\n]*: ")}
    absent = {}
    bash, python = find("bash"), find("python3")
    if bash:
        name = "bash, read -e (GNU Readline)"
        programs[name] = ([bash, "--norc", "--noprofile", "-c", "read -e -p 'Name: '"], rb"Name: ")
    else:
        absent["bash"] = "not installed"
    if python:
        code = "import readline; input('Name: ')"
        programs["python3, input()"] = ([python, "-c", code], rb"Name: ")
    else:
        absent["python3"] = "not installed"
    return programs, absent


def open_prompt(arguments, prompt, folder):
    terminal = Terminal(arguments, folder, environment(folder))
    try:
        terminal.wait(prompt)
    except BaseException:
        terminal.__exit__()
        raise
    return terminal


def keystrokes(arguments, prompt, folder):
    """Milliseconds of each of KEYS keys, typed one after the other at the first prompt that takes text."""
    samples = []
    with open_prompt(arguments, prompt, folder) as terminal:
        terminal.settle()
        while len(samples) < KEYS:
            os.write(terminal.descriptor, RUBOUT)
            terminal.settle()
            for byte in LINE:
                samples.append(terminal.key(bytes([byte])))
    return samples


def percentile(samples, share):
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def in_fresh_folder(folder, work, *arguments):
    """The wizard leaves its lock's folder behind: each run starts from nothing."""
    fresh = tempfile.mkdtemp(dir=folder)
    try:
        return work(*arguments, fresh)
    finally:
        shutil.rmtree(fresh)


def bench_keystroke(report, folder, options):
    programs, absent = peers(folder)
    samples = {name: [] for name in programs}
    for _ in range(min(options.rounds, 3)):
        for name, program in programs.items():
            samples[name] += in_fresh_folder(folder, keystrokes, *program)
    count = len(samples["careinit wizard"])
    report.say(f"## From a key to its echo, at a pseudo-terminal ({count:,} keys each)\n")
    rows = [[name, *(f"{percentile(values, share):.3f}" for share in [0.5, 0.99]), f"{max(values):.3f}"]
            for name, values in samples.items()]
    report.table(["", "ms, median", "ms, 99th percentile", "ms, longest"],
                 rows + [[name, "absent: " + why, "", ""] for name, why in absent.items()])
    ours = percentile(samples["careinit wizard"], 0.99)
    report.say(f"Aim: under 5 ms at the 99th percentile (measured: {ours:.2f}).\n")


def first_prompt(arguments, prompt, folder):
    """Milliseconds from the start until the prompt is drawn."""
    with Terminal(arguments, folder, environment(folder)) as terminal:
        return terminal.wait(prompt) * 1e3


def bench_first_prompt(report, folder, options):
    programs, absent = peers(folder)
    times = {name: [] for name in programs}
    for number in range(options.rounds + 3):
        for name, program in programs.items():
            sample = in_fresh_folder(folder, first_prompt, *program)
            if number >= 3:  # The first rounds fill the caches.
                times[name].append(sample)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = medians["careinit wizard"]
    report.say(f"## From the start to the first prompt ({options.rounds} rounds)\n")
    rows = [[name, f"{medians[name]:.1f}", f"{percentile(values, 0.99):.1f}", f"{medians[name] / ours:.2f}"]
            for name, values in times.items()]
    report.table(["", "ms", "ms, 99th percentile", "of careinit wizard"],
                 rows + [[name, "absent: " + why, "", ""] for name, why in absent.items()])
    bash = find("bash")
    versions = f" ({first_line([bash, '--version'])})" if bash else ""
    report.say(f"Aim: under 30 ms (measured: {ours:.1f}). Every peer shows a prompt and nothing else{versions}.\n")
