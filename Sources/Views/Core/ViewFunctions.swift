internal import Documents
package import Expressions
internal import Findings

/// Functions of expressions that make the typed values which views hold out of texts.
package enum ViewFunctions {
  package static let all: [Function] = [
    .function("image") { (value, evaluation) throws(ExpressionError) in
      guard case .string(let text) = value else { throw .noSuchOverload("image", value) }
      try evaluation.charge(bytes: text.utf8.count)
      guard let image = ImageReference(text) else { throw .invalid("image: the text names no image") }
      return .object(image)
    },
    .function("isImage") { (value, evaluation) throws(ExpressionError) in
      guard case .string(let text) = value else { throw .noSuchOverload("isImage", value) }
      try evaluation.charge(bytes: text.utf8.count)
      return .bool(ImageReference(text) != nil)
    },
    .function("action") { (value, evaluation) throws(ExpressionError) in
      guard case .string(let text) = value else { throw .noSuchOverload("action", value) }
      try evaluation.charge(bytes: text.utf8.count)
      return .object(ActionReference(text))
    },
    .function("shell") { (value, evaluation) throws(ExpressionError) in
      guard case .string(let text) = value else { throw .noSuchOverload("shell", value) }
      // Parsing is slower than searching.
      try evaluation.charge(text.utf8.count)
      let bytes = Array(text.utf8)
      let file = OriginFile(path: SourcePath(""), bytes: bytes)
      return .object(
        EmbeddedScript(EmbeddedText(bytes: bytes, segments: [.init(text: 0, file: 0)]), in: file, shell: "bash"))
    },
  ]
}
