import Testing

@testable import careinit

@Suite struct SocketTableTests {
    private let text = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   104        0 4711 1 0 100 0 0 10 0
           1: 0100007F:18EB 0100007F:9C40 01 00000000:00000000 00:00000000 00000000   104        0 4712 1 0 20 4 30 10 -1
        """

    @Test func `only listening sockets are kept, in network order`() {
        let row = SocketTable.Row(address: [127, 0, 0, 1], port: 6379, user: 104, inode: 4711)
        #expect(SocketTable.parse(text) == [row])
    }

    @Test(
        arguments: [
            ([127, 0, 0, 1], true), ([0, 0, 0, 0], true), ([127, 0, 0, 11], false),
        ] as [([UInt8], Bool)])
    func `a listener collides with its own address and with all addresses`(wanted: [UInt8], collides: Bool) {
        let row = SocketTable.Row(address: [127, 0, 0, 1], port: 1, user: 0, inode: 0)
        #expect(row.covers(wanted) == collides)
    }

    @Test func `an IPv4 address mapped into IPv6 is seen through`() {
        let mapped = [UInt8](repeating: 0, count: 10) + [255, 255, 127, 0, 0, 1]
        let row = SocketTable.Row(address: mapped, port: 1, user: 0, inode: 0)
        #expect(row.covers([127, 0, 0, 1]))
        #expect(!row.covers([127, 0, 0, 2]))
    }
}
