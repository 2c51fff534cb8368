extension RecordsResource {
    func placeLegalHold(_ asked: Asked) throws(Problem) -> Work {
        let id = try asked.id()
        let reason = try AppraisalInput.reason(asked.request)
        return { () throws(RecordsError) in
            let placed = try residents.placeLegalHold(on: id, reason: reason, by: asked.identity)
            return Reply.json(placed.isNew ? .created : .ok, placed.hold.json)
        }
    }

    func liftLegalHold(_ asked: Asked) throws(Problem) -> Work {
        let id = try asked.id()
        return { () throws(RecordsError) in
            try residents.liftLegalHold(on: id, by: asked.identity)
            return Reply.json(.noContent, [])
        }
    }

    func showLegalHold(_ asked: Asked) throws(Problem) -> Work {
        let id = try asked.id()
        return {
            let hold = try residents.legalHold(on: id, for: asked.identity)
            return try trail.showing(.ok(hold.json), asked.event.about(resident: id, record: hold.id))
        }
    }

    func decide(_ asked: Asked) throws(Problem) -> Work {
        let appraisal = try AppraisalInput.decision(asked.request, on: try asked.id(), today: asked.today)
        let key = try asked.key(
            hash.of([
                "POST appraisal", appraisal.residentID, appraisal.decision.rawValue, appraisal.reason,
                appraisal.retainUntil,
            ]))
        return { () throws(RecordsError) in
            Reply(
                try residents.decide(appraisal, retentionDays: retentionDays, by: asked.identity, key: key))
        }
    }

    func listDue(_ asked: Asked) throws(Problem) -> Work {
        let (cursor, limit) = try AppraisalInput.due(asked.request)
        return {
            let page = try residents.due(
                retentionDays: retentionDays, after: cursor, limit: limit, for: asked.identity)
            return try trail.showing(
                .ok(page.json("records") { $0.write(to: &$1) }), asked.event.about(count: page.rows.count))
        }
    }
}
