@main
enum Carenotes {
    static func main() {}
}
