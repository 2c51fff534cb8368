/// What certbot takes from the caller's environment: the way to the authority, and whom to trust.
enum CertbotEnvironment {
    private static let names = [
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "CAREINIT_TEMPLATES", "XDG_STATE_HOME",
    ]

    static var inherited: [String: String] {
        var result: [String: String] = [:]
        for name in names { result[name] = Console.variable(name) }
        return result
    }
}
