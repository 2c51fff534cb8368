import Secrets

#if canImport(Glibc)
    import Glibc
#endif

extension WizardJournal {
    /// What an earlier run has left, to go on with.
    struct Contents: Sendable, Equatable {
        var header: JournalHeader
        /// What was typed, secrets included.
        var answers: [String: String]
        var position: WizardPosition?
        /// Secrets that were typed but are lost, because their store is: to be asked for again. Sorted.
        var lostSecrets: [String]
        /// Whether the `.env` is another one than when the run began.
        var environmentChanged: Bool
        /// Whether the template is another one than when the run began.
        var templateChanged: Bool
        /// Seconds since the run began, not below 0.
        var age: Int64
        /// Set where a part of the journal could not be read; what stood before it is here.
        var damage: Damage?

        fileprivate(set) var references: [String: String] = [:]
        fileprivate(set) var secrets = JournalSecrets()

        var profile: Profile? { header.profile }
    }

    /// A line that is not what was written.
    struct Damage: Sendable, Equatable {
        /// From 1.
        var line: Int
        /// Where the journal lies now.
        var movedTo: String
    }

    /// More is no journal.
    private static let limit = 16 << 20

    /// What an earlier run has left; nil where it left nothing, or was stopped before it had begun.
    ///
    /// A damaged journal is moved aside. Nothing else is changed; the `.env` is only read.
    ///
    /// - Parameters:
    ///   - project: The stack whose settings are asked for.
    ///   - template: The bytes of the present template.
    ///   - now: Seconds since 1970.
    /// - Returns: What was answered, and what has changed since.
    /// - Throws: exit code 65 for the journal of a newer careinit, 77 where it may not be read.
    static func load(_ project: Project, template: [UInt8], now: Int64) throws(CommandFailure) -> Contents? {
        guard let bytes = try read(project.wizardJournal, project) else { return nil }
        let reading = JournalReading(bytes)
        guard let header = reading.header else {
            if reading.damagedLine != nil { try moveAside(project) }
            return reading.damagedLine.map { nothing(project, damagedAt: $0, template: template, now: now) }
        }
        guard header.format <= JournalHeader.currentFormat else { throw newer(project, header) }
        let secrets = JournalSecrets(try read(project.wizardSecrets, project) ?? [])
        let found = reading.references.compactMapValues { secrets.values[$0] }
        var contents = Contents(
            header: header, answers: reading.answers.merging(found) { $1 }, position: reading.position,
            lostSecrets: reading.references.keys.filter { found[$0] == nil }.sorted(),
            environmentChanged: try digestOfEnvironment(project) != header.environment,
            templateChanged: Digest.sha256Hex(template) != header.template, age: age(of: header, now: now))
        contents.references = reading.references.filter { found[$0.key] != nil }
        contents.secrets = secrets
        if let line = reading.damagedLine {
            try moveAside(project)
            contents.damage = Damage(line: line, movedTo: project.damagedWizardJournal)
        }
        return contents
    }

    /// Nothing of it can be used: a run that begins now, with word of what happened.
    private static func nothing(
        _ project: Project, damagedAt line: Int, template: [UInt8], now: Int64
    ) -> Contents {
        let environment = (try? digestOfEnvironment(project)) ?? "none"
        let header = JournalHeader(
            careinit: VersionCommand.current, environment: environment, template: Digest.sha256Hex(template),
            started: now)
        return Contents(
            header: header, answers: [:], lostSecrets: [], environmentChanged: false, templateChanged: false,
            age: 0, damage: Damage(line: line, movedTo: project.damagedWizardJournal))
    }

    /// A clock that was set back makes no negative ages.
    private static func age(of header: JournalHeader, now: Int64) -> Int64 {
        let (age, isOverflow) = now.subtractingReportingOverflow(header.started)
        return isOverflow ? 0 : max(0, age)
    }

    private static func read(_ path: String, _ project: Project) throws(CommandFailure) -> [UInt8]? {
        do throws(FileError) {
            return try AtomicFile.read(path, limit: limit)
        } catch {
            switch error.errno {
            case ENOENT, ENOTDIR: return nil
            // Not a file that the wizard wrote: as good as one full of rubbish.
            case EISDIR, EINVAL, EFBIG, ELOOP: return Array("\n".utf8)
            default:
                throw CommandFailure(
                    error.errno == EACCES || error.errno == EPERM ? .notPermitted : .missingInput,
                    "what the last run of the wizard has left cannot be read", place: path, why: error.reason,
                    fix: "run careinit wizard as the user who ran it last, or remove \(project.wizardFolder)")
            }
        }
    }

    private static func moveAside(_ project: Project) throws(CommandFailure) {
        let target = project.damagedWizardJournal
        do throws(SystemError) {
            // rename(2) puts a file over a file, but not over a folder.
            try FileTree.remove(target)
            guard rename(project.wizardJournal, target) == 0 else { throw .last("rename", project.wizardJournal) }
        } catch {
            throw FileTree.failure(error)
        }
    }

    private static func newer(_ project: Project, _ header: JournalHeader) -> CommandFailure {
        CommandFailure(
            .invalidData, "the last run of the wizard was one of careinit \(header.careinit), which is newer",
            place: project.wizardJournal, why: "this is careinit \(VersionCommand.current)",
            fix: "finish it with that one, or forget what was answered: rm \(project.wizardJournal)")
    }
}
