/// A connection that carries bytes both ways, each call with a deadline.
protocol ByteStream: AnyObject, Sendable {
    /// Hands all bytes to the other side.
    func send(_ bytes: [UInt8], deadline: Deadline) throws(TransportError)

    /// What has arrived, waiting for the first byte of it; nothing when the other side has ended the stream in order.
    func receive(deadline: Deadline) throws(TransportError) -> [UInt8]
}
