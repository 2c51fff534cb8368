/// Chromium without a window, with a home of its own.
struct Browser {
    /// Its home, which starts empty.
    var home: String
    /// Where it makes its own database of authorities (NSS) at its first start, for whoever has none in `~/.pki`.
    var database: String { "\(home)/.local/share/pki/nssdb" }

    /// Opens a page; the outcome's output is the page as it stands after loading.
    func open(_ url: String) throws -> Outcome {
        try run(
            [
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom",
                url,
            ], in: "/", environment: ["HOME": home], within: .seconds(120))
    }

    /// certutil(1) on that database.
    func certutil(_ arguments: String...) throws -> Outcome {
        try run(["certutil", "-d", "sql:\(database)"] + arguments, in: "/", environment: ["HOME": home])
    }
}
