"""A program at a terminal: what it takes to its first prompt, and from a key to its echo."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from .programs import Unmeasured

COLUMNS = 100


class Terminal:
    """A pseudo-terminal (pty(7)) with a program on it."""

    def __init__(self, arguments, folder, environment):
        self.text = b""
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            try:
                os.chdir(folder)
                os.execve(arguments[0], arguments, environment)
            finally:
                os._exit(127)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGKILL)
        os.close(self.descriptor)
        os.waitpid(self.pid, 0)

    def receive(self, seconds=10):
        if not select.select([self.descriptor], [], [], seconds)[0]:
            raise Unmeasured(f"nothing came from the program within {seconds} s, after {self.text[-200:]!r}")
        try:
            self.text += os.read(self.descriptor, 65536)
        except OSError as error:  # Linux's way to say that the other end was closed.
            raise Unmeasured(f"the program ended, after {self.text[-200:]!r}") from error

    def wait(self, pattern):
        """Seconds from the start until that is there."""
        while not re.search(pattern, self.text):
            self.receive()
        return time.perf_counter() - self.started

    def settle(self):
        """Until nothing more comes: the program waits for a key."""
        while select.select([self.descriptor], [], [], 0.2)[0]:
            self.receive()

    def key(self, byte):
        """Milliseconds from a key to the first that is drawn because of it."""
        self.text = b""
        before = time.perf_counter_ns()
        os.write(self.descriptor, byte)
        self.receive()
        elapsed = (time.perf_counter_ns() - before) / 1e6
        if byte not in self.text:
            raise Unmeasured(f"for {byte!r} came {self.text!r}")
        return elapsed


def environment(folder):
    """No colour, so that prompts are found, and no settings of the user's."""
    return {"PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8", "HOME": folder, "NO_COLOR": "1"}
