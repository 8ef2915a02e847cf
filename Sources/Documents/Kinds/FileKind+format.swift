extension FileKind {
  /// The format in which files of the kind are mostly written. Kinds that only the content tells are YAML.
  package var usualFormat: FileFormat {
    FileKindTable.rows.first { $0.kind == self }?.format ?? (self == .helmTemplate ? .template : .yaml)
  }
}
