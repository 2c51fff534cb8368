extension RecordsResource {
    func createNote(_ asked: Asked) throws(Problem) -> Work {
        let note = try NoteInput.note(asked.request)
        let key = try asked.key(NoteInput.hash(note, with: hash))
        return { () throws(RecordsError) in Reply(try notes.create(note, by: asked.identity, key: key)) }
    }

    func listNotes(_ asked: Asked) throws(Problem) -> Work {
        let filter = try NoteInput.filter(asked.request)
        return {
            let page = try notes.list(filter, for: asked.identity)
            return try trail.showing(
                .ok(page.json("notes") { $0.write(to: &$1) }),
                asked.event.about(resident: filter.residentID, count: page.rows.count))
        }
    }

    func showNote(_ asked: Asked) throws(Problem) -> Work {
        let id = try asked.id()
        return {
            let found = try notes.find(id, for: asked.identity)
            var json = JSONWriter()
            found.note.write(to: &json, amendments: found.amendments)
            return try trail.showing(
                .ok(json.bytes), asked.event.about(resident: found.note.residentID, record: id))
        }
    }

    func amendNote(_ asked: Asked) throws(Problem) -> Work {
        let amendment = try NoteInput.amendment(asked.request, to: try asked.id())
        let key = try asked.key(hash.of(["POST amendment", amendment.noteID, amendment.body, amendment.reason]))
        return { () throws(RecordsError) in Reply(try notes.amend(amendment, by: asked.identity, key: key)) }
    }
}
