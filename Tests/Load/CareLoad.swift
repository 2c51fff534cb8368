@main
enum CareLoad {
    static func main() {}
}
