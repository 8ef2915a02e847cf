internal import Glibc
internal import Synchronization

// swift-subprocess is right for one question and its answer. Here megabytes flow through several processes at once, each
// read by a worker of its own into one buffer, and a hook has some milliseconds for all of it: so the pipes are read
// directly.

/// A running git: what it is asked goes in while what it answers comes out, so that neither side waits for the other.
struct GitProcess: ~Copyable {
  private let pid: pid_t
  /// The end of a socket; -1 when all is sent.
  private var input: Int32
  private let output: Int32
  /// -1 when git has closed it.
  private var errors: Int32
  private let question: [UInt8]
  private var sent = 0
  private var received = 0
  /// Whether nothing has come since the last pause.
  private var hasPaused = false
  private var isReaped = false
  /// The start of what git wrote to standard error.
  private(set) var errorText: [UInt8] = []

  private static let maxErrorBytes = 16 << 10
  /// Whoever has sent that much will send more.
  private static let manyBytes = 1 << 20

  /// Between making descriptors and marking them as not to be inherited no other child may be started.
  private static let spawning = Mutex<Void>(())

  /// - Parameters:
  ///   - arguments: with the name of the program first; without NUL.
  ///   - environment: all variables, `NAME=value`.
  ///   - input: everything that git is to read on standard input.
  init(_ arguments: [[UInt8]], environment: [[UInt8]], input question: [UInt8] = []) throws(GitFailure) {
    let started = Self.spawning.withLock { _ in Self.start(arguments, environment) }
    switch started {
    case .failure(let failure): throw failure
    case .success(let parts): (pid, input, output, errors) = parts
    }
    self.question = question
    if question.isEmpty { closeInput() }
  }

  deinit {
    if input >= 0 { close(input) }
    close(output)
    if errors >= 0 { close(errors) }
    guard !isReaped else { return }
    kill(pid, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0 && errno == EINTR {}
  }

  private static func start(
    _ arguments: [[UInt8]], _ environment: [[UInt8]]
  ) -> Result<(pid_t, Int32, Int32, Int32), GitFailure> {
    var sockets: [Int32] = [-1, -1]
    var outputs: [Int32] = [-1, -1]
    var errors: [Int32] = [-1, -1]
    // A socket and not a pipe: writing to a git that has ended must not raise SIGPIPE in the program that embeds us.
    guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &sockets) == 0, unsafe pipe(&outputs) == 0,
      unsafe pipe(&errors) == 0
    else {
      for descriptor in sockets + outputs + errors where descriptor >= 0 { close(descriptor) }
      return .failure(GitFailure("git could not be started: \(SystemError.last)"))
    }
    for descriptor in sockets + outputs + errors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    // Of our end alone: git's end waits as ever.
    _ = fcntl(outputs[0], F_SETFL, O_NONBLOCK)
    // F_SETPIPE_SZ (fcntl(2), Linux), which Swift does not see: fewer changes between the two processes.
    _ = fcntl(outputs[0], 1_031, 1 << 20)

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, sockets[1], STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, outputs[1], STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // The command ignores SIGPIPE; git must not inherit that.
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    let argumentList = CStringList(arguments)
    let environmentList = CStringList(environment)
    var pid: pid_t = 0
    let error = unsafe posix_spawnp(
      &pid, "git", &actions, &attributes, argumentList.pointers, environmentList.pointers)
    for descriptor in [sockets[1], outputs[1], errors[1]] { close(descriptor) }
    guard error == 0 else {
      for descriptor in [sockets[0], outputs[0], errors[0]] { close(descriptor) }
      return .failure(
        error == ENOENT ? .missing : GitFailure("git could not be started: \(SystemError(number: error))"))
    }
    return .success((pid, sockets[0], outputs[0], errors[0]))
  }

  /// Reads some of what git writes into `buffer` from `offset` on.
  ///
  /// - Returns: the number of bytes; 0 at the end.
  mutating func read(into buffer: inout [UInt8], at offset: Int) -> Int {
    while true {
      let room = buffer.count - offset
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // `offset + room` is the size of the buffer.
        unsafe Glibc.read(output, bytes.baseAddress.map { unsafe $0 + offset }, room)
      }
      if count >= 0 {
        received += count
        return count
      }
      if errno == EINTR { continue }
      guard errno == EAGAIN else { return 0 }
      if received > Self.manyBytes, !hasPaused {
        // Much is coming, in many small writes. Waking up for each costs both processes more than the work that is done
        // on it; so git is left to fill some of the pipe.
        hasPaused = true
        usleep(200)
        continue
      }
      hasPaused = false
      // Nothing there yet: git works, or waits for more of the question. Descriptors of -1 are passed over (poll(2)).
      var descriptors = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
      ]
      guard unsafe poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
      if descriptors[2].revents != 0 { send() }
      if descriptors[1].revents != 0 { readErrors() }
    }
  }

  private mutating func send() {
    let count = unsafe question.withUnsafeBytes { bytes in
      // `sent` is within the question; the flags keep the call from waiting and from raising SIGPIPE.
      unsafe Glibc.send(
        input, bytes.baseAddress.map { unsafe $0 + sent }, min(bytes.count - sent, 64 << 10),
        Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
    if count > 0 { sent += count }
    // When git has closed its end, it has its reasons, which it tells.
    if sent == question.count || (count < 0 && errno != EAGAIN && errno != EINTR) { closeInput() }
  }

  private mutating func closeInput() {
    close(input)
    input = -1
  }

  private mutating func readErrors() {
    var chunk = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe Glibc.read(errors, &chunk, chunk.count)
    if count > 0 {
      errorText += chunk.prefix(min(count, Self.maxErrorBytes - errorText.count))
    } else if count == 0 || errno != EINTR {
      close(errors)
      errors = -1
    }
  }

  /// Waits for the end of git, whose output has been read.
  ///
  /// - Throws: what git says when it failed.
  mutating func finish() throws(GitFailure) {
    if input >= 0 { closeInput() }
    while errors >= 0 { readErrors() }
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    isReaped = true
    // WIFEXITED and WEXITSTATUS of wait(2), which are macros.
    guard status & 0x7F == 0, status >> 8 & 0xFF == 0 else { throw GitFailure(gitWords: errorText) }
  }
}

/// Texts as C takes a list of them, alive as long as this value.
@safe private final class CStringList {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [[UInt8]]) {
    count = texts.count
    unsafe pointers = .allocate(capacity: texts.count + 1)
    for (index, text) in texts.enumerated() {
      // The array has room for all texts and the end.
      unsafe (pointers + index).initialize(to: strdup(FileSystem.terminated(text)))
    }
    unsafe (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { unsafe free(pointers[index]) }
    unsafe pointers.deallocate()
  }
}
