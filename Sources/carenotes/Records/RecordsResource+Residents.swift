extension RecordsResource {
    func createResident(_ asked: Asked) throws(Problem) -> Work {
        let changes = try ResidentInput.new(asked.request, today: asked.today)
        let key = try asked.key(hash.of(changes))
        return { () throws(RecordsError) in
            Reply(try residents.create(changes, by: asked.identity, key: key, today: asked.today.text))
        }
    }

    func listResidents(_ asked: Asked) throws(Problem) -> Work {
        let filter = try ResidentInput.filter(asked.request)
        return {
            let page = try residents.list(filter, for: asked.identity)
            return try trail.showing(
                .ok(page.json("residents") { $0.write(to: &$1) }), asked.event.about(count: page.rows.count))
        }
    }

    func showResident(_ asked: Asked) throws(Problem) -> Work {
        let id = try asked.id()
        return {
            try trail.showing(
                .ok(try residents.find(id, for: asked.identity).json), asked.event.about(resident: id))
        }
    }

    func changeResident(_ asked: Asked) throws(Problem) -> Work {
        let id = try asked.id()
        let changes = try ResidentInput.changes(asked.request, today: asked.today)
        return { () throws(RecordsError) in
            .ok(try residents.change(id, changes, by: asked.identity, today: asked.today.text).json)
        }
    }
}

extension Resident {
    var json: [UInt8] {
        var json = JSONWriter()
        write(to: &json)
        return json.bytes
    }
}

extension RequestHash {
    fileprivate func of(_ changes: ResidentChanges) -> Hashes {
        of([
            "POST resident", changes.givenName, changes.familyName, changes.dateOfBirth ?? nil,
            changes.nhsNumber ?? nil, changes.room ?? nil, changes.status?.rawValue, changes.careEndedOn,
        ])
    }
}
