public import Testing

extension Trait where Self == TimeLimitTrait {
  /// For a test that could wait for ever, or whose input is large enough that quadratic work would: half an hour is far beyond
  /// what a busy machine takes, and short enough that the whole run ends and names the test. A test that waits for others, as
  /// asynchronous ones do while blocking ones hold every thread, may well lose a minute.
  public static var endsInTheEnd: Self { .timeLimit(.minutes(30)) }
}
