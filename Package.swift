// swift-tools-version: 6.2

import PackageDescription

/// Every template, embedded by file so that the release binaries work without the checkout. `templates/Templates.swift`
/// gives each its path. A list, and not what the folder holds: SwiftPM remembers what this manifest said until its text changes.
///
/// `.embedInCode` names each resource after its base name, which must therefore be unique.
let templateFiles = [
    ".env.production.template",
    "alertmanager/alertmanager.yml",
    "compose/docker-compose.ha.yml",
    "etcd/etcd.yml",
    "grafana/carenotes.json",
    "grafana/dashboards.yml",
    "grafana/datasources.yml",
    "grafana/grafana.ini",
    "images/carenotes.Dockerfile",
    "images/debian.Dockerfile",
    "nginx/nginx.conf",
    "nginx/nginx-start.sh",
    "patroni/launch.py",
    "patroni/patroni.yml",
    "patroni/post-init.sql",
    "patroni/start.sh",
    "prometheus/alerts.yml",
    "prometheus/prometheus.yml",
    "redis/redis.conf",
    "redis/users.acl",
    "supervisor/supervisord.conf",
    "systemd/careinit.service",
]

// Not MemberImportVisibility: Glibc's small structures (timespec, pthread_attr_t) count as members of whichever C module
// was built first, so that whether a file compiles would change from build to build.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "careinit",
    products: [
        .executable(name: "careinit", targets: ["careinit"]),
        .executable(name: "carenotes", targets: ["carenotes"]),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        // No pkgConfig: its -D_FILE_OFFSET_BITS is a flag that SwiftPM warns of at every build.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(
            name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CSystem"),

        .target(
            name: "Templates", path: "templates", resources: templateFiles.map { .embedInCode($0) },
            swiftSettings: strict),
        .target(name: "OpenSSL", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "EnvSchema", swiftSettings: strict),
        .target(name: "Secrets", dependencies: ["COpenSSL", "OpenSSL"], swiftSettings: strict),
        .target(name: "Certs", dependencies: ["COpenSSL", "OpenSSL"], swiftSettings: strict),
        .target(name: "Transport", dependencies: ["COpenSSL", "OpenSSL", "CSystem"], swiftSettings: strict),
        .executableTarget(
            name: "careinit",
            dependencies: ["EnvSchema", "Secrets", "Certs", "Transport", "Templates", "CEdit", "CSystem"],
            swiftSettings: strict),
        .executableTarget(
            name: "carenotes",
            dependencies: [
                "EnvSchema", "Secrets", "Transport", "Templates", "CPostgres", "CHiredis", "CMicroHTTPD",
                "CSystem",
            ],
            swiftSettings: strict),

        .executableTarget(
            name: "careload", dependencies: ["Transport", "Secrets"], path: "Tests/Load", swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "EnvSchemaTests", dependencies: ["EnvSchema", "Templates", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "SecretsTests", dependencies: ["Secrets", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CertsTests", dependencies: ["Certs", "Secrets", "COpenSSL", "OpenSSL", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "TransportTests", dependencies: ["Transport", "Certs", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "careinitTests",
            dependencies: [
                "careinit", "EnvSchema", "Secrets", "Certs", "Transport", "Templates", "COpenSSL", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "carenotesTests",
            dependencies: ["carenotes", "EnvSchema", "Secrets", "Templates", "Transport", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "careloadTests", dependencies: ["careload", "Secrets", "Transport"], path: "Tests/LoadTests",
            swiftSettings: strict),
        .testTarget(
            name: "EndToEnd", dependencies: ["Transport", "CSystem"], exclude: ["Screens"], swiftSettings: strict),
    ]
)
