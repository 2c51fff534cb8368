/// Why the program ends without having done its work; the code is one of sysexits.h.
struct LoadFailure: Error, Equatable {
    var exitCode: Int32
    var message: String

    init(_ exitCode: Int32, _ message: String) {
        self.exitCode = exitCode
        self.message = message
    }
}
