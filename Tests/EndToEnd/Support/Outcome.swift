/// How a program ended, and what it said.
struct Outcome: CustomStringConvertible {
    enum Ending: Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    var ending: Ending
    var output: String
    var error: String

    /// The exit code; 128 and the signal's number where a signal ended it, as shells have it.
    var code: Int32 {
        switch ending {
        case .exited(let code): code
        case .signalled(let number): 128 + number
        }
    }

    /// Both streams.
    var text: String { output + error }
    var description: String { "\(ending)\n\(output)\(error)" }
}
