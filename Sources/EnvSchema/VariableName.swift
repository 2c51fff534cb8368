/// The name of a variable, as far as it may be shown.
package enum VariableName {
    /// The name, unless it could be a piece of a secret that was pasted over several lines, such as Base64 before its `=`.
    package static func showable(_ name: String) -> String? {
        let isName = name.utf8.allSatisfy { $0.isUppercase || $0.isDigit || $0 == UInt8(ascii: "_") }
        let isShort = name.utf8.count <= 12 || name.utf8.count <= 48 && name.utf8.contains(UInt8(ascii: "_"))
        return isName && isShort ? name : nil
    }
}
