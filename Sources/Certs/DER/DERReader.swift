/// One element of DER (X.690 §8.1): a tag and what it holds.
struct DERElement: Sendable, Equatable {
    var tag: UInt8
    var content: ArraySlice<UInt8>
    /// With tag and length.
    var encoded: ArraySlice<UInt8>

    /// The elements that it consists of.
    func children() throws(DERFault) -> [DERElement] {
        var reader = DERReader(content)
        var elements: [DERElement] = []
        while !reader.isAtEnd { elements.append(try reader.next()) }
        return elements
    }
}

/// Bytes that are not DER, or not what was expected there.
struct DERFault: Error, Equatable {}

/// Reads DER from the front. Stricter than OpenSSL: a length has its shortest form, and nothing may be indefinite.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }
    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func next() throws(DERFault) -> DERElement {
        let start = rest
        // Tags above 30 take several bytes; nothing in a certificate has one.
        guard let tag = rest.popFirst(), tag & 0x1F != 0x1F else { throw DERFault() }
        let length = try nextLength()
        guard length <= rest.count else { throw DERFault() }
        let content = rest.prefix(length)
        rest = rest.dropFirst(length)
        return DERElement(tag: tag, content: content, encoded: start[start.startIndex..<content.endIndex])
    }

    mutating func next(_ tag: UInt8) throws(DERFault) -> DERElement {
        let element = try next()
        guard element.tag == tag else { throw DERFault() }
        return element
    }

    /// The next element if it has this tag; nil, and nothing is read, where it has another or there is none.
    mutating func nextIf(_ tag: UInt8) throws(DERFault) -> DERElement? {
        rest.first == tag ? try next() : nil
    }

    func requireEnd() throws(DERFault) {
        if !isAtEnd { throw DERFault() }
    }

    private mutating func nextLength() throws(DERFault) -> Int {
        guard let first = rest.popFirst() else { throw DERFault() }
        if first < 0x80 { return Int(first) }
        let count = Int(first & 0x7F)
        guard (1...4).contains(count), count <= rest.count, rest.first != 0 else { throw DERFault() }
        let length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(count)
        guard length >= 0x80 else { throw DERFault() }
        return length
    }
}

/// The tags that certificates use.
enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let oid: UInt8 = 0x06
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31

    static func context(_ number: UInt8) -> UInt8 { 0x80 | number }
    static func contextConstructed(_ number: UInt8) -> UInt8 { 0xA0 | number }
}

extension DERReader {
    /// The one element that the bytes consist of.
    static func single(_ bytes: ArraySlice<UInt8>, _ tag: UInt8) throws(DERFault) -> DERElement {
        var reader = DERReader(bytes)
        let element = try reader.next(tag)
        try reader.requireEnd()
        return element
    }
}

extension DERElement {
    func boolean() throws(DERFault) -> Bool {
        guard tag == DERTag.boolean, content.count == 1, let byte = content.first, byte == 0 || byte == 0xFF else {
            throw DERFault()
        }
        return byte == 0xFF
    }

    /// The octets of an INTEGER: two's complement, in the shortest form.
    func integer() throws(DERFault) -> [UInt8] {
        guard !content.isEmpty else { throw DERFault() }
        let bytes = Array(content)
        let isPadded =
            bytes.count > 1 && (bytes[0] == 0 && bytes[1] < 0x80 || bytes[0] == 0xFF && bytes[1] >= 0x80)
        if isPadded { throw DERFault() }
        return bytes
    }

    /// A small number that is not negative.
    func smallInteger() throws(DERFault) -> Int {
        let bytes = try integer()
        guard bytes[0] < 0x80, bytes.count <= 7 else { throw DERFault() }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The bits of a BIT STRING, bit 0 first. Trailing zero bits, which DER leaves off, are let pass as browsers do.
    func namedBits() throws(DERFault) -> [Bool] {
        guard tag == DERTag.bitString, let unused = content.first, unused < 8 else { throw DERFault() }
        let bits: [Bool] = content.dropFirst().flatMap { (byte: UInt8) -> [Bool] in
            (0..<8).map { byte & (UInt8(0x80) >> UInt8($0)) != 0 }
        }
        guard bits.count >= Int(unused), !bits.suffix(Int(unused)).contains(true) else { throw DERFault() }
        return bits.dropLast(Int(unused))
    }
}
