import EnvSchema
import Templates
import Testing

@testable import careinit

@Suite struct DeploymentTests {
    private let network = ContainerNetwork(holding: "10.213.7.99")

    @Test func `every service has an address of its own, outside of what Docker gives away`() {
        let addresses = ContainerNetwork.services.map(network.address)
        #expect(Set(addresses).count == 17 && addresses.allSatisfy(network.holds))
        let numbers = addresses.compactMap { $0.split(separator: ".").last.flatMap { Int($0) } }
        #expect(numbers.allSatisfy { (2..<128).contains($0) })
        #expect(network.subnet == "10.213.7.0/24" && network.spareRange == "10.213.7.128/25")
        #expect(!network.holds("10.213.70.1") && !network.holds("127.0.0.1"))
    }

    @Test func `natively the settings are as the .env has them`() {
        let settings = StackSettings.local()
        #expect(Deployment.native.applied(to: settings) == settings)
        #expect(Deployment.native.replicaVariables(settings).isEmpty)
    }

    @Test func `in containers members and Redis are where their containers are, also for the replicas`() throws {
        let variables = Deployment.compose(network).replicaVariables(.local())
        #expect(
            variables == [
                "DB_HOST": "10.213.7.31", "DB_REPLICA_1_HOST": "10.213.7.32", "DB_REPLICA_2_HOST": "10.213.7.33",
                "REDIS_HOST": "10.213.7.20",
            ])
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment))
        let configuration = try Configuration(document: SpliceNotesTests.document(schema), schema: schema)
        let text = String(
            decoding: try ReplicaEnvironment.render(configuration, replacing: variables), as: UTF8.self)
        for (name, value) in variables { #expect(text.contains("\(name)=\(value)\n"), "\(name)") }
    }
}
