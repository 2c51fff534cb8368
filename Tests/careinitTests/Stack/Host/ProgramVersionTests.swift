import Testing

@testable import careinit

@Suite struct ProgramVersionTests {
    @Test(arguments: [
        ("nginx version: nginx/1.22.1\nbuilt with OpenSSL 3.0.22 25 Aug 2026\n", ProgramVersion(3, 0, 22)),
        (
            "nginx version: nginx/1.22.1\nbuilt with OpenSSL 3.0.22 25 Aug 2026 (running with OpenSSL 3.5.9 29 Sep 2026)\n",
            ProgramVersion(3, 5, 9)
        ),
        (
            "built with OpenSSL 1.1.1w  11 Sep 2023\nconfigure arguments: --with-openssl=../openssl-3.5.0\n",
            ProgramVersion(1, 1, 1)
        ),
        ("nginx version: nginx/1.26.3\nbuilt with LibreSSL 3.9.2\n", nil),
        ("nginx version: nginx/1.26.3\nbuilt with BoringSSL\n", nil),
        ("built with OpenSSL 3.0.22 25 Aug 2026 (running with LibreSSL 3.9.2)\n", nil),
        ("nginx version: nginx/1.26.3\nconfigure arguments: --with-openssl=../openssl-3.5.0\n", nil),
        ("", nil),
    ])
    func `nginx' OpenSSL is the one that it runs with`(answer: String, version: ProgramVersion?) {
        #expect(ProgramVersion(ofOpenSSLIn: answer) == version)
    }

    @Test func `nginx' own version is the first in the same answer`() {
        let answer = "nginx version: nginx/1.22.1\nbuilt with OpenSSL 3.0.22 25 Aug 2026\n"
        #expect(ProgramVersion(in: answer) == ProgramVersion(1, 22, 1))
    }
}
