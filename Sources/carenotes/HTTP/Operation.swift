/// One thing that can be asked for: a method on a route.
///
/// `Contract` describes each of them and `Dispatcher` carries each of them out, both in switches without a default: what has
/// no description, or no handler, does not compile.
enum Operation: Int, Sendable, CaseIterable {
    case health, live, ready, startup, detailedHealth, circuits, metrics, openAPI
    case setUp, logIn, refresh, logOut, changePassword, showMe
    case createUser, listUsers, changeUser
    case createResident, listResidents, showResident, changeResident
    case showLegalHold, placeLegalHold, liftLegalHold, decideOnRecord, listDueRecords
    case createNote, listNotes, showNote, amendNote
    case listAudit

    /// What is asked for by the method on the route; nil where the route does not take it. A HEAD is a GET.
    init?(_ route: Route, _ method: Method) {
        let method = method == .head ? .get : method
        guard let found = Self.byRoute[Int(route.rawValue)].first(where: { $0.contract.method == method }) else {
            return nil
        }
        self = found
    }

    var contract: Contract { Self.contracts[rawValue] }

    /// Those of a route, in the order of the methods' names in `Allow`.
    static func all(of route: Route) -> [Operation] { byRoute[Int(route.rawValue)] }

    private static let contracts = allCases.map { Contract($0) }

    private static let byRoute = Route.allCases.map { route in
        allCases.filter { contracts[$0.rawValue].route == route }
            .sorted { contracts[$0.rawValue].method.rawValue < contracts[$1.rawValue].method.rawValue }
    }
}
