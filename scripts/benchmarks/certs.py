"""Making a pair and checking a folder, against openssl(1), as whole processes."""

import os
import statistics
import subprocess

from .check import process_time
from .programs import Unmeasured, find, first_line, product

HOST = "notes.care.example"
BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
CURVE = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
LEAF = (f"basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:{HOST}\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n")
INTERMEDIATE = ("basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n"
                "extendedKeyUsage=serverAuth\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n")


def openssl(folder, *arguments):
    result = subprocess.run([find("openssl"), *arguments], cwd=folder, capture_output=True, text=True)
    if result.returncode != 0:
        raise Unmeasured(f"openssl {' '.join(arguments)}: {result.stderr.strip()}")


def put(path, *parts):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("".join(parts))


def text(*path):
    with open(os.path.join(*path)) as file:
        return file.read()


def issue(folder, name, issuer, extensions):
    """A P-256 key and its certificate, signed by the issuer."""
    openssl(folder, "req", "-new", *CURVE, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={HOST if name == 'leaf' else name}")
    put(os.path.join(folder, f"{name}.ext"), extensions)
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-days", "60",
            "-extfile", f"{name}.ext", "-out", f"{name}.pem")


def chain(folder):
    """A root, an intermediate and a leaf, laid out as certbot does, and a bundle of the system's authorities and that root."""
    openssl(folder, "req", "-x509", *CURVE, "-keyout", "root.key", "-out", "root.pem", "-days", "365", "-subj", "/CN=root",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    issue(folder, "intermediate", "root", INTERMEDIATE)
    issue(folder, "leaf", "intermediate", LEAF)
    put(os.path.join(folder, "bundle.pem"), text(BUNDLE), text(folder, "root.pem"))
    live, archive, renewal = [os.path.join(folder, "certbot", *path) for path in [("live", HOST), ("archive", HOST), ("renewal",)]]
    for path in [live, archive, renewal]:
        os.makedirs(path)
    for path in [live, archive]:
        os.chmod(os.path.dirname(path), 0o700)
    leaf, intermediate = text(folder, "leaf.pem"), text(folder, "intermediate.pem")
    parts = {"cert": leaf, "chain": intermediate, "fullchain": leaf + intermediate, "privkey": text(folder, "leaf.key")}
    for part, content in parts.items():
        put(os.path.join(archive, f"{part}1.pem"), content)
        os.symlink(f"../../archive/{HOST}/{part}1.pem", os.path.join(live, f"{part}.pem"))
    put(os.path.join(renewal, f"{HOST}.conf"), "[renewalparams]\nauthenticator = webroot\nrenew_hook = careinit certs install\n")
    return live


def commands(folder):
    live = chain(folder)
    path = lambda name: os.path.join(folder, name)
    careinit, peer = product("careinit"), find("openssl")
    verify = lambda authorities: [careinit, "certs", "verify", "--ca", path(authorities), "--chain", f"{live}/fullchain.pem", "--host", HOST]
    check = lambda authorities: [careinit, "certs", "check", live, "--ca", path(authorities), "--host", HOST]
    judge = lambda authorities: [
        peer, "verify", "-x509_strict", "-auth_level", "2", "-purpose", "sslserver", "-verify_hostname", HOST, "-CAfile",
        path(authorities), "-untrusted", f"{live}/chain.pem", f"{live}/cert.pem"]
    return {
        "/bin/true": ["/bin/true"],
        "careinit --version": [careinit, "--version"],
        "openssl version": [peer, "version"],
        "create: careinit certs create --self-signed": [
            careinit, "certs", "create", "--self-signed", "--force", "--name", HOST, "--output", path("ours"), "--days", "90"],
        "create: openssl req -x509 -newkey ec": [
            peer, "req", "-x509", *CURVE, "-keyout", path("peer.key"), "-out", path("peer.pem"), "-days", "90", "-subj", f"/O={HOST}",
            "-addext", f"subjectAltName=DNS:{HOST}"],
        "one authority: careinit certs verify": verify("root.pem"),
        "one authority: careinit certs check DIR": check("root.pem"),
        "one authority: openssl verify": judge("root.pem"),
        "all authorities: careinit certs verify": verify("bundle.pem"),
        "all authorities: careinit certs check DIR": check("bundle.pem"),
        "all authorities: openssl verify": judge("bundle.pem"),
    }


def bench_certs(report, folder, options):
    if find("openssl") is None or not os.path.exists(BUNDLE):
        raise Unmeasured(f"openssl(1) or {BUNDLE} is missing")
    programs = commands(folder)
    times = {name: [] for name in programs}
    for number in range(options.rounds + 3):
        for name, arguments in programs.items():
            sample = process_time(arguments)
            if number >= 3:  # The first rounds fill the caches.
                times[name].append(sample)
    medians = {name: statistics.median(wall for wall, _ in samples) for name, samples in times.items()}
    count = text(folder, "bundle.pem").count("BEGIN CERTIFICATE")
    report.say(f"## Making a P-256 pair and checking a folder ({options.rounds} rounds)\n")
    rows = []
    for name, samples in times.items():
        processor = statistics.median(used for _, used in samples)
        peer = next((other for other in medians if ": openssl" in other and other.split(":")[0] == name.split(":")[0]), None)
        rows.append([name, f"{medians[name]:.1f}", f"{processor:.1f}", f"{medians[name] / medians[peer]:.2f}" if peer else ""])
    report.table(["", "ms", "ms of processor", "of openssl"], rows)
    report.say(f"The folder is one of certbot's: leaf, intermediate, key, links and renewal file. All authorities: the system's and one "
               f"more, {count}. `certs check` looks at all ten points, openssl verify at the chain; `certs create` waits until its two "
               f"files are on the disk (fsync). {first_line([find('openssl'), 'version'])}. Aim: at most 1.00 of openssl.\n")
