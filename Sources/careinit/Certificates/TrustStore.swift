#if canImport(Glibc)
    import Glibc
#endif

/// Where this machine keeps whom it trusts: Debian's folder and its program, and the databases of browsers (NSS).
struct TrustStore {
    /// Debian's folder for the authorities of the machine's own owner.
    var folder = "/usr/local/share/ca-certificates"
    /// Makes the bundle and the links that OpenSSL reads out of the folder.
    var update = ["update-ca-certificates"]
    var databases: [BrowserDatabase] = BrowserDatabase.found()

    /// The authority, as a file in the folder is named after it.
    struct Entry {
        var certificatePEM: [UInt8]
        var fingerprint: String

        var name: String { "careinit-\(fingerprint.prefix(16))" }
    }

    private func path(_ entry: Entry) -> String { "\(folder)/\(entry.name).crt" }

    /// Adds it, where it is not there already.
    ///
    /// - Returns: What was done, a line each.
    func add(_ entry: Entry) throws(CommandFailure) -> [String] {
        try requireRight()
        let path = path(entry)
        var lines: [String] = []
        if FileSystem.read(path) == entry.certificatePEM {
            lines.append("\(path): was there already")
        } else {
            try OutputFile.write(entry.certificatePEM, to: path, mode: 0o644)
            lines.append("\(path): written")
        }
        lines.append(try refresh([]))
        return lines + databases.map { $0.add(name: entry.name, file: path) } + hint
    }

    /// Removes it, where it is there.
    func remove(_ entry: Entry) throws(CommandFailure) -> [String] {
        try requireRight()
        let path = path(entry)
        var lines: [String] = []
        if unlink(path) == 0 {
            lines.append("\(path): removed")
        } else if errno == ENOENT {
            lines.append("\(path): was not there")
        } else {
            throw CommandFailure(
                .notPermitted, "\(path) could not be removed", why: String(cString: strerror(errno)))
        }
        // Afresh, else the link to what is gone stays.
        lines.append(try refresh(["--fresh"]))
        return lines + databases.map { $0.remove(name: entry.name) } + hint
    }

    private func requireRight() throws(CommandFailure) {
        guard FileSystem.isFolder(folder) else {
            throw CommandFailure(
                .missingInput, "there is no \(folder)", why: "this machine keeps its authorities in another way",
                fix: "apt-get install ca-certificates, or add ca.pem by your system's own means")
        }
        guard access(folder, W_OK) == 0 else {
            throw CommandFailure(
                .notPermitted, "only root may change whom this machine trusts", place: folder,
                fix: "run the same command with sudo, in the same folder")
        }
    }

    private func refresh(_ options: [String]) throws(CommandFailure) -> String {
        let update = update + options
        let line = update.joined(separator: " ")
        do {
            let output = try Subprocess(arguments: update, timeout: .seconds(120)).run()
            if output.succeeded { return "\(line): done" }
            throw CommandFailure(
                .failure, "\(line) failed", why: output.errorText.split(separator: "\n").last.map(String.init),
                fix: "run it by hand, and look at what it says")
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .failure, "\(line) could not be run", why: String(describing: error),
                fix: "apt-get install ca-certificates")
        }
    }

    private var hint: [String] {
        databases.isEmpty || Subprocess.find("certutil") != nil
            ? [] : ["browsers keep authorities of their own: apt-get install libnss3-tools, then run this again"]
    }
}

/// A database of a browser or of another program that uses NSS.
struct BrowserDatabase: Equatable {
    /// The folder with `cert9.db`.
    var path: String
    /// Whose it is; nil for the machine's.
    var owner: UserAccount?

    /// That of the machine, and those of the user who runs this, under sudo too.
    static func found() -> [BrowserDatabase] {
        let caller = Console.variable("SUDO_USER").flatMap(UserAccount.named)
        let owner = caller ?? UserAccount.withIdentifier(geteuid())
        let own = owner.map { user in folders(in: user.home).map { BrowserDatabase(path: $0, owner: user) } } ?? []
        let machine = isDatabase("/etc/pki/nssdb") ? [BrowserDatabase(path: "/etc/pki/nssdb", owner: nil)] : []
        return machine + own
    }

    static func folders(in home: String) -> [String] {
        let profiles = ["\(home)/.mozilla/firefox", "\(home)/snap/firefox/common/.mozilla/firefox"].flatMap {
            root in
            FileSystem.names(in: root).map { "\(root)/\($0)" }
        }
        // Chromium's two places: it makes the second for whoever does not have the first.
        return (["\(home)/.pki/nssdb", "\(home)/.local/share/pki/nssdb"] + profiles).filter(isDatabase)
    }

    private static func isDatabase(_ path: String) -> Bool { FileSystem.exists("\(path)/cert9.db") }

    /// - Returns: What was done, as a line.
    func add(name: String, file: String) -> String {
        if run(["-L", "-n", name]) == nil { return "\(path): had it already" }
        let problem = run(["-A", "-t", "C,,", "-n", name, "-i", file])
        return problem.map { "\(path): not added: \($0)" } ?? "\(path): added"
    }

    func remove(name: String) -> String {
        if run(["-L", "-n", name]) != nil { return "\(path): did not have it" }
        let problem = run(["-D", "-n", name])
        return problem.map { "\(path): not removed: \($0)" } ?? "\(path): removed"
    }

    /// Why certutil(1) failed; nil where it did not. It runs as the database's owner, whose files must stay theirs.
    private func run(_ arguments: [String]) -> String? {
        let program = Subprocess(arguments: ["certutil"] + arguments + ["-d", "sql:\(path)"], user: owner)
        guard let output = try? program.run() else { return "certutil is not installed (libnss3-tools)" }
        return output.succeeded
            ? nil : output.errorText.split(separator: "\n").first.map(String.init) ?? "no reason"
    }
}
