import Secrets

/// Reads one file and writes another, both or nothing: what `seal` and `unseal` share.
struct SealedFile {
    let input: String
    let output: String
    let isForced: Bool

    /// - Throws: exit code 64 without `--output`, or where it names the input.
    init(_ invocation: Invocation, input fallback: String) throws(CommandFailure) {
        guard let output = invocation.value("--output"), !output.isEmpty else {
            throw CommandFailure(
                .usage, "it is not said where to write", place: "--output", fix: "--output FILE")
        }
        input = invocation.positionals.first ?? fallback
        self.output = output
        isForced = invocation.has("--force")
        guard FileSystem.realPath(input) != FileSystem.realPath(output) || FileSystem.realPath(input) == nil else {
            throw CommandFailure(
                .usage, "input and output are the same file", place: output, fix: "name another file for --output")
        }
    }

    /// - Throws: exit code 66 where there is nothing to read, 73 where something is in the way.
    func read() throws(CommandFailure) -> [UInt8] {
        guard isForced || FileSystem.status(output) == nil else {
            throw CommandFailure(
                .cannotCreate, "The output exists already", place: output,
                fix: "name another file, or --force to replace it")
        }
        do throws(FileError) { return try AtomicFile.read(input, limit: AgeProgram.sizeLimit) } catch {
            throw CommandFailure(.missingInput, "\(input) cannot be read", place: input, why: error.reason)
        }
    }

    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        do throws(FileError) { try AtomicFile.write(bytes, to: output, mode: 0o600) } catch {
            throw CommandFailure(.cannotCreate, "\(output) cannot be written", place: output, why: error.reason)
        }
    }

    /// The binary form, and the one for mail.
    static func isSealed(_ bytes: [UInt8]) -> Bool {
        ["age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE-----"].contains { bytes.starts(with: $0.utf8) }
    }
}

extension Command.Option {
    static let force = Self(name: "--force", help: "Replace the output where it exists.")
}
