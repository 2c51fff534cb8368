import Secrets
import Testing

@Suite struct SecretBytesTests {
    @Test func `no rendering shows the secret`() {
        struct Holder { var password: SecretBytes }
        let secret = SecretBytes("hunter2-hunter2")
        let holder = Holder(password: secret)
        var dumped = ""
        dump(holder, to: &dumped)
        let renderings = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(holder)", "\([secret])",
            dumped,
        ]
        #expect(renderings.allSatisfy { !$0.contains("hunter2") })
        #expect(renderings[0] == "<secret>")
    }

    @Test func `bytes come back as they were`() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(SecretBytes(bytes).withBytes { Array($0) } == bytes)
        #expect(SecretBytes([]).withBytes { $0.count } == 0)
        #expect(SecretBytes("é").withBytes { Array($0) } == [0xC3, 0xA9])
    }

    @Test func `equality is that of the bytes`() {
        #expect(SecretBytes("abc") == SecretBytes("abc"))
        #expect(SecretBytes("abc") != SecretBytes("abd"))
        #expect(SecretBytes("abc") != SecretBytes("abcd"))
        #expect(SecretBytes("") == SecretBytes(""))
    }

    @Test func `more than the locked heap holds is still held`() {
        let secrets = (0..<600).map { SecretBytes([UInt8](repeating: UInt8($0 & 255), count: 1024)) }
        #expect(
            secrets.enumerated().allSatisfy { index, secret in
                secret.withBytes { $0.allSatisfy { $0 == UInt8(index & 255) } }
            })
    }
}

#if canImport(Glibc)
    import Glibc
#endif

extension SecretBytesTests {
    @Test func `a secret lies in memory that is never swapped out nor dumped, where the limit allows it`() throws {
        let secret = SecretBytes("not to be swapped out")
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit)
        let address = secret.withBytes { UInt(bitPattern: $0.baseAddress) }
        let region = try #require(Self.regions().first { $0.range.contains(address) })
        #expect(region.flags.contains("dd"), "left out of core dumps")
        #expect(region.flags.contains("lo") || limit.rlim_cur < 512 * 1024, "locked")
    }

    /// The regions of this process with their flags (proc_pid_smaps(5)).
    private static func regions() throws -> [(range: Range<UInt>, flags: [Substring])] {
        let text = String(decoding: try AtomicFileReading.read("/proc/self/smaps"), as: UTF8.self)
        var regions: [(range: Range<UInt>, flags: [Substring])] = []
        var range: Range<UInt>?
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "VmFlags:", let range { regions.append((range, Array(words.dropFirst()))) }
            let bounds = words.first?.split(separator: "-").map { UInt($0, radix: 16) } ?? []
            if bounds.count == 2, let start = bounds[0], let end = bounds[1], start < end { range = start..<end }
        }
        return regions
    }
}

private enum AtomicFileReading {
    struct Failure: Error {}

    /// A file whose length is not known before it is read.
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure() }
        defer { close(descriptor) }
        var (bytes, block) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count <= 0 { return bytes }
            bytes += block[..<count]
        }
    }
}
