/// `/api/health/detailed`: all replicas, the database, Redis and the machine, as background threads saw them last. It asks
/// nobody, so that nothing that stalls delays it.
struct DetailedHealth: Sendable {
    let live: LiveSecrets
    let state: HealthState
    let watch: DependencyWatch
    let replicas: ReplicaWatch
    let circuits: [CircuitBreaker]
    /// Seconds since 1970.
    let startedAt: Int64

    static let replicaCount = 3

    func reply() -> Reply {
        let snapshot = watch.snapshot
        let replica = live.current.replica
        var json = JSONWriter()
        json.object { json in
            json.member("status", "\(state.phase)")
            json.member("service", replica.service)
            json.member("version", Carenotes.version)
            json.member("instance", replica.instance)
            json.member("generation", replica.generation)
            json.member("uptime_seconds", Int(max(0, WallClock.seconds() - startedAt)))
            writeReplicas(to: &json)
            json.member("checked_at", snapshot?.time)
            Self.write(snapshot?.database, to: &json)
            json.name("redis")
            json.object { json in json.member("reachable", snapshot?.redis ?? false) }
            Self.write(snapshot?.machine ?? MachineFacts(), to: &json)
            CircuitsReply.write(circuits, at: .now, to: &json)
        }
        return .json(.ok, json.bytes)
    }

    private func writeReplicas(to json: inout JSONWriter) {
        let sights = replicas.all
        let own = live.current.replica.instance
        json.name("replicas")
        json.array { json in
            for number in 1...Self.replicaCount {
                let sight = sights[number]
                json.object { json in
                    json.member("instance", number)
                    json.member("live", number == own || sight?.isLive == true)
                    json.member("status", number == own ? "\(state.phase)" : sight?.heartbeat.status)
                    json.member("generation", sight?.heartbeat.generation)
                    json.member("version", sight?.heartbeat.version)
                    json.member("seconds_since_heartbeat", sight?.age, digits: 3)
                }
            }
        }
    }

    private static func write(_ health: DatabaseHealth?, to json: inout JSONWriter) {
        let primary = health?.primary
        json.name("database")
        json.object { json in
            json.member("primary", primary?.host)
            json.name("servers")
            json.array { json in
                for server in health?.servers ?? [] {
                    json.object { json in
                        json.member("host", server.host)
                        json.member("role", server.role?.rawValue)
                        guard server.role == .standby else { return }
                        let lag = primary?.replication.flatMap { primary in
                            server.replication.map { ($0.bytes(behind: primary), $0.seconds(behind: primary)) }
                        }
                        json.member("lag_bytes", lag?.0)
                        json.member("lag_seconds", lag?.1, digits: 3)
                    }
                }
            }
        }
    }

    private static func write(_ machine: MachineFacts, to json: inout JSONWriter) {
        json.name("disk")
        json.object { json in
            json.member("total_bytes", machine.diskTotal)
            json.member("available_bytes", machine.diskAvailable)
        }
        json.name("memory")
        json.object { json in
            json.member("total_bytes", machine.memoryTotal)
            json.member("available_bytes", machine.memoryAvailable)
            json.member("process_resident_bytes", machine.memoryResident)
        }
        json.name("cpu")
        json.object { json in
            json.member("processors", machine.processors)
            json.name("load_average")
            json.array { json in
                for load in machine.load { json.raw(Decimal.text(load, digits: 2)) }
            }
        }
    }
}
