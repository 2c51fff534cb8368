/// By when the request has to be answered that this thread works on.
///
/// A task-local value, which outside of tasks belongs to the thread: the deadline has to reach every call of the database
/// below a handler, and no layer in between has any other use for it.
enum RequestDeadline {
    /// How old a request may become.
    static let limit = Duration.seconds(30)

    @TaskLocal static var current: Deadline?
}

extension Deadline {
    /// Its own end, or the request's where that comes first.
    var withinRequest: Deadline { RequestDeadline.current.map { min(self, $0) } ?? self }
}
