#pragma once
#include <stddef.h>

/// A pack file that is embedded in the program: its path in the repository and its bytes, which live for ever.
typedef struct {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t size;
} tg_rule_file_t;

extern const int tg_rule_file_count;

/// The embedded file at `index`, which is less than `tg_rule_file_count`.
tg_rule_file_t tg_rule_file(int index);
