#!/usr/bin/env python3
"""Usage: scripts/proofs/smuggling.py --direct HOST:PORT --proxy HOST:PORT --ca FILE

Sends requests that two servers might read differently (RFC 9112 §6.1, §11.2), and header bombs, to carenotes and through
nginx. A hidden request must never be answered, as its own request id in a reply would show; and no reply may reach another
client, for which ordinary requests follow each attempt. Prints a row of a Markdown table for each that failed, and a last
line with the counts.

Exit codes: 0 when nothing was smuggled and every bomb was refused; 1 otherwise.
"""

import argparse
import concurrent.futures
import re
import socket
import ssl
import sys

HIDDEN = b"GET /api/health/live HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: hidden-request\r\n\r\n"
PLAIN = b"X-Request-Id: outer-request\r\nContent-Type: application/json\r\nIdempotency-Key: outer\r\n"


def post(headers, body, version=b"HTTP/1.1"):
    return b"POST /api/notes " + version + b"\r\nHost: localhost\r\n" + PLAIN + headers + b"\r\n" + body


def length(value):
    return b"Content-Length: " + value + b"\r\n"


def coding(line):
    return post(length(b"%d" % (5 + len(HIDDEN))) + line + b"\r\n", b"0\r\n\r\n" + HIDDEN)


# Seconds without a byte after which no more is expected.
SILENCE = 2
CHUNKED = b"Transfer-Encoding: chunked\r\n"
# Each hides a request behind what one reading takes for the end of the outer one.
SMUGGLED = {
    "both lengths": coding(b"Transfer-Encoding: chunked"),
    "both lengths, the coding first": post(CHUNKED + length(b"%d" % (5 + len(HIDDEN))), b"0\r\n\r\n" + HIDDEN),
    "coding with a space before the colon": coding(b"Transfer-Encoding : chunked"),
    "coding after a tab": coding(b"Transfer-Encoding:\tchunked"),
    "coding with a vertical tab": coding(b"Transfer-Encoding: \x0bchunked"),
    "coding in quotes": coding(b'Transfer-Encoding: "chunked"'),
    "coding twice": coding(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
    "coding as a list": coding(b"Transfer-Encoding: identity, chunked"),
    "coding of another name": coding(b"Transfer-Encoding: xchunked"),
    "coding folded": coding(b"Transfer-Encoding:\r\n chunked"),
    "coding in capitals": coding(b"TRANSFER-ENCODING: CHUNKED"),
    "coding behind a bare line feed": coding(b"X: y\nTransfer-Encoding: chunked"),
    "coding behind a bare carriage return": coding(b"X: y\rTransfer-Encoding: chunked"),
    "coding behind a NUL": coding(b"X: y\0Transfer-Encoding: chunked"),
    "coding in HTTP/1.0": post(length(b"%d" % (5 + len(HIDDEN))) + CHUNKED, b"0\r\n\r\n" + HIDDEN, b"HTTP/1.0"),
    "two lengths": post(length(b"0") + length(b"%d" % len(HIDDEN)), HIDDEN),
    "two lengths, the longer first": post(length(b"%d" % len(HIDDEN)) + length(b"0"), HIDDEN),
    "a list of lengths": post(length(b"0, %d" % len(HIDDEN)), HIDDEN),
    "a length with a sign": post(length(b"+%d" % len(HIDDEN)), HIDDEN),
    "a negative length": post(length(b"-1"), HIDDEN),
    "a hexadecimal length": post(length(b"0x%x" % len(HIDDEN)), HIDDEN),
    "a length with a space in it": post(length(b"0 %d" % len(HIDDEN)), HIDDEN),
    "a length over 64 bits": post(length(b"18446744073709551616"), HIDDEN),
    "a space before the length's colon": post(b"Content-Length : %d\r\n" % len(HIDDEN), HIDDEN),
    "a chunk's size over 64 bits": post(CHUNKED, b"10000000000000000\r\n" + HIDDEN),
    "a negative chunk": post(CHUNKED, b"-1\r\n" + HIDDEN),
    "a chunk's size with 0x": post(CHUNKED, b"0x0\r\n\r\n" + HIDDEN),
    "a chunk that is longer than it says": post(CHUNKED, b"1\r\nab\r\n0\r\n\r\n" + HIDDEN),
    "a chunk's extension with a line feed": post(CHUNKED, b"0;a\nb\r\n\r\n" + HIDDEN),
    "a GET with a body": b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n" + length(b"%d" % len(HIDDEN)) + b"\r\n" + HIDDEN,
    "lines before the request": b"\r\n\r\n\r\n" + post(length(b"%d" % len(HIDDEN)), HIDDEN),
    "two hosts": b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n",
    "a header without a colon": post(length(b"%d" % len(HIDDEN)) + b"Transfer-Encoding chunked\r\n", HIDDEN),
}
LONG = b"a" * 200_000
BOMBS = {
    "a header of 200,000 bytes": b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Long: " + LONG + b"\r\n\r\n",
    "20,000 headers": b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n" + b"X-Many: 1\r\n" * 20_000 + b"\r\n",
    "a path of 200,000 bytes": b"GET /" + LONG + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a method of 200,000 bytes": LONG + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "20,000 query fields": b"GET /api/notes?" + b"a=1&" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "20,000 cookies": b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a=1; " * 20_000 + b"\r\n\r\n",
    "a body that says it is 1 TiB": post(length(b"1099511627776"), b"{}"),
    "an unknown version": b"GET /api/health HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "no host": b"GET /api/health HTTP/1.1\r\n\r\n",
    "a request of binary noise": bytes(range(256)) * 40 + b"\r\n\r\n",
}


class Server:
    def __init__(self, name, place, context=None):
        host, port = place.rsplit(":", 1)
        self.name, self.place, self.context = name, (host, int(port)), context

    def connect(self):
        connection = socket.create_connection(self.place, timeout=3)
        return self.context.wrap_socket(connection, server_hostname="localhost") if self.context else connection

    def answer(self, attempt):
        """Everything that comes until the server closes, or is silent for a while."""
        received = b""
        with self.connect() as connection:
            try:
                connection.sendall(attempt)
                connection.settimeout(SILENCE)
                while block := connection.recv(65536):
                    received += block
            except OSError:
                pass  # Closed while the attempt was still being sent, or silent: what came counts.
        return received

    def serves_others(self):
        """Whether ordinary requests still get their own replies, over all connections that the proxy keeps."""
        for path, status in [(b"live", b'"live"'), (b"startup", b'"started"')] * 6:
            reply = self.answer(
                b"GET /api/health/" + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            if not reply.startswith(b"HTTP/1.1 200 ") or status not in reply:
                return False
        return True


def statuses(reply):
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3}) ", reply)]


