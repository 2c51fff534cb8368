import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Every kind of question × everything that can happen at it, on the built program.
@Suite struct WizardMatrixTests {
    @Test(arguments: WizardMatrix.cells)
    func `whatever happens at a question, nothing is lost, leaked or left behind`(_ cell: WizardMatrix.Cell) throws
    {
        let run = try WizardMatrixRun(cell)
        if cell.event == .noTerminal { return try tryWithoutTerminal(run) }
        let wizard = try run.reach()
        #expect(WizardMatrixRun.talkers.isEmpty)
        #expect(cell.kind == .start || run.isUntouched)
        try carryOut(run, wizard)
        #expect(run.leaks.isEmpty)
        #expect(!run.terminal.screen().contains("cAnary"))
    }

    private func carryOut(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        switch run.cell.event {
        case .accept, .narrow, .localeC, .unknownTerminal: try goOn(run, wizard)
        case .interrupt: try interrupt(run, wizard)
        case .endOfInput: try endInput(run, wizard)
        case .hangUp: try hangUp(run, wizard)
        case .terminate: try terminate(run, wizard)
        case .kill: try kill(run, wizard)
        case .resize: try resize(run, wizard)
        case .paste: try paste(run, wizard)
        case .noTerminal: break
        }
    }

    // MARK: Going on

    private func goOn(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        run.terminal.send("\r")
        let outcome = try wizard.complete(run.cell.kind.answers)
        #expect(outcome.code == 0, "\(run.terminal.screen().suffix(500))")
        #expect(run.isRestored(run.terminal))
        #expect(try run.isComplete())
    }

    /// Each change of the width draws the question anew; then it is answered like any other.
    private func resize(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        for columns in [40, 120] as [UInt16] {
            run.terminal.resize(columns: columns)
            // A secret's question is not drawn anew: nothing of it can be seen.
            if run.cell.kind != .secret { try run.terminal.expect(run.cell.kind.question) }
        }
        if [.review, .start].contains(run.cell.kind) {
            run.terminal.send("n\r")
            #expect(try wizard.process.outcome().code == (run.cell.kind == .start ? 0 : 1))
            try expectOldOrComplete(run)
        } else {
            run.terminal.send("\r")
            try wizard.nextQuestion()
            try leave(run, wizard)
        }
        #expect(run.isRestored(run.terminal))
    }

    /// Three lines and Enter are one answer to one question.
    private func paste(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        let before = wizard.marks
        let lines = run.cell.kind == .secret ? "\(WizardMatrixRun.canary)\nbravo\n\n" : "alpha\nbravo\n\ncharlie\n"
        run.terminal.send(WizardRun.pasted(lines) + "\r")
        try wizard.nextQuestion()
        #expect(wizard.marks == before + 1, "\(run.terminal.screen().suffix(800))")
        #expect(run.cell.kind == .start || run.isUntouched)
        try leave(run, wizard)
        #expect(run.isRestored(run.terminal))
    }

    // MARK: Leaving

    private func leave(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        let outcome = try wizard.interrupt()
        #expect(outcome.code == 130, "\(run.terminal.screen().suffix(500))")
        #expect(run.cell.kind == .start || run.isUntouched)
    }

    /// The first opens the menu, the second leaves; where there is nothing to go on with, the first does.
    private func interrupt(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        run.terminal.send("\u{3}")
        if ![.menu, .resume, .start].contains(run.cell.kind) {
            #expect(try wizard.nextQuestion().hasPrefix("1 to 4"))
            run.terminal.send("\u{3}")
        }
        #expect(try wizard.process.outcome().code == 130)
        try expectLeft(run)
    }

    private func endInput(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        // At the end of a line that is not empty, it only beeps.
        run.terminal.send(WizardRun.emptied + "\u{4}")
        #expect(try wizard.process.outcome().code == (run.cell.kind == .start ? 0 : 1))
        try expectLeft(run)
    }

    private func terminate(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        wizard.process.send(SIGTERM)
        #expect(try wizard.process.outcome().code == 128 + SIGTERM)
        try expectLeft(run)
    }

    private func hangUp(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        run.terminal.hangUp()
        #expect(try wizard.process.outcome().code == 128 + SIGHUP)
        try expectOldOrComplete(run)
    }

    private func expectLeft(_ run: WizardMatrixRun) throws {
        #expect(run.isRestored(run.terminal))
        try expectOldOrComplete(run)
    }

    private func expectOldOrComplete(_ run: WizardMatrixRun) throws {
        if run.cell.kind == .start {
            #expect(Files.text(run.folder[".env"]).contains("APP_NAME=Rosewood\n"))
            #expect(try run.isComplete())
        } else {
            #expect(run.isUntouched)
        }
    }

    /// Nobody can clean up after SIGKILL: the next run works, and offers to go on.
    private func kill(_ run: WizardMatrixRun, _ wizard: WizardRun) throws {
        wizard.process.send(SIGKILL)
        #expect(try wizard.process.outcome().code == 128 + SIGKILL)
        try expectOldOrComplete(run)
        let terminal = try PseudoTerminal()
        let next = try run.begin(on: terminal)
        let question = try next.nextQuestion()
        #expect(question.hasPrefix("Go on there?") == run.cell.kind.leavesJournal, "\(question)")
        next.reply(to: question)
        #expect(try next.complete(run.cell.kind.answers).code == 0, "\(terminal.screen().suffix(500))")
        #expect(try run.isComplete())
        #expect(run.isRestored(terminal))
        #expect(!terminal.screen().contains("cAnary"))
    }

    private func tryWithoutTerminal(_ run: WizardMatrixRun) throws {
        let outcome = try careinit(
            "wizard", in: run.folder.path, environment: run.environment, within: .seconds(30))
        #expect(outcome.code == 64 && outcome.error.contains("careinit provision"), "\(outcome)")
        #expect(run.isUntouched && run.leaks.isEmpty)
    }

    @Test func `every question has its row, and what is left out has its reason`() {
        let all = WizardMatrix.Kind.allCases.count * WizardMatrix.Event.allCases.count
        let left = WizardMatrix.Kind.allCases.flatMap { kind in
            WizardMatrix.Event.allCases.compactMap { WizardMatrix.reasonToLeaveOut(kind, $0) }
        }
        #expect(WizardMatrix.cells.count + left.count == all && left.count == 4)
    }
}
