import Testing

@testable import carenotes

struct OperationTests {
    @Test func `each operation is found by its own method and route, and by no other operation's`() {
        var seen: Set<String> = []
        for operation in Operation.allCases {
            let contract = operation.contract
            #expect(Operation(contract.route, contract.method) == operation)
            #expect(seen.insert("\(contract.method) \(contract.route)").inserted, "\(operation)")
        }
    }

    @Test(arguments: Route.allCases)
    func `every route but the unknown one takes something`(route: Route) {
        #expect(Operation.all(of: route).isEmpty == (route == .unknown))
        #expect(Operation(route, .other) == nil)
        #expect(Operation(route, .head) == Operation(route, .get))
    }

    @Test func `Allow names the methods, and HEAD with GET`() {
        #expect(Route.notes.allowedMethods == "GET, HEAD, POST")
        #expect(Route.legalHold.allowedMethods == "GET, HEAD, PUT, DELETE")
        #expect(Route.authLogin.allowedMethods == "POST")
    }

    @Test func `whatever reads or changes personal data asks for a role`() {
        for operation in Operation.allCases {
            let route = operation.contract.route
            let isOpen =
                route.isRoutine || [.authSetup, .authLogin, .authRefresh, .authLogout].contains(route)
            #expect((operation.contract.access == .anyone || operation.contract.access == .machines) == isOpen)
        }
    }
}