def smuggling_fault(server, attempt):
    """nginx may take what follows for a request of the same client, since nobody read it before: it is the one to say where
    a request ends, and says it anew to carenotes."""
    reply = server.answer(attempt)
    if not server.context and b"hidden-request" in reply:
        return f"the hidden request was answered: {statuses(reply)}"
    return None if server.serves_others() else "another client did not get its own reply"


def bomb_fault(server, attempt):
    codes = statuses(server.answer(attempt))
    if any(code < 400 or code >= 500 and code != 505 for code in codes):
        return f"answered {codes}"
    return None if server.serves_others() else "another client did not get its own reply"


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    for name in ("--direct", "--proxy", "--ca"):
        options.add_argument(name, required=True)
    options = options.parse_args()
    servers = [Server("carenotes", options.direct),
               Server("nginx", options.proxy, ssl.create_default_context(cafile=options.ca))]
    attempts = [(server, name, attempt, judge) for server in servers
                for kinds, judge in [(SMUGGLED, smuggling_fault), (BOMBS, bomb_fault)]
                for name, attempt in kinds.items()]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda entry: entry[3](entry[0], entry[2]), attempts))
    faults = 0
    for (server, name, _, _), fault in zip(attempts, verdicts):
        if fault:
            faults += 1
            print(f"| {server.name} | {name} | {fault} |")
    print(f"{len(SMUGGLED)} ambiguous requests and {len(BOMBS)} bombs to each of {len(servers)} servers: {faults} went wrong")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
