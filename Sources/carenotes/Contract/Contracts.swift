extension Contract {
    init(_ operation: Operation) {
        self =
            switch operation {
            case .health, .live, .ready, .startup, .detailedHealth, .circuits, .metrics, .openAPI:
                Self.ofMachines(operation)
            case .setUp, .logIn, .refresh, .logOut, .changePassword, .showMe, .createUser, .listUsers, .changeUser:
                Self.ofAccounts(operation)
            case .createResident, .listResidents, .showResident, .changeResident, .showLegalHold, .placeLegalHold,
                .liftLegalHold, .decideOnRecord, .listDueRecords:
                Self.ofResidents(operation)
            case .createNote, .listNotes, .showNote, .amendNote: Self.ofNotes(operation)
            case .listAudit:
                Contract(
                    .get, .audit, .users(who: .readAudit), "Lists who read or changed what, oldest first.",
                    [.resident, .actor, .from, .to, .limit, .cursor], gives: .ok(.auditPage),
                    Answer(status: .notModified))
            }
    }

    private init(
        _ method: Method, _ route: Route, _ access: Access, _ summary: String, _ parameters: [Parameter] = [],
        needsKey: Bool = false, body: SchemaName? = nil, gives replies: Answer..., refusals: [Status] = []
    ) {
        self.init(
            method: method, route: route, access: access, summary: summary, parameters: parameters,
            needsKey: needsKey, body: body, replies: replies, refusals: refusals)
    }

    private static func ofMachines(_ operation: Operation) -> Contract {
        switch operation {
        case .live: Contract(.get, .live, .anyone, "Tells that the process runs.", gives: .ok(.health))
        case .ready:
            Contract(
                .get, .ready, .anyone, "Tells whether the replica takes requests.", gives: .ok(.health),
                Answer(status: .serviceUnavailable, schema: .health))
        case .startup:
            Contract(
                .get, .startup, .anyone, "Tells whether the replica has come up.", gives: .ok(.health),
                Answer(status: .serviceUnavailable, schema: .health))
        case .detailedHealth:
            Contract(
                .get, .detailed, .machines, "Shows all replicas and what they depend on.",
                gives: Answer(status: .ok),
                refusals: [.forbidden])
        case .circuits:
            Contract(
                .get, .circuits, .machines, "Shows the circuit breakers.", gives: .ok(.circuits),
                refusals: [.forbidden])
        case .metrics:
            Contract(
                .get, .metrics, .machines, "Gives Prometheus its metrics.", gives: Answer(status: .ok),
                refusals: [.forbidden])
        case .openAPI: Contract(.get, .openAPI, .anyone, "Gives this document.", gives: Answer(status: .ok))
        default:
            Contract(
                .get, .health, .anyone, "Tells that the service answers, and its version.", gives: .ok(.health))
        }
    }

    private static func ofAccounts(_ operation: Operation) -> Contract {
        switch operation {
        case .setUp:
            Contract(
                .post, .authSetup, .anyone, "Makes the first administrator by a setup token.", body: .setup,
                gives: .created(.session), refusals: [.unauthorized, .conflict])
        case .logIn:
            Contract(
                .post, .authLogin, .anyone, "Begins a session.", body: .login, gives: .ok(.session),
                refusals: [.unauthorized])
        case .refresh:
            Contract(
                .post, .authRefresh, .anyone, "Changes a refresh token for the next two tokens.", body: .refresh,
                gives: .ok(.tokens), refusals: [.unauthorized])
        case .logOut:
            Contract(
                .post, .authLogout, .anyone, "Ends a session, or all of its user's.", body: .logout,
                gives: .nothing,
                refusals: [.unauthorized])
        case .changePassword:
            Contract(
                .post, .authPassword, .anyUser, "Changes one's password, and begins a new session.",
                body: .passwordChange, gives: .ok(.session), refusals: [.forbidden])
        case .createUser:
            Contract(
                .post, .users, .users(who: .manageUsers), "Makes a user.", needsKey: true, body: .newUser,
                gives: .created(.user), refusals: [.conflict])
        case .listUsers:
            Contract(
                .get, .users, .users(who: .manageUsers), "Lists users.", [.limit, .cursor], gives: .ok(.userPage))
        case .changeUser:
            Contract(
                .patch, .users, .users(who: .manageUsers), "Changes a user.", body: .userChange, gives: .ok(.user),
                refusals: [.notFound, .conflict])
        default: Contract(.get, .authMe, .anyUser, "Shows who the token is for.", gives: .ok(.me))
        }
    }

    private static func ofResidents(_ operation: Operation) -> Contract {
        switch operation {
        case .createResident:
            Contract(
                .post, .residents, .users(who: .manageResidents), "Takes a resident in.", needsKey: true,
                body: .newResident, gives: .created(.resident))
        case .listResidents:
            Contract(
                .get, .residents, .users(who: .readRecords), "Lists residents.",
                [.status, .room, .limit, .cursor], gives: .ok(.residentPage))
        case .changeResident:
            Contract(
                .patch, .resident, .users(who: .manageResidents), "Changes what it names; null takes away.",
                body: .residentChanges, gives: .ok(.resident), refusals: [.conflict])
        case .showLegalHold:
            Contract(
                .get, .legalHold, .users(who: .readRecords), "Shows the hold that stands.", gives: .ok(.legalHold))
        case .placeLegalHold:
            Contract(
                .put, .legalHold, .users(who: .decideOnRecords), "Places a hold, or leaves the one that stands.",
                body: .newLegalHold, gives: .ok(.legalHold), .created(.legalHold), refusals: [.conflict])
        case .liftLegalHold:
            Contract(.delete, .legalHold, .users(who: .decideOnRecords), "Lifts the hold.", gives: .nothing)
        case .decideOnRecord:
            Contract(
                .post, .appraisals, .users(who: .decideOnRecords), "Decides on a record that is due.",
                needsKey: true, body: .newAppraisal, gives: .created(.appraisal), refusals: [.conflict])
        case .listDueRecords:
            Contract(
                .get, .recordsDue, .users(who: .decideOnRecords), "Lists records past their retention.",
                [.limit, .cursor], gives: .ok(.recordPage))
        default:
            Contract(
                .get, .resident, .users(who: .readRecords), "Shows a resident.", gives: .ok(.resident))
        }
    }

    private static func ofNotes(_ operation: Operation) -> Contract {
        switch operation {
        case .createNote:
            Contract(
                .post, .notes, .users(who: .writeNotes), "Writes a note.", needsKey: true, body: .newNote,
                gives: .created(.note), refusals: [.conflict])
        case .listNotes:
            Contract(
                .get, .notes, .users(who: .readRecords), "Lists notes, oldest first.",
                [.resident, .author, .tag, .from, .to, .limit, .cursor], gives: .ok(.notePage))
        case .amendNote:
            Contract(
                .post, .amendments, .users(who: .writeNotes), "Amends a note, which stays as it was.",
                needsKey: true, body: .newAmendment, gives: .created(.amendment), refusals: [.conflict])
        default:
            Contract(
                .get, .note, .users(who: .readRecords), "Shows a note with its amendments.",
                gives: .ok(.noteWithAmendments))
        }
    }
}
