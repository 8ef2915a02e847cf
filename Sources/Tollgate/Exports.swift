// One import gives an embedding program everything that the face of the library mentions. The modules stay apart below,
// so that each can be built and tested by itself.

@_exported public import Findings
@_exported public import Gating
@_exported public import Reporting
@_exported public import RulePacks
@_exported public import Scanning
