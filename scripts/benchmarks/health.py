"""Requests/s and memory of one carenotes."""

import os
import re
import signal
import statistics
import subprocess
import time
import urllib.request

from .programs import (
    ROOT, Unmeasured, descendants, find, first_line, free_ports, memory, processor_seconds, product, provision)

NODE_SERVER = (
    "const b=process.argv[2];require('http').createServer((q,r)=>{r.writeHead(200,"
    "{'content-type':'application/json','content-length':Buffer.byteLength(b)});r.end(b)})"
    ".listen(+process.argv[1],'127.0.0.1')")
NGINX_CONFIG = """
daemon off; pid nginx.pid; error_log stderr crit; worker_processes auto;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
  server {{ listen 127.0.0.1:{port}; location / {{ default_type application/json; return 200 '{body}'; }} }}
}}
"""


class Server:
    """A server that runs while it is measured."""

    def __init__(self, name, arguments, port, path, folder):
        self.name, self.url = name, f"http://127.0.0.1:{port}{path}"
        self.rates, self.costs, self.body = [], [], None
        self.process = subprocess.Popen(
            arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)

    def wait(self):
        for _ in range(200):
            try:
                with urllib.request.urlopen(self.url, timeout=2) as reply:
                    if reply.status == 200:
                        self.body = reply.read().decode()
                        return
            except OSError:
                pass
            if self.process.poll() is not None:
                raise Unmeasured(f"{self.name} ended with {self.process.returncode}")
            time.sleep(0.05)
        raise Unmeasured(f"{self.name} does not answer at {self.url}")

    def load(self, seconds):
        """One round: requests/s, and what each took of the processor, which other work disturbs less."""
        before = processor_seconds(descendants([self.process.pid]))
        output = subprocess.run(
            ["wrk", "-t1", "-c64", f"-d{seconds}s", self.url], capture_output=True, text=True).stdout
        rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
        if rate is None or "Non-2xx" in output:
            raise Unmeasured(f"wrk could not load {self.name}: {output.strip()}")
        used = processor_seconds(descendants([self.process.pid])) - before
        self.rates.append(float(rate.group(1)))
        self.costs.append(used * 1e6 / int(re.search(r"(\d+) requests in", output).group(1)))

    def memory(self):
        return memory(descendants([self.process.pid]))

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def own_settings(environment, port):
    """The lines of a .env that carenotes reads, as the template's `for=` has it."""
    with open(os.path.join(ROOT, "templates", ".env.production.template")) as file:
        template = file.read()
    names, reads = {"PORT"}, False
    for line in template.split("\n"):
        if line.startswith("# careinit:") and "for=" in line:
            reads = "carenotes" in re.search(r"for=(\S+)", line).group(1).split(",")
        elif (match := re.match(r"([A-Z_0-9]+)=", line)) and reads:
            names.add(match.group(1))
    with open(environment) as file:
        lines = [line for line in file if line.split("=")[0] in names]
    return "".join(f"PORT={port}\n" if line.startswith("PORT=") else line for line in lines)


def health_servers(folder, absent):
    """Ours first; once it answers, the peers, which answer with the same bytes."""
    first = free_ports(5)
    provision(folder)
    settings = os.path.join(folder, "carenotes.env")
    with open(os.open(settings, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write(own_settings(os.path.join(folder, ".env"), first))
    ours = Server(
        "carenotes", [product("carenotes"), "serve", "--env-file", settings, "--instance", "1",
                      "--spool", os.path.join(folder, "spool")],
        first, "/api/health", folder)
    yield ours
    if node := find("node"):
        yield Server(f"Node {first_line([node, '--version'])}, bare http",
                     [node, "-e", NODE_SERVER, str(first + 3), ours.body], first + 3, "/", folder)
    else:
        absent["Node, bare http"] = "not installed"
    if nginx := find("nginx"):
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(NGINX_CONFIG.format(port=first + 4, body=ours.body))
        yield Server(f"{first_line([nginx, '-v']).partition(': ')[2]}, return 200",
                     [nginx, "-p", folder, "-c", path], first + 4, "/", folder)
    else:
        absent["nginx, return 200"] = "not installed"


def bench_health(report, folder, options):
    if not find("wrk"):
        raise Unmeasured("wrk is not installed: scripts/install bench")
    servers, absent, rounds = [], {}, min(options.rounds, 5)
    try:
        for server in health_servers(folder, absent):
            servers.append(server)
            server.wait()
        idle = {server: server.memory() for server in servers}
        for _ in range(rounds):
            for server in servers:
                server.load(options.seconds)
        loaded = {server: server.memory() for server in servers}
    finally:
        for server in servers:
            server.stop()
    report.say(f"## `/api/health` ({rounds} rounds of {options.seconds} s, wrk -t1 -c64, plain HTTP on loopback)\n")
    rows = []
    for server in servers:
        rows.append([server.name, f"{statistics.median(server.rates):,.0f}",
                     f"{min(server.rates):,.0f}–{max(server.rates):,.0f}",
                     f"{times_as_fast(servers[0], server):.2f}", f"{statistics.median(server.costs):.1f}",
                     f"{idle[server]:.0f}", f"{loaded[server]:.0f}"])
    rows += [[name, "absent: " + why, "", "", "", "", ""] for name, why in absent.items()]
    report.table(["", "requests/s", "range", "carenotes is times that", "µs of processor each", "MiB idle", "MiB after"],
                 rows)
    for node in servers[1:]:
        if node.name.startswith("Node"):
            report.say(f"Aim: 3 times Node. Measured: {times_as_fast(servers[0], node):.2f} times.\n")


def times_as_fast(ours, theirs):
    """The median of the rounds' ratios: both stood in the same weather then."""
    return statistics.median(first / second for first, second in zip(ours.rates, theirs.rates))
