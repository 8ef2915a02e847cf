#include "encoding_scan.h"

#include <stdbool.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// A byte is in a class when the bits of its two halves meet (Mula and Lemire, "Base64 encoding and decoding at almost the
// speed of a memory copy", 2019, describe the method). So each bit is a set of high halves and a set of low halves:
//
//   bit  first byte   next byte: high halves        low halves
//   0    " '          2 (space " & ' + .)           0 2 6 7 B E
//   5    " '          0 (tab, line ends)            9 A D
//   6    " '          5 7 (\ ^ | ~)                 C E
//   1    %            3 (2-7)                       2-7
//   7    % \          5 7 (u U)                     5
//   2    &            2 6 7 (# l h e c s u)         3 5 8 C
//   3    \            0 3 7 (line ends, 0 1 x)      0 1 8 A D
//   4    +            3 4 6 (hexadecimal)           0-9
//
// Some sets hold more bytes than are meant; whoever takes a mark looks closer.
enum { QUOTE = 1 << 0 | 1 << 5 | 1 << 6, PERCENT = 1 << 1 | 1 << 7, AMPERSAND = 1 << 2, BACKSLASH = 1 << 3 | 1 << 7, PLUS = 1 << 4 };

static const uint8_t first_high[16] = {[2] = QUOTE | PERCENT | AMPERSAND | PLUS, [5] = BACKSLASH};
static const uint8_t first_low[16] = {
    [2] = QUOTE, [7] = QUOTE, [5] = PERCENT, [6] = AMPERSAND, [0xB] = PLUS, [0xC] = BACKSLASH};

static const uint8_t next_high[16] = {
    [0] = 1 << 5 | 1 << 3, [2] = 1 << 0 | 1 << 2, [3] = 1 << 1 | 1 << 3 | 1 << 4, [4] = 1 << 4, [5] = 1 << 6 | 1 << 7,
    [6] = 1 << 2 | 1 << 4, [7] = 1 << 6 | 1 << 7 | 1 << 2 | 1 << 3};
static const uint8_t next_low[16] = {
    [0] = 1 << 0 | 1 << 3 | 1 << 4,
    [1] = 1 << 3 | 1 << 4,
    [2] = 1 << 0 | 1 << 1 | 1 << 4,
    [3] = 1 << 1 | 1 << 2 | 1 << 4,
    [4] = 1 << 1 | 1 << 4,
    [5] = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 7,
    [6] = 1 << 0 | 1 << 1 | 1 << 4,
    [7] = 1 << 0 | 1 << 1 | 1 << 4,
    [8] = 1 << 2 | 1 << 3 | 1 << 4,
    [9] = 1 << 4 | 1 << 5,
    [0xA] = 1 << 3 | 1 << 5,
    [0xB] = 1 << 0,
    [0xC] = 1 << 2 | 1 << 6,
    [0xD] = 1 << 3 | 1 << 5,
    [0xE] = 1 << 0 | 1 << 6,
};

// Members of a run: + - /, digits, letters, underscore.
static const uint8_t run_high[16] = {[2] = 1, [3] = 2, [4] = 4, [5] = 8 | 16, [6] = 4, [7] = 8};
static const uint8_t run_low[16] = {
    [0] = 2 | 8, [1] = 2 | 4 | 8, [2] = 2 | 4 | 8, [3] = 2 | 4 | 8, [4] = 2 | 4 | 8, [5] = 2 | 4 | 8, [6] = 2 | 4 | 8,
    [7] = 2 | 4 | 8, [8] = 2 | 4 | 8, [9] = 2 | 4 | 8, [0xA] = 4 | 8, [0xB] = 1 | 4, [0xC] = 4, [0xD] = 1 | 4, [0xE] = 4,
    [0xF] = 1 | 4 | 16};

enum { MIN_RUN = 24 };

static inline bool is_mark(uint8_t byte, uint8_t next) {
  return first_high[byte >> 4] & first_low[byte & 15] & next_high[next >> 4] & next_low[next & 15];
}

static inline bool is_member(uint8_t byte) { return run_high[byte >> 4] & run_low[byte & 15]; }

static size_t run_end(const uint8_t *bytes, size_t count, size_t from) {
  while (from < count && is_member(bytes[from])) from++;
  return from;
}

