#pragma once
#include <stddef.h>
#include <stdint.h>

// Swift has no shuffles of bytes and no masks as bits. With both, every byte of a file is classified at several gigabytes a
// second, so that looking for what is encoded costs a scan next to nothing.

/// A run in the alphabet of base64 (both of them): `A-Z a-z 0-9 + / - _`.
typedef struct {
  uint32_t start;
  uint32_t end;
} tg_run;

/// Where a call has ended, and how much it has found.
typedef struct {
  size_t offset;
  size_t floor;
  size_t marks;
  size_t runs;
} tg_encoding_scan;

// Shorter ones encode fewer than twenty bytes.
enum { TG_MIN_RUN = 27 };
// Longer ones are no token that was written from right to left.
enum { TG_MAX_REVERSED = 256 };
// How far into a run, and behind how many separators at most, an encoded text is looked for, as in `name_Z2hw…`.
enum { TG_MAX_PREFIX = 32, TG_MAX_SEPARATORS = 3 };

/// Looks for two things in `bytes` from `from` on: places where an escape sequence may begin or a literal be joined to
/// another, and runs of `TG_MIN_RUN` bytes and more that begin at or behind `floor` and may be text that was encoded or
/// reversed, by their first and last bytes.
///
/// Reads nothing at or behind `count`, which is below 2^32. Ends early when a buffer could become too small; go on from
/// `offset` and `floor`. Both buffers hold `capacity` entries, 64 at least.
tg_encoding_scan tg_find_encodings(
    const uint8_t *bytes, size_t count, size_t from, size_t floor, uint32_t *marks, tg_run *runs, size_t capacity);

/// The same without vector instructions: what other processors run, and what tests compare with.
tg_encoding_scan tg_find_encodings_plain(
    const uint8_t *bytes, size_t count, size_t from, size_t floor, uint32_t *marks, tg_run *runs, size_t capacity);
