import ArgumentParser

@main
struct BiomatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "biomatch",
    abstract: "Biometric matching for border and identity authorities."
  )
}