tg_encoding_scan tg_find_encodings_plain(
    const uint8_t *bytes, size_t count, size_t from, size_t floor, uint32_t *marks, tg_run *runs, size_t capacity) {
  tg_encoding_scan scan = {from, 0, 0};
  while (scan.offset < count && scan.marks < capacity && scan.runs < capacity) {
    size_t offset = scan.offset;
    if (offset + 1 < count && is_mark(bytes[offset], bytes[offset + 1])) marks[scan.marks++] = (uint32_t)offset;
    if (offset >= floor && is_member(bytes[offset]) && (offset == floor || !is_member(bytes[offset - 1]))) {
      floor = run_end(bytes, count, offset);
      if (floor - offset >= MIN_RUN) runs[scan.runs++] = (tg_run){(uint32_t)offset, (uint32_t)floor};
    }
    scan.offset++;
  }
  return scan;
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static inline __m256i classes(__m256i bytes, const uint8_t *high, const uint8_t *low) {
  __m256i half = _mm256_set1_epi8(15);
  __m256i highs = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)high));
  __m256i lows = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)low));
  return _mm256_and_si256(
      _mm256_shuffle_epi8(highs, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)),
      _mm256_shuffle_epi8(lows, _mm256_and_si256(bytes, half)));
}

/// A bit for each byte that is no member of a run.
__attribute__((target("avx2"))) static inline uint32_t strangers(__m256i bytes) {
  return (uint32_t)_mm256_movemask_epi8(
      _mm256_cmpeq_epi8(classes(bytes, run_high, run_low), _mm256_setzero_si256()));
}

__attribute__((target("avx2"))) static size_t run_end_avx2(const uint8_t *bytes, size_t count, size_t from) {
  while (from + 32 <= count) {
    uint32_t outside = strangers(_mm256_loadu_si256((const __m256i *)(bytes + from)));
    if (outside) return from + (size_t)__builtin_ctz(outside);
    from += 32;
  }
  return run_end(bytes, count, from);
}

__attribute__((target("avx2"))) static tg_encoding_scan find_avx2(
    const uint8_t *bytes, size_t count, size_t from, size_t floor, uint32_t *marks, tg_run *runs, size_t capacity) {
  tg_encoding_scan scan = {from, 0, 0};
  size_t offset = from;
  // The members among the last 8 bytes before the block. A run of 24 fills two groups of eight of the blocks it lies in.
  uint64_t before = 0;
  for (size_t place = offset; place > floor && place + 8 > offset && is_member(bytes[place - 1]); place--)
    before |= 1ull << (8 - (offset - place) - 1);
  // One byte behind the block is looked at too.
  while (offset + 33 <= count && scan.marks + 32 <= capacity && scan.runs + 2 <= capacity) {
    __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + offset));
    __m256i next = _mm256_loadu_si256((const __m256i *)(bytes + offset + 1));
    __m256i both = _mm256_and_si256(classes(block, first_high, first_low), classes(next, next_high, next_low));
    uint32_t found = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, _mm256_setzero_si256()));
    while (found) {
      marks[scan.marks++] = (uint32_t)(offset + (size_t)__builtin_ctz(found));
      found &= found - 1;
    }
    uint64_t members = (uint64_t)(uint32_t)~strangers(block) << 8 | before;
    before = members >> 32;
    // Two groups in a row, at whichever of the four places.
    uint32_t pairs = (uint32_t)(members & members >> 8);
    bool is_hit = (~pairs - 0x01010101u) & pairs & 0x80808080u;
    for (int group = 0; is_hit && group < 4; group++) {
      if ((pairs >> (8 * group) & 0xFF) != 0xFF) continue;
      // The first group lies at `offset - 8 + 8 * group`; the run may begin up to seven bytes before.
      size_t start = offset + 8 * (size_t)group;
      if (start < floor + 8) {
        if (start < floor) continue;
        start = floor;
      } else {
        start -= 8;
        while (start > floor && is_member(bytes[start - 1])) start--;
      }
      size_t end = run_end_avx2(bytes, count, start);
      if (end - start >= MIN_RUN) runs[scan.runs++] = (tg_run){(uint32_t)start, (uint32_t)end};
      floor = end;
    }
    offset += 32;
  }
  scan.offset = offset;
  if (offset + 33 > count) {
    // What is left is shorter than a block, but a run may have begun before it.
    size_t start = offset;
    while (start > floor && is_member(bytes[start - 1])) start--;
    if (start < offset && start >= floor && scan.runs < capacity) {
      size_t end = run_end(bytes, count, start);
      if (end - start >= MIN_RUN) runs[scan.runs++] = (tg_run){(uint32_t)start, (uint32_t)end};
      if (end > floor) floor = end;
    }
    tg_encoding_scan rest = tg_find_encodings_plain(
        bytes, count, offset, floor, marks + scan.marks, runs + scan.runs,
        capacity - (scan.marks > scan.runs ? scan.marks : scan.runs));
    scan = (tg_encoding_scan){rest.offset, scan.marks + rest.marks, scan.runs + rest.runs};
  }
  return scan;
}

#endif

tg_encoding_scan tg_find_encodings(
    const uint8_t *bytes, size_t count, size_t from, size_t floor, uint32_t *marks, tg_run *runs, size_t capacity) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return find_avx2(bytes, count, from, floor, marks, runs, capacity);
#endif
  return tg_find_encodings_plain(bytes, count, from, floor, marks, runs, capacity);
}
