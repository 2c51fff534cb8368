import Foundation
import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    @Suite("What was read reaches the database once") struct AuditShipperTests {
        let cluster: PostgresCluster
        let database: Database
        let scratch = ScratchSpool()

        init() throws {
            cluster = try WithPostgres.cluster
            database = cluster.database(
                hosts: [PostgresCluster.primary], limits: .init(call: .seconds(2), budget: .seconds(3)))
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            try database.migrate()
        }

        private func record(_ count: Int, in organisation: String = PostgresTests.organisation) {
            let reader = Identity(
                organisationID: organisation, subjectID: PostgresTests.author.subjectID, role: .carer)
            for _ in 0..<count { #expect(scratch.spool.record(AuditEvent(.read, by: reader))) }
        }

        private func shipper() -> AuditShipper {
            AuditShipper(spool: scratch.spool, database: database, onTrouble: { _ in })
        }

        private func rows() throws -> String { try cluster.query("SELECT count(*) FROM carenotes.audit_events") }

        private func verification(withSpool: Bool = true) throws -> AuditVerification {
            var verification = AuditVerification()
            try verification.check(AuditReader(database: database), retentionDays: 2555)
            if withSpool { try verification.check(spool: scratch.folder, isDatabaseKnown: true) }
            return verification
        }

        @Test func `every line once, whoever ships it, and each to its organisation`() throws {
            record(3)
            record(2, in: PostgresTests.otherOrganisation)
            record(1)
            #expect(shipper().step())
            #expect(try rows() == "6")
            // As after a crash: another shipper knows nothing of what was shipped.
            #expect(shipper().step())
            #expect(try rows() == "6")
            let mine = "SET ROLE carenotes_app; SET carenotes.organisation = '\(PostgresTests.organisation)';"
            #expect(try cluster.query("\(mine) SELECT count(*) FROM carenotes.audit_events") == "4")
            let found = try verification()
            #expect(!found.isBroken, "\(found.lines)")
        }

        @Test func `more than one transaction takes go in several, and files are removed once they are there`()
            throws
        {
            let spool = scratch.spool
            let results = inParallel(8) { _ in
                (0..<200).allSatisfy { _ in spool.record(AuditEvent(.read, by: PostgresTests.author)) }
            }
            #expect(results.allSatisfy { $0 })
            let shipper = shipper()
            #expect(shipper.step())
            #expect(scratch.spool.place.segments().map(\.firstSequence) == [1, nil])
            #expect(try rows() == "1600")
            record(1)
            #expect(shipper.step())
            #expect(scratch.spool.place.segments().map(\.firstSequence) == [nil])
            #expect(try rows() == "1601")
            #expect(spool.statistics.shipped == 1601)
            let found = try verification()
            #expect(!found.isBroken && found.lines[0].contains("1601 lines hold"), "\(found.lines)")
        }

        @Test func `without a primary reads go on, and are shipped when one is back`() throws {
            record(1)
            let shipper = shipper()
            try cluster.query("ALTER TABLE carenotes.audit_events RENAME TO elsewhere")
            #expect(!shipper.step())
            record(2)
            try cluster.query("ALTER TABLE carenotes.elsewhere RENAME TO audit_events")
            #expect(shipper.step())
            #expect(try rows() == "3")
        }

        @Test func `a file is kept where the database holds another line in the place of its last`() throws {
            record(2)
            #expect(shipper().step())
            try cluster.query(
                "SET session_replication_role = replica; UPDATE carenotes.audit_events SET hash = sha256('x') WHERE sequence = 2"
            )
            #expect(!shipper().step())
            #expect(try scratch.entries.count == 2)
        }

        @Test(arguments: [
            ("DELETE FROM carenotes.audit_events WHERE sequence = 2", "line 2"),
            (
                "UPDATE carenotes.audit_events SET entry = replace(convert_from(entry, 'UTF8'), 'read', 'none')::bytea WHERE sequence = 3",
                "line 3"
            ),
            ("UPDATE carenotes.audit_events SET hash = sha256('x') WHERE sequence = 1", "line 1"),
        ])
        func `what a superuser changes or takes out is named`(statement: String, place: String) throws {
            record(4)
            #expect(shipper().step())
            #expect(try !verification().isBroken)
            try cluster.query("SET session_replication_role = replica; \(statement)")
            let found = try verification(withSpool: false)
            #expect(
                found.isBroken && found.lines[0].contains("BROKEN database") && found.lines[0].contains(place),
                "\(found.lines)")
        }

        @Test func `what a superuser cuts off at the end, the spool remembers`() throws {
            record(4)
            let shipper = shipper()
            #expect(shipper.step())
            #expect(scratch.spool.withLog { log throws(FileError) in try log.rotate() } != nil)
            #expect(shipper.step())
            #expect(try !verification().isBroken)
            try cluster.query(
                "SET session_replication_role = replica; DELETE FROM carenotes.audit_events WHERE sequence > 2")
            #expect(try !verification(withSpool: false).isBroken)
            #expect(try verification().isBroken)
        }

        @Test func `what is past its time is counted, exported and may go from the front`() throws {
            record(3)
            #expect(shipper().step())
            try cluster.query(
                "SET session_replication_role = replica; UPDATE carenotes.audit_events SET occurred_at = '2001-01-01' WHERE sequence <= 2"
            )
            let reader = AuditReader(database: database)
            #expect(try reader.counts(retentionDays: 2555) == (0, 2))
            #expect(try reader.events(.init(olderThanDays: 2555), after: .init()).count == 2)
            #expect(try reader.events(.init(from: "2020-01-01"), after: .init()).count == 1)
            #expect(try reader.events(.init(), after: .init()).count == 3)
            try cluster.query(
                "SET session_replication_role = replica; DELETE FROM carenotes.audit_events WHERE occurred_at < now() - interval '2555 days'"
            )
            let found = try verification()
            #expect(!found.isBroken && found.lines[0].contains("from 3 on"), "\(found.lines)")
        }
    }
}
