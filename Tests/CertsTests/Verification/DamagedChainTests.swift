import Certs
import Foundation
import TestSupport
import Testing

/// Real files, cut and with bits turned. `CAREINIT_DAMAGED_CERTIFICATES=100000` runs the long form, best with
/// `--filter DamagedChainTests`: it looks at the memory of the whole process, too.
@Suite(.serialized) struct DamagedChainTests {
    private static let wanted =
        ProcessInfo.processInfo.environment["CAREINIT_DAMAGED_CERTIFICATES"].flatMap(Int.init)
    private static var count: Int { wanted ?? 1500 }
    private static var isLong: Bool { wanted != nil }

    private let keys: TestChain.Keys
    private let root: [UInt8]
    private let chain: [[UInt8]]

    init() throws {
        keys = try #require(TestChain.Keys.shared)
        let good = TestChain(keys)
        root = try good.root.signed(by: keys.root)
        chain = [try good.leaf.signed(by: keys.intermediate), try good.intermediate.signed(by: keys.root)]
    }

    private func verify(authorities: [UInt8], chain: [UInt8]) -> ChainVerdict {
        ChainVerification(
            authorities: authorities, chain: chain, host: TestChain.host, time: TestChain.time
        ).verdict()
    }

    private func judge(_ leaf: [UInt8]) -> ChainVerdict {
        verify(
            authorities: TestPEM.certificate(root),
            chain: TestPEM.certificate(leaf) + TestPEM.certificate(chain[1]))
    }

    @Test func `no bit of a leaf can be turned without a reason being told`() {
        for bit in stride(from: 0, to: chain[0].count * 8, by: Self.isLong ? 1 : 7) {
            var leaf = chain[0]
            leaf[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            let verdict = judge(leaf)
            #expect(!verdict.isAccepted && !verdict.errors.isEmpty, "bit \(bit)")
        }
    }

    @Test func `no leaf cut short is taken`() {
        for count in 0..<chain[0].count {
            let verdict = judge(Array(chain[0].prefix(count)))
            #expect(verdict.errors == [.certificateMalformed], "\(count) octets")
        }
    }

    @Test func `damaged files are judged without a crash, and what they hold is told`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("DamagedChainTests: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for index in 0..<Self.count {
            let verdict = judgeDamaged(index, &random)
            #expect(verdict.isAccepted != verdict.reasons.contains { $0.problem.severity == .error })
        }
        print("DamagedChainTests: \(Self.count) damaged files judged")
    }

    /// Damages the chain, the authority, the leaf's DER or a part of the chain by turns, and has both readers look at it.
    private func judgeDamaged(_ index: Int, _ random: inout SeededGenerator) -> ChainVerdict {
        let pem = chain.flatMap(TestPEM.certificate)
        let rootPEM = TestPEM.certificate(root)
        _ = CertificateInspection.inspect(
            certificatePEM: random.damaged(pem), keyPEM: [], host: TestChain.host, now: TestChain.time,
            anchorsPEM: rootPEM)
        switch index % 4 {
        case 0: return verify(authorities: rootPEM, chain: random.damaged(pem))
        case 1: return verify(authorities: random.damaged(rootPEM), chain: pem)
        case 2: return judge(random.damaged(chain[0]))
        default:
            let cut = Int.random(in: 0...pem.count, using: &random)
            return verify(authorities: rootPEM, chain: random.damaged(Array(pem.prefix(cut))))
        }
    }

    @Test(
        .enabled(if: isLong, "only in the long form: other tests' memory would count"), arguments: [true, false])
    func `nothing is left in memory`(ofDamaged isDamaged: Bool) throws {
        var random = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        func work(_ count: Int) {
            for index in 0..<count { _ = isDamaged ? judgeDamaged(index, &random) : judge(chain[0]) }
        }
        let before = try Self.residentPages()
        work(400)
        let warm = try Self.residentPages()
        work(2000)
        let after = try Self.residentPages()
        print(
            "DamagedChainTests: resident pages with 2,000 \(isDamaged ? "damaged" : "whole") files:",
            "\(before), after 400 of them \(warm), after the rest \(after)")
        // 2000 chains hold some 2 MiB of DER alone: a leak of one object each would show.
        #expect(after - warm < max(512, warm - before), "pages: \(before), \(warm), \(after)")
    }

    private static func residentPages() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
