/// What careinit touches besides its command line: variables of its environment, and files.
enum Footprint {
    struct EnvironmentVariable: Sendable {
        var name: String
        var meaning: String
    }

    /// Every one that careinit looks at. Settings of the stack are not among them: those stand in the `.env` alone.
    static let variables: [EnvironmentVariable] = [
        .init(
            name: "ACCESSIBLE",
            meaning: "Where it is set, lines are only appended, without colour or editing, as with wizard --plain."
        ),
        .init(
            name: "CAREINIT_TEMPLATES",
            meaning: "A folder whose files take the place of the templates that careinit brings along."),
        .init(name: "CI", meaning: "Where it is set, careinit never asks, as with --no-input."),
        .init(name: "NO_COLOR", meaning: "Where it is set, nothing is coloured, as with --no-color."),
        .init(
            name: "SUDO_USER",
            meaning: "Under sudo: the user whose browsers certs trust tells of the authority."),
        .init(
            name: "TERM",
            meaning: "The kind of terminal. Without it, or with dumb, there is no colour and no editing."),
        .init(
            name: "XDG_STATE_HOME",
            meaning: "Where the state of a stack goes whose own folder cannot hold it (default: ~/.local/state)."),
    ]

    struct File: Sendable {
        var path: String
        var meaning: String
    }

    static let files: [File] = [
        .init(path: ".env", meaning: "The settings, in the current folder unless --env-file names another."),
        .init(
            path: ".env.backup-20261123T131005Z",
            meaning: "The settings as they were before careinit changed them, one file each time; careinit env "
                + "restore brings one back."),
        .init(
            path: ".careinit/",
            meaning: "Beside the .env: what the stack writes. Its data, logs, and each rendered configuration as "
                + "a numbered generation."),
        .init(
            path: "/var/lib/careinit/",
            meaning:
                "Takes the place of .careinit/ under root, where the services' users could not reach that one."
        ),
        .init(
            path: "certs/fullchain.pem, certs/privkey.pem",
            meaning: "The certificate and its key, unless TLS_CERT_PATH and TLS_KEY_PATH name others."),
    ]
}
