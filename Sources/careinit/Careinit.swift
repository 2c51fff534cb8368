#if canImport(Glibc)
    import Glibc
#endif

@main
enum Careinit {
    static func main() {
        exit(ExitCode.success.rawValue)
    }
}
