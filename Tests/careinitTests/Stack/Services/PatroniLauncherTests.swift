import Templates
import Testing

@testable import careinit

/// Only a Patroni before 3.0.3 is launched by it.
private let isLaunched: Bool = {
    guard let patroni = Subprocess.find("patroni"), Subprocess.find("etcd") != nil,
        let answer = try? Subprocess(arguments: [patroni, "--version"]).run(),
        let version = ProgramVersion(in: answer.text)
    else { return false }
    return version < ProgramVersion(3, 0, 3)
}()

/// What templates/patroni/launch.py puts in place of Patroni's own, with two members of a real etcd.
@Suite(.enabled(if: isLaunched)) struct PatroniLauncherTests {
    private let folder = TemporaryFolder()

    /// Runs `statements` after pg-1 has taken the lead, and asks whether it keeps it.
    ///
    /// - Returns: `True` or `False`; whose name the leader's key then holds; whose lease it is under.
    private func lead(after statements: [String]) throws -> String {
        let launcher = "\(folder.path)/launch.py"
        try OutputFile.write(try #require(Templates.file("patroni/launch.py")), to: launcher)
        let patroni = try #require(Subprocess.find("patroni").flatMap { FileSystem.readText($0) })
        let python = patroni.prefix { $0 != "\n" }.dropFirst(2).split(separator: " ").map(String.init)
        let script = [Self.before] + statements.map { "    \($0)" } + [Self.after]
        let run = try Subprocess(
            arguments: python + ["-", launcher, "\(folder.path)/etcd"],
            input: Array(script.joined(separator: "\n").utf8), timeout: .seconds(60)
        ).run()
        #expect(run.succeeded, "\(run.errorText)")
        return run.text
    }

    private static let before = """
        import runpy, socket, subprocess, sys, time, urllib.request
        from patroni.dcs import get_dcs
        from patroni.dcs.etcd3 import Etcd3, base64_decode
        Etcd3._update_leader = runpy.run_path(sys.argv[1])["update_leader"]
        sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
        client, peer = [free.getsockname()[1] for free in sockets]
        for free in sockets: free.close()
        url, peers = f"http://127.0.0.1:{client}", f"http://127.0.0.1:{peer}"
        etcd = subprocess.Popen(
            ["etcd", "--data-dir", sys.argv[2], "--listen-client-urls", url, "--advertise-client-urls", url,
             "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", "default=" + peers,
             "--log-level", "error"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        def member(name):
            return get_dcs({"scope": "s", "namespace": "/t/", "name": name, "ttl": 20, "loop_wait": 1, "retry_timeout": 3,
                            "etcd3": {"host": f"127.0.0.1:{client}"}})
        def key(path):
            return (second._client.prefix(path).get("kvs") or [None])[0]
        def see(dcs, what):
            while not what(dcs.get_cluster()): time.sleep(0.02)
        def expire(dcs):
            dcs._client.call_rpc("/kv/lease/revoke", {"ID": dcs._lease})
        def lead(dcs):
            assert dcs.attempt_to_acquire_leader()
            sync = key(dcs.sync_path)
            assert dcs.write_sync_state(dcs._name, None, index=sync and sync["mod_revision"])
        try:
            while True:
                try: urllib.request.urlopen(url + "/health"); break
                except OSError: time.sleep(0.05)
            first, second = member("pg-1"), member("pg-2")
            lead(first)
            see(first, lambda cluster: cluster.leader and cluster.sync.leader == "pg-1")
        """

    private static let after = """
            kept, held = first.update_leader(None), key(first.leader_path)
            owner = {first._lease: "pg-1", second._lease: "pg-2"}.get(held and held.get("lease"), "nobody")
            print(kept, held and base64_decode(held["value"]), owner, end="")
        finally:
            etcd.kill()
            etcd.wait()
        """

    @Test(arguments: [
        ([], "True pg-1 pg-1"),
        // A lease of another length takes its place, as after a change of `ttl`.
        (["first._lease = None"], "True pg-1 pg-1"),
        (["first.reset_cluster()", "first._lease = None"], "True pg-1 pg-1"),
        // The lease ran out, as where etcd stood still, and nobody led since.
        (["expire(first)"], "True pg-1 pg-1"),
    ])
    func `a leader keeps a lead that is still its own`(_ statements: [String], _ lead: String) throws {
        #expect(try self.lead(after: statements) == lead)
    }

    @Test(arguments: [
        (["expire(first)", "lead(second)"], "False pg-2 pg-2"),
        (["expire(first)", "lead(second)", "first.reset_cluster()"], "False pg-2 pg-2"),
        (
            ["expire(first)", "lead(second)", "see(first, lambda now: now.sync.leader == 'pg-2')"],
            "False pg-2 pg-2"
        ),
        // The successor's lease has run out, too: what it acknowledged must not be passed over.
        (["expire(first)", "lead(second)", "expire(second)"], "False None nobody"),
        (["expire(first)", "lead(second)", "expire(second)", "first.reset_cluster()"], "False None nobody"),
    ])
    func `a leader that was replaced writes nothing`(_ statements: [String], _ lead: String) throws {
        #expect(try self.lead(after: statements) == lead)
    }
}
