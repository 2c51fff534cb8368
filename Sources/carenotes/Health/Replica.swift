/// Which of the replicas this process is, and from which generation of files.
struct Replica: Sendable, Equatable {
    /// APP_NAME.
    var service: String
    /// From 1.
    var instance: Int
    var generation: Int
}
