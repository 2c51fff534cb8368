import Testing

@testable import carenotes

extension PostgresTests {
    @Suite("What PostgreSQL makes of the lists, behind the policies") struct RecordPlansTests {
        private static let lists: [(Call, String)] = {
            let resident = NoteFilter(residentID: PostgresTests.resident)
            let author = NoteFilter(authorID: PostgresTests.author.subjectID)
            let organisation = PostgresTests.organisation
            return [
                (NoteSQL.list(NoteFilter(), organisationID: organisation), "notes_by_time"),
                (NoteSQL.list(resident, organisationID: organisation), "notes_by_resident"),
                (NoteSQL.list(author, organisationID: organisation), "notes_by_author"),
                (ResidentSQL.list(ResidentFilter(), organisationID: organisation), "residents_by_time"),
            ]
        }()

        @Test func `each page is read from an index, at the cursor's place`() throws {
            let cluster = try WithPostgres.cluster
            _ = try freshStore(cluster.database(hosts: [PostgresCluster.primary]))
            try cluster.query(
                """
                INSERT INTO carenotes.residents (organisation_id, id)
                    SELECT '\(organisation)', gen_random_uuid() FROM generate_series(1, 1000);
                INSERT INTO carenotes.notes (id, organisation_id, resident_id, author_id, content, key_id)
                    SELECT gen_random_uuid(), organisation_id, id, gen_random_uuid(), '', repeat('0', 16)
                    FROM carenotes.residents, generate_series(1, 20);
                ANALYZE carenotes.residents, carenotes.notes
                """)
            for (call, index) in Self.lists {
                let values = call.values.map { value in
                    if case .text(let text) = value { "'\(text)'" } else { "NULL" }
                }
                let plan = try cluster.query(
                    """
                    SET ROLE carenotes_app; SET carenotes.organisation = '\(organisation)';
                    PREPARE list AS \(call.statement.text);
                    EXPLAIN (COSTS off) EXECUTE list(\(values.joined(separator: ", ")))
                    """)
                let lines = plan.split(separator: "\n")
                let start = lines.firstIndex { $0.contains("using \(index)") }
                let condition = start.flatMap { lines[$0...].dropFirst().first } ?? ""
                #expect(condition.contains("Index Cond") && condition.contains("organisation_id"), "\(plan)")
                #expect(condition.contains("ROW(") && condition.contains("created_at"), "\(plan)")
                #expect(!plan.contains("Sort"), "\(plan)")
            }
        }
    }
}
