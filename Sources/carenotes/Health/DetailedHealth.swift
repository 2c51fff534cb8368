import Transport

/// `/api/health/detailed`: this replica, the others, the database and Redis. Asks the other replicas, so it blocks.
struct DetailedHealth: Sendable {
    let replica: Replica
    let state: HealthState
    let watch: DependencyWatch
    /// The port of the first of the three replicas.
    let firstPort: UInt16
    /// The address of each of them.
    let addresses: [String]

    static let replicaCount = 3
    private static let patience = Duration.milliseconds(500)

    func reply() -> Reply {
        let snapshot = watch.snapshot
        let replicas = (1...Self.replicaCount).map { ($0, $0 == replica.instance || answers($0)) }
        var json = JSONWriter()
        json.object { json in
            json.member("status", "\(state.phase)")
            json.member("service", replica.service)
            json.member("version", Carenotes.version)
            json.member("instance", replica.instance)
            json.member("generation", replica.generation)
            json.name("replicas")
            json.array { json in
                for (number, isLive) in replicas {
                    json.object { json in
                        json.member("instance", number)
                        json.member("live", isLive)
                    }
                }
            }
            Self.write(snapshot, to: &json)
        }
        return .json(.ok, json.bytes)
    }

    private func answers(_ number: Int) -> Bool {
        let url = "http://\(addresses[number - 1]):\(firstPort + UInt16(number) - 1)\(Route.live.path)"
        return (try? HTTPClient.get(url, timeout: Self.patience))?.isSuccess == true
    }

    private static func write(_ snapshot: DependencyWatch.Snapshot?, to json: inout JSONWriter) {
        json.member("checked_at", snapshot?.time)
        json.name("database")
        json.object { json in
            json.member("primary", snapshot?.database.primary?.host)
            json.name("servers")
            json.array { json in
                for server in snapshot?.database.servers ?? [] {
                    json.object { json in
                        json.member("host", server.host)
                        json.member("role", server.role?.rawValue)
                    }
                }
            }
        }
        json.name("redis")
        json.object { json in json.member("reachable", snapshot?.redis ?? false) }
    }
}
