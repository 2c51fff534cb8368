/// Runs careinit to its end, in that folder; as another user by number, which only root can ask for.
func careinit(
    _ arguments: String..., in folder: String, environment: [String: String] = [:], input: String = "",
    as user: UInt32? = nil, within limit: Duration = .seconds(60)
) throws -> Outcome {
    try run(
        [Programs.careinit] + arguments, in: folder, environment: environment, input: input, as: user,
        within: limit)
}

/// Runs any program to its end.
func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:], input: String = "",
    as user: UInt32? = nil, within limit: Duration = .seconds(60)
) throws -> Outcome {
    let change = user.map { ["setpriv", "--reuid=\($0)", "--regid=\($0)", "--clear-groups"] } ?? []
    let process = try RunningProcess(
        change + arguments, .init(folder: folder, environment: environment, streams: .captured(input: input)))
    return try process.outcome(within: limit)
}

/// Whether the text holds all of the words; the words that it lacks make a readable failure.
func missing(_ words: [String], in text: String) -> [String] { words.filter { !text.contains($0) } }
