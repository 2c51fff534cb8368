import FoundationEssentials
import Secrets

/// The key of stored notes: every row is encrypted anew by carenotes itself, which goes on where it was interrupted.
struct EncryptionKeyMechanism: SecretMechanism {
    let context: RotationContext

    /// As many rows as there may be take longer than anything else here.
    private static let longest: Duration = .seconds(6 * 3600)
    /// carenotes' exit code where another re-encryption is at work.
    private static let isBusy: Int32 = 75

    /// What still needs another key.
    func users() throws -> String? {
        let output = try run(["--count"], timeout: .seconds(60))
        guard output.succeeded else {
            throw Self.failure("carenotes does not say which keys its values need", output)
        }
        let rest = try Self.remaining(output.text, under: Self.identifier(context.target))
        return rest == 0 ? nil : "\(rest) values need another key than the new one"
    }

    /// One that an earlier careinit began, and that goes on in its container although careinit was killed, is waited for.
    func drain() throws {
        let deadline = ContinuousClock.now + Self.longest
        while true {
            let output = try run([], timeout: Self.longest)
            if output.succeeded { return }
            guard output.ending == .exited(Self.isBusy), ContinuousClock.now < deadline else {
                throw Self.failure("Stored notes are not all encrypted anew", output)
            }
            if !context.signals.sleep(.seconds(1)) { throw CommandFailure.interrupted(context.signals) }
        }
    }

    /// Looks once more: what is retired can never be read again.
    func retire() throws {
        guard let rest = try users() else { return }
        throw CommandFailure(
            .failure, "The old ENCRYPTION_KEY is still needed, and stays", why: rest,
            fix: "careinit rotate-secrets --resume encrypts them anew")
    }

    private func run(_ words: [String], timeout: Duration) throws -> Subprocess.Output {
        let replica = try context.service("app-1")
        let options = replica.command.drop { $0 != "--env-file" }.prefix { $0 != "--instance" }
        guard let program = replica.command.first else {
            throw CommandFailure(.failure, "app-1 has no command")
        }
        let arguments = [program, "reencrypt"] + options + words
        let subprocess = Subprocess(arguments: arguments, timeout: timeout)
        do throws(Subprocess.Failure) {
            return try context.runtime.exec(replica, subprocess, signals: context.signals)
        } catch {
            if error == .interrupted { throw CommandFailure.interrupted(context.signals) }
            throw error
        }
    }

    private static func identifier(_ key: String) -> String {
        KeyID.of(Hex.decode(key) ?? [])
    }

    private struct Total: Decodable {
        var remaining: Int
        var primaryKeyID: String

        enum CodingKeys: String, CodingKey {
            case remaining
            case primaryKeyID = "primary_key_id"
        }
    }

    /// How many values need another key, of the last line that carenotes prints:
    /// `{"remaining":12,"primary_key_id":"0a1b…"}`.
    ///
    /// - Throws: exit code 65 for anything else, and for a count under another key: what is not known must not pass for zero.
    static func remaining(_ text: String, under key: String) throws(CommandFailure) -> Int {
        guard let line = text.split(separator: "\n").last,
            let total = try? JSONDecoder().decode(Total.self, from: Data(line.utf8)), total.remaining >= 0
        else { throw CommandFailure(.invalidData, "What carenotes says of its values cannot be read") }
        guard total.primaryKeyID == key else {
            throw CommandFailure(
                .invalidData, "carenotes counts by another ENCRYPTION_KEY than the one that is to stay",
                fix: "careinit up, then careinit rotate-secrets --resume")
        }
        return total.remaining
    }

    private static func failure(_ what: String, _ output: Subprocess.Output) -> CommandFailure {
        let lines = output.errorText.split(separator: "\n").map(String.init)
        let said = lines.first { $0.hasPrefix("Error: ") }?.dropFirst(7) ?? lines.last?[...]
        return CommandFailure(
            .unavailable, what, why: said.map(String.init) ?? "\(output.ending)", fix: "careinit logs app-1")
    }
}
