extension Contract {
    init(_ operation: Operation) {
        switch operation {
        case .health: self.init(.get, .health, .anyone, "Tells that the service answers, and its version.")
        case .live: self.init(.get, .live, .anyone, "Tells that the process runs.")
        case .ready: self.init(.get, .ready, .anyone, "Tells whether the replica takes requests.")
        case .startup: self.init(.get, .startup, .anyone, "Tells whether the replica has come up.")
        case .detailedHealth:
            self.init(.get, .detailed, .machines, "Shows all replicas and what they depend on.")
        case .circuits: self.init(.get, .circuits, .machines, "Shows the circuit breakers.")
        case .metrics: self.init(.get, .metrics, .machines, "Gives Prometheus its metrics.")
        case .setUp: self.init(.post, .authSetup, .anyone, "Makes the first administrator by a setup token.")
        case .logIn: self.init(.post, .authLogin, .anyone, "Begins a session.")
        case .refresh: self.init(.post, .authRefresh, .anyone, "Changes a refresh token for the next two tokens.")
        case .logOut: self.init(.post, .authLogout, .anyone, "Ends a session, or all of its user's.")
        case .changePassword:
            self.init(.post, .authPassword, .anyUser, "Changes one's password, and begins a new session.")
        case .showMe: self.init(.get, .authMe, .anyUser, "Shows who the token is for.")
        case .createUser: self.init(.post, .users, .users(who: .manageUsers), "Makes a user.")
        case .listUsers:
            self.init(.get, .users, .users(who: .manageUsers), "Lists users.", ["limit", "cursor"])
        case .changeUser: self.init(.patch, .users, .users(who: .manageUsers), "Changes a user.")
        case .createResident: self.init(.post, .residents, .users(who: .manageResidents), "Takes a resident in.")
        case .listResidents:
            self.init(
                .get, .residents, .users(who: .readRecords), "Lists residents.",
                ["status", "room", "limit", "cursor"])
        case .showResident: self.init(.get, .resident, .users(who: .readRecords), "Shows a resident.")
        case .changeResident: self.init(.patch, .resident, .users(who: .manageResidents), "Changes a resident.")
        case .showLegalHold:
            self.init(.get, .legalHold, .users(who: .readRecords), "Shows the hold that stands.")
        case .placeLegalHold: self.init(.put, .legalHold, .users(who: .decideOnRecords), "Places a legal hold.")
        case .liftLegalHold: self.init(.delete, .legalHold, .users(who: .decideOnRecords), "Lifts the hold.")
        case .decideOnRecord:
            self.init(.post, .appraisals, .users(who: .decideOnRecords), "Decides on a record that is due.")
        case .listDueRecords:
            self.init(
                .get, .recordsDue, .users(who: .decideOnRecords), "Lists records past their retention.",
                ["limit", "cursor"])
        case .createNote: self.init(.post, .notes, .users(who: .writeNotes), "Writes a note.")
        case .listNotes:
            self.init(
                .get, .notes, .users(who: .readRecords), "Lists notes, oldest first.",
                ["resident_id", "author_id", "tag", "from", "to", "limit", "cursor"])
        case .showNote:
            self.init(.get, .note, .users(who: .readRecords), "Shows a note with its amendments.")
        case .amendNote: self.init(.post, .amendments, .users(who: .writeNotes), "Amends a note.")
        }
    }

    private init(
        _ method: Method, _ route: Route, _ access: Access, _ summary: String, _ parameters: [String] = []
    ) {
        self.init(method: method, route: route, access: access, summary: summary, parameters: parameters)
    }
}
