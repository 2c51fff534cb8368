"""An authenticated list of 20 notes: requests/s beside its peers and pgbench, latency at 500 requests/s, memory."""

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

from proofs.stack import ProofFailure, running_stack, summary  # noqa: E402

from .health import NGINX_CONFIG, NODE_SERVER, Server, times_as_fast
from .programs import Unmeasured, find, first_line, free_ports, memory, product

ROWS = 20
# Over as many connections as carenotes may have to each member (DB_POOL_MAX).
CONNECTIONS = 20
IDLE = 1000


class Replica:
    """One replica of a running stack, loaded directly."""

    def __init__(self, stack, path):
        self.name, self.path, self.stack = "carenotes", path, stack
        self.port = stack.port("PORT")
        self.pid = stack.process(r"carenotes serve .*--instance 1\b")
        self.rates = []

    def request(self):
        return urllib.request.Request(
            f"http://127.0.0.1:{self.port}{self.path}", headers={"Authorization": f"Bearer {self.stack.token()}"})

    def body(self):
        with urllib.request.urlopen(self.request(), timeout=10) as reply:
            return reply.read().decode()

    def load(self, seconds):
        script = os.path.join(self.stack.folder, "wrk.lua")
        # In a file of our own: an argument could be read by others.
        with open(os.open(script, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f'wrk.headers["Authorization"] = "Bearer {self.stack.token()}"\n')
        self.rates.append(wrk(f"http://127.0.0.1:{self.port}{self.path}", seconds, ["-s", script]))

    def memory(self):
        return memory([self.pid])


class PlainServer(Server):
    def load(self, seconds):
        self.rates.append(wrk(self.url, seconds))


class Pgbench:
    """The very statement that carenotes sends, as PostgreSQL shows it, at the member that it asks."""

    def __init__(self, stack, resident):
        self.name, self.stack, self.rates = "pgbench, the same statement", stack, []
        self.program = find_pgbench()
        self.member = stack.member("Sync Standby|Quorum Standby")
        number = int(self.member.rpartition("-")[2])
        self.host = stack.setting(["DB_HOST", "DB_REPLICA_1_HOST", "DB_REPLICA_2_HOST"][number - 1])
        self.script = os.path.join(stack.folder, "notes.sql")
        # pgbench takes each colon before a letter for a variable's; in quotes it means the same to to_char.
        statement, values = self.statement().replace("HH24:MI:SS", 'HH24":"MI":"SS'), [organisation(stack), resident, "-infinity",
                                              "00000000-0000-0000-0000-000000000000", str(ROWS + 1)]
        self.values = []
        for place, value in enumerate(values, 1):
            statement = re.sub(rf"\${place}\b", f":p{place}", statement)
            self.values += ["-D", f"p{place}={value}"]
        with open(self.script, "w") as file:
            file.write(" ".join(statement.split()) + ";\n")
        self.passfile = os.path.join(stack.folder, "pgpass")
        with open(os.open(self.passfile, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(f"*:*:*:*:{stack.setting('DB_PASSWORD')}\n")

    def statement(self):
        shown = subprocess.run(
            [product("careinit"), "exec", self.member, "psql", "-X", "-A", "-t", "-c",
             "SELECT query FROM pg_stat_activity WHERE query LIKE '%FROM carenotes.notes%resident_id = $%'"
             " AND query NOT LIKE '%pg_stat_activity%' LIMIT 1"],
            cwd=self.stack.folder, capture_output=True, text=True)
        if "carenotes.notes" not in shown.stdout:
            raise Unmeasured(f"{self.member} does not show the statement: {shown.stdout} {shown.stderr}")
        return shown.stdout.strip()

    def load(self, seconds):
        login = self.stack.setting("DB_USERNAME")
        role = login.removesuffix("_b") + "_app"
        options = f"-c carenotes.organisation={organisation(self.stack)} -c role={role}"
        result = subprocess.run(
            [self.program, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(seconds), "-f", self.script,
             *self.values, "-h", self.host, "-p", self.stack.setting("DB_PORT"), "-U", login,
             self.stack.setting("DB_NAME")],
            env={**os.environ, "PGPASSFILE": self.passfile, "PGOPTIONS": options}, capture_output=True, text=True)
        rate = re.search(r"^tps = ([\d.]+)", result.stdout, re.M)
        if rate is None:
            raise Unmeasured(f"pgbench: {result.stderr.strip()[:600]}")
        self.rates.append(float(rate.group(1)))

    def memory(self):
        return None


def wrk(url, seconds, more=()):
    output = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *more, url], capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if rate is None or "Non-2xx" in output:
        raise Unmeasured(f"wrk could not load {url}: {output.strip()}")
    return float(rate.group(1))


def find_pgbench():
    for folder in sorted(os.listdir("/usr/lib/postgresql"), key=float, reverse=True):
        program = f"/usr/lib/postgresql/{folder}/bin/pgbench"
        if os.access(program, os.X_OK):
            return program
    raise Unmeasured("pgbench is not installed")


def organisation(stack):
    """Of the token: the claims are its middle part."""
    import base64
    claims = stack.token().split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=="))["org"]


def post(stack, path, body, key):
    request = urllib.request.Request(
        f"http://127.0.0.1:{stack.port('PORT')}{path}", data=json.dumps(body).encode(), method="POST",
        headers={"Authorization": f"Bearer {stack.token()}", "Content-Type": "application/json", "Idempotency-Key": key})
    with urllib.request.urlopen(request, timeout=30) as reply:
        return json.loads(reply.read())


def written_notes(stack):
    """A resident with some more notes than a page has."""
    resident = post(stack, "/api/residents", {"given_name": "Ada", "family_name": "Byron"}, "bench-resident")["id"]
    for number in range(ROWS * 3):
        post(stack, "/api/notes", {"resident_id": resident, "body": f"Ate well, drank 200 ml, slept from 22 to 6. {number}"},
             f"bench-note-{number}")
    return resident


def nginx_configuration(port, body):
    """nginx takes no longer word than 4 KiB, and joins several."""
    parts = [body[start:start + 3000] for start in range(0, len(body), 3000)]
    names = "".join(f"$part{number}" for number in range(len(parts)))
    sets = "".join(f"set $part{number} '{part}'; " for number, part in enumerate(parts))
    return NGINX_CONFIG.format(port=port, body=names).replace("default_type", sets + "default_type")


def peers(stack, replica, resident):
    first, body = free_ports(2), replica.body()
    servers = [replica, Pgbench(stack, resident)]
    if node := find("node"):
        servers.append(PlainServer(f"Node {first_line([node, '--version'])}, bare http, the same bytes",
                                   [node, "-e", NODE_SERVER, str(first), body], first, "/", stack.folder))
    if nginx := find("nginx"):
        folder = os.path.join(stack.folder, "peer")
        os.mkdir(folder)
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(nginx_configuration(first + 1, body))
        servers.append(PlainServer(f"{first_line([nginx, '-v']).partition(': ')[2]}, return 200, the same bytes",
                                   [nginx, "-p", folder, "-c", path], first + 1, "/", folder))
    return servers


def rates(report, stack, replica, resident, options):
    rounds, servers = min(options.rounds, 5), peers(stack, replica, resident)
    try:
        for server in servers[2:]:
            server.wait()
        idle = {server: server.memory() for server in servers}
        for _ in range(rounds):
            for server in servers:
                server.load(options.seconds)
        loaded = {server: server.memory() for server in servers}
    finally:
        for server in servers[2:]:
            server.stop()
    report.say(f"## `GET /api/notes`, {ROWS} rows, authenticated ({rounds} rounds of {options.seconds} s, {CONNECTIONS} connections,"
               " plain HTTP on loopback to one replica of a running stack)\n")
    shown = {None: ""}
    report.table(["", "requests/s", "range", "carenotes is times that", "MiB idle", "MiB after"], [
        [server.name, f"{statistics.median(server.rates):,.0f}", f"{min(server.rates):,.0f}–{max(server.rates):,.0f}",
         f"{times_as_fast(replica, server):.2f}", shown.get(idle[server]) or f"{idle[server] or 0:.0f}",
         shown.get(loaded[server]) or f"{loaded[server] or 0:.0f}"] for server in servers])
    report.say(f"Aims: 0.60 of pgbench (measured: {times_as_fast(replica, servers[1]):.2f}); resident under load at most 64 MiB"
               f" (measured: {loaded[replica]:.0f}).\n")


def steady(report, stack, options):
    counted = summary(stack.load("ledger", 500, max(10, options.seconds), 32,
                                 [f"/api/notes?resident_id={{resident}}&limit={ROWS}"]))
    latency = counted["latency_ms"]
    report.say(f"500 requests/s through nginx, three of ten of them writing, {counted['sent']} sent, {counted['failed']} failed:"
               f" p50 {latency['p50']:.1f} ms, p99 {latency['p99']:.1f} ms from when each was due. Aim: p99 under 20 ms.\n")


def idle_connections(report, replica):
    before, held = memory([replica.pid]), []
    for _ in range(IDLE):
        held.append(socket.create_connection(("127.0.0.1", replica.port)))
        held[-1].sendall(b"GET /api/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
    for connection in held:
        connection.recv(4096)
    each = (memory([replica.pid]) - before) * 1024 / IDLE
    for connection in held:
        connection.close()
    report.say(f"{IDLE} idle keep-alive connections to one replica take {each:.1f} KiB each. Aim: at most 16 KiB.\n")


def bench_notes(report, folder, options):
    if not find("wrk"):
        raise Unmeasured("wrk is not installed: scripts/install bench")
    programs = os.path.dirname(product("carenotes"))
    try:
        with running_stack("bench", programs=programs) as stack:
            resident = written_notes(stack)
            replica = Replica(stack, f"/api/notes?resident_id={resident}&limit={ROWS}")
            replica.load(1)  # So that every connection to the database is there.
            idle_connections(report, replica)
            rates(report, stack, replica, resident, options)
            steady(report, stack, options)
    except ProofFailure as failure:
        raise Unmeasured(str(failure)) from failure
