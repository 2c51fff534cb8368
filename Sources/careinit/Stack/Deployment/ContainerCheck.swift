/// A service's own checker in a container that is gone afterwards: with the service's image, user and rendered files, and
/// without a network.
struct ContainerCheck {
    var image: String
    var service: String
    /// The service's files, on this machine.
    var folder: String

    /// Where the checker finds a file of that folder.
    func path(_ name: String) -> String { "\(ContainerPlan.configuration)/\(service)/\(name)" }

    /// The command line that runs the checker there.
    func command(_ checker: [String]) -> [String] {
        let user = ContainerPlan.user(of: service)
        let mount = "type=bind,source=\(folder),target=\(ContainerPlan.configuration)/\(service),readonly"
        return [
            "docker", "run", "--rm", "--network", "none", "--read-only", "--cap-drop", "ALL", "--user",
            "\(user):\(user)", "--tmpfs", "\(ContainerPlan.run):uid=\(user),mode=0700", "--mount", mount, image,
        ] + checker
    }
}
