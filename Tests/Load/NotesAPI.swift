import FoundationEssentials
import Transport

/// The requests and replies of carenotes that are used here.
enum NotesAPI {
    struct Note: Codable, Equatable {
        var id: String
        var body: String
    }

    struct Page: Codable {
        var notes: [Note]
        var next: String?
    }

    struct Resident: Codable, Equatable {
        var id: String
    }

    private struct NewResident: Encodable {
        var givenName: String
        var familyName: String

        enum CodingKeys: String, CodingKey {
            case givenName = "given_name"
            case familyName = "family_name"
        }
    }

    private struct NewNote: Encodable {
        var residentID: String
        var body: String

        enum CodingKeys: String, CodingKey {
            case residentID = "resident_id"
            case body
        }
    }

    static func create(
        _ text: String, resident: String, key: String, authorization: HTTPHeader
    ) throws -> HTTPRequest {
        try post("/api/notes", NewNote(residentID: resident, body: text), key: key, authorization: authorization)
    }

    static func takeIn(_ number: Int, key: String, authorization: HTTPHeader) throws -> HTTPRequest {
        let resident = NewResident(givenName: "Careload", familyName: "Resident \(number)")
        return try post("/api/residents", resident, key: key, authorization: authorization)
    }

    private static func post(
        _ path: String, _ value: some Encodable, key: String, authorization: HTTPHeader
    ) throws -> HTTPRequest {
        let body = Array(try JSONEncoder().encode(value))
        return HTTPRequest(
            "POST", path,
            headers: [
                authorization, HTTPHeader("Idempotency-Key", key), HTTPHeader("Content-Type", "application/json"),
            ],
            body: body)
    }

    /// One page of the notes about a resident, after the cursor of the page before.
    static func list(resident: String, cursor: String?, authorization: HTTPHeader) -> HTTPRequest {
        let rest = cursor.map { "&cursor=\(percentEncoded($0))" } ?? ""
        return .get("/api/notes?resident_id=\(resident)&limit=100\(rest)", headers: [authorization])
    }

    static func note(_ reply: HTTPResponse) -> Note? {
        try? JSONDecoder().decode(Note.self, from: Data(reply.body))
    }

    static func resident(_ reply: HTTPResponse) -> Resident? {
        try? JSONDecoder().decode(Resident.self, from: Data(reply.body))
    }

    static func page(_ reply: HTTPResponse) -> Page? {
        try? JSONDecoder().decode(Page.self, from: Data(reply.body))
    }

    /// The replica that a health reply names: the number after `"instance":`.
    static func instance(in body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        guard let range = text.firstRange(of: "\"instance\":") else { return nil }
        let digits = text[range.upperBound...].drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : String(digits)
    }

    /// Everything but the unreserved characters of RFC 3986 §2.3.
    static func percentEncoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            let scalar = UnicodeScalar(byte)
            let isUnreserved =
                byte < 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            if isUnreserved || "-._~".utf8.contains(byte) {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
    }
}
