import ArgumentParser

struct ConsoleArguments: ParsableArguments {
    @Flag(help: "Say nothing but errors.")
    var quiet = false

    @Flag(help: "Write events as JSON lines to standard output.")
    var json = false
}
