import ArgumentParser
import Tollgate

/// The entry point: one place turns errors into text and exit codes.
@main
enum Main {
  static func main() async {
    Terminal.ignoreBrokenPipes()
    // Beside the reading of the arguments, which takes as long.
    Task.detached { PolicyScanner.preload() }
    do {
      var command = try TollgateCommand.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as Failure {
      Terminal.writeError("tollgate: \(error.message)\n")
      Exit.now(error.exit)
    } catch let error as RulePackError {
      Terminal.writeError("\(error)\ntollgate: the rule packs have \(error.diagnostics.count) error(s)\n")
      Exit.now(.configuration)
    } catch let error as PolicyError {
      Terminal.writeError("\(error)\ntollgate: the policy has \(error.diagnostics.count) error(s)\n")
      Exit.now(.configuration)
    } catch let error as ScanRequestError {
      Terminal.writeError("tollgate: \(error)\n")
      Exit.now(.usage)
    } catch let error as ExitCode {
      Exit.now(code: error.rawValue)
    } catch {
      // Help, version and mistakes in the arguments: ArgumentParser's texts, our codes. It exits 64 for a mistake.
      let text = TollgateCommand.fullMessage(for: error)
      let code = TollgateCommand.exitCode(for: error)
      if code == .success {
        try? Terminal.writeOutput(text + "\n")
        Exit.now(.success)
      }
      Terminal.writeError(text + "\n")
      Exit.now(code == .validationFailure ? .usage : .bug)
    }
  }
}

/// Something that ends the command, with its exit code.
struct Failure: Error {
  var message: String
  var exit: Exit

  init(_ message: String, exit: Exit = .usage) {
    self.message = message
    self.exit = exit
  }
}
