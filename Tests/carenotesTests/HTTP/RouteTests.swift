import Testing

@testable import carenotes

struct RouteTests {
    @Test(arguments: [
        ("/api/residents", Route.residents, nil), ("/api/residents/", .unknown, nil),
        ("/api/residents/7", .resident, "7"), ("/api/residents/7/", .unknown, nil),
        ("/api/residents//legal-hold", .unknown, nil), ("/api/residents/a%2Fb", .resident, "a%2Fb"),
        ("/api/residents/7/legal-hold", .legalHold, "7"), ("/api/residents/7/legal-holds", .unknown, nil),
        ("/api/residents/7/appraisals", .appraisals, "7"), ("/api/residents/7/8/appraisals", .unknown, nil),
        ("/api/notes/7/amendments", .amendments, "7"), ("/api/notes/7", .note, "7"), ("/api/notes", .notes, nil),
        ("/api/records/due", .recordsDue, nil), ("/API/notes", .unknown, nil), ("", .unknown, nil),
        ("/api/health", .health, nil),
    ])
    func `a path has one route and at most one parameter`(
        path: String, route: Route, parameter: String?
    ) throws {
        #expect(path.withCString { Route(path: $0) } == route)
        #expect(path.withCString { route.parameter(in: $0) } == parameter)
    }

    @Test(arguments: Route.allCases.filter { $0 != .unknown })
    func `every template leads to its own route`(route: Route) {
        #expect(route.path.withCString { Route(path: $0) } == route)
    }
}
