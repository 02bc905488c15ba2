import ArgumentParser

struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Check, convert and show fingerprint templates.",
    discussion: """
      Reads and writes ISO/IEC 19794-2:2005 (record and both card formats), \
      ISO/IEC 19794-2:2011, ANSI/INCITS 378-2004, 378-2009 and its Amendment 1, \
      and .xyt of NIST's NBIS.

      Example:

        biomatch template lint *.iso
      """,
    subcommands: [
      TemplateLintCommand.self, TemplateConvertCommand.self, TemplateShowCommand.self,
    ]
  )
}
