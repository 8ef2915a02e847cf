#include "encoding_scan.h"

#include "byte_classes.h"

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

// MARK: Marks

// What can stand between a literal and the next one, white space left out.
static inline bool is_joint(const uint8_t *bytes, size_t count, size_t place) {
  if (place >= count) return false;
  size_t limit = place + 2 < count ? place + 2 : count;
  switch (bytes[place]) {
    case '+': case '.': case '&': case '~': case '^': case '|': case '<': case '\\': case '"': case '\'': case '`':
      return true;
    case 'f': case 'F': case 'r': case 'R': case 'b': case 'B': case 'u': case 'U': case 'L': case '@': case '$':
      // Letters before a literal, two at most.
      for (size_t next = place + 1; next <= limit && next < count; next++)
        if (tg_class_table[bytes[next]] & TG_QUOTE) return true;
      return false;
    default: return false;
  }
}

/// What else can be told at a glance. Quotes are the most by far.
static inline bool is_promising(const uint8_t *bytes, size_t count, size_t mark) {
  if (mark + 2 >= count) return false;
  switch (bytes[mark]) {
    case '"': case '\'': {
      if (mark == 0 || !(tg_class_table[bytes[mark - 1]] & (TG_TOKEN | TG_PART_END))) return false;
      size_t next = mark + 1, limit = mark + 240 < count ? mark + 240 : count;
      while (next < limit && (bytes[next] == ' ' || (bytes[next] >= '\t' && bytes[next] <= '\r'))) next++;
      return is_joint(bytes, limit, next);
    }
    case '+': return mark > 0 && (bytes[mark - 1] | 0x20) == 'u';
    case '&': return bytes[mark + 1] == '#' || (tg_class_table[bytes[mark + 1]] & TG_ALPHANUMERIC && bytes[mark + 2] != 't');
    case '%': case '\\': return true;
    default: return false;
  }
}

// MARK: Runs

static inline bool is_text(uint8_t byte) { return tg_class_table[byte] & TG_TEXT; }

/// Whether bytes are text, or UTF-16 of ASCII with a byte order mark or without.
static inline bool may_be_text(const uint8_t *bytes, int count) {
  if (bytes[0] >= 0xFE) return bytes[1] >= 0xFE;
  int zero = bytes[0] == 0 ? 0 : bytes[1] == 0 ? 1 : 2;
  for (int index = 0; index < count; index++)
    if (zero < 2 && (index & 1) == zero ? bytes[index] != 0 : !is_text(bytes[index])) return false;
  return true;
}

static inline bool may_be_base64(const uint8_t *run) {
  uint8_t bytes[6];
  for (int group = 0; group < 2; group++, run += 4) {
    uint32_t digits = (uint32_t)tg_base64_digit(run[0]) << 18 | (uint32_t)tg_base64_digit(run[1]) << 12 |
                      (uint32_t)tg_base64_digit(run[2]) << 6 | tg_base64_digit(run[3]);
    uint8_t *three = bytes + 3 * group;
    three[0] = (uint8_t)(digits >> 16), three[1] = (uint8_t)(digits >> 8), three[2] = (uint8_t)digits;
    // Most runs end here.
    if (group == 0 && !is_text(three[0]) && three[0] != 0 && three[0] < 0xFE) return false;
  }
  return may_be_text(bytes, 6);
}

static inline bool may_be_hex(const uint8_t *run) {
  uint8_t bytes[4];
  if (run[0] == '0' && (run[1] | 0x20) == 'x') run += 2;
  for (int index = 0; index < 4; index++) {
    uint8_t high = tg_hex_digit(run[2 * index]), low = tg_hex_digit(run[2 * index + 1]);
    if (high > 15 || low > 15) return false;
    bytes[index] = (uint8_t)(high << 4 | low);
  }
  return may_be_text(bytes, 4);
}

static inline bool may_be_base32(const uint8_t *run) {
  uint64_t digits = 0;
  uint8_t bytes[5];
  for (int index = 0; index < 8; index++) {
    uint8_t digit = tg_base32_digit(run[index]);
    if (digit > 31) return false;
    digits = digits << 5 | digit;
  }
  for (int index = 0; index < 5; index++) bytes[index] = (uint8_t)(digits >> (32 - 8 * index));
  return may_be_text(bytes, 5);
}

/// A bit for each of sixteen bytes from `first` to `last`, which are ASCII as all members of a run are.
static inline uint32_t within(const uint8_t *run, char first, char last) {
#if defined(__SSE2__)
  __m128i bytes = _mm_loadu_si128((const __m128i *)run);
  __m128i above = _mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1)));
  return (uint32_t)_mm_movemask_epi8(_mm_and_si128(above, _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1)))));
#else
  uint32_t bits = 0;
  for (int index = 0; index < 16; index++) bits |= (uint32_t)(run[index] >= first && run[index] <= last) << index;
  return bits;
#endif
}

/// The prefixes of tokens end in `_` or `-`; names seldom begin with capital letters and digits among small ones.
static inline bool may_be_reversed(const uint8_t *run, size_t length) {
  if (length > TG_MAX_REVERSED || !within(run, '0', '9')) return false;
  const uint8_t *end = run + length - 16;
  // Of the last sixteen bytes the last twelve.
  if (!((within(end, '_', '_') | within(end, '-', '-')) >> 4)) return false;
  uint32_t capitals = within(run, 'A', 'Z');
  return (capitals & (capitals - 1)) != 0;
}

static bool is_promising_run(const uint8_t *run, size_t length) {
  if (length < TG_MIN_RUN) return false;
  if (may_be_base64(run) || may_be_hex(run) || may_be_base32(run) || may_be_reversed(run, length)) return true;
  // What is encoded may stand behind a name. Both loads lie within the run only if it is long enough.
  size_t last = length - TG_MIN_RUN < TG_MAX_PREFIX ? length - TG_MIN_RUN : TG_MAX_PREFIX;
  uint32_t separators = within(run, '+', '/') | within(run, '_', '_');
  if (last > 16) separators |= (within(run + 16, '+', '/') | within(run + 16, '_', '_')) << 16;
  if (last < 32) separators &= (1u << last) - 1;
  for (int count = 0; separators && count < TG_MAX_SEPARATORS; count++, separators &= separators - 1)
    if (may_be_base64(run + __builtin_ctz(separators) + 1)) return true;
  return false;
}

// MARK: Passing over a text

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
  tg_encoding_scan scan = {from, floor, 0, 0};
  while (scan.offset < count && scan.marks < capacity && scan.runs < capacity) {
    size_t offset = scan.offset;
    if (offset + 1 < count && is_mark(bytes[offset], bytes[offset + 1]) && is_promising(bytes, count, offset))
      marks[scan.marks++] = (uint32_t)offset;
    if (offset >= floor && is_member(bytes[offset]) && (offset == floor || !is_member(bytes[offset - 1]))) {
      floor = run_end(bytes, count, offset);
      if (is_promising_run(bytes + offset, floor - offset)) runs[scan.runs++] = (tg_run){(uint32_t)offset, (uint32_t)floor};
    }
    scan.offset++;
  }
  scan.floor = floor;
  return scan;
}

#if defined(__x86_64__)

// BMI: counting of zeros without a branch. Whatever has AVX2 has it.
#define WIDE __attribute__((target("avx2,bmi")))

/// Sixteen bytes twice, as shuffles take them.
WIDE static inline __m256i table(const uint8_t *bytes) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes));
}

WIDE static inline uint32_t zeros(__m256i bytes) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_setzero_si256()));
}

WIDE static inline __m256i low_halves(__m256i bytes) { return _mm256_and_si256(bytes, _mm256_set1_epi8(15)); }
WIDE static inline __m256i high_halves(__m256i bytes) { return low_halves(_mm256_srli_epi16(bytes, 4)); }

/// The classes of bytes by their halves.
WIDE static inline __m256i classes(__m256i high, __m256i low, const uint8_t *highs, const uint8_t *lows) {
  return _mm256_and_si256(_mm256_shuffle_epi8(table(highs), high), _mm256_shuffle_epi8(table(lows), low));
}

WIDE static size_t run_end_wide(const uint8_t *bytes, size_t count, size_t from) {
  for (; from + 32 <= count; from += 32) {
    __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + from));
    uint32_t outside = zeros(classes(high_halves(block), low_halves(block), run_high, run_low));
    if (outside) return from + (size_t)__builtin_ctz(outside);
  }
  return run_end(bytes, count, from);
}

// What is rare stands in functions of its own, so that the loop keeps its registers.

WIDE __attribute__((noinline)) static void add_marks(
    const uint8_t *bytes, size_t count, size_t offset, uint32_t found, uint32_t *marks, tg_encoding_scan *scan) {
  size_t kept = scan->marks;
  for (; found; found &= found - 1) {
    size_t mark = offset + (size_t)__builtin_ctz(found);
    marks[kept] = (uint32_t)mark;
    kept += is_promising(bytes, count, mark);
  }
  scan->marks = kept;
}

/// Adds the run that begins at `start`, if it was not met before.
WIDE __attribute__((noinline)) static void add_run(
    const uint8_t *bytes, size_t count, size_t start, tg_run *runs, tg_encoding_scan *scan) {
  if (start < scan->floor) return;
  size_t end = run_end_wide(bytes, count, start);
  if (is_promising_run(bytes + start, end - start)) runs[scan->runs++] = (tg_run){(uint32_t)start, (uint32_t)end};
  scan->floor = end;
}

WIDE static tg_encoding_scan find_wide(
    const uint8_t *bytes, size_t count, size_t from, size_t floor, uint32_t *marks, tg_run *runs, size_t capacity) {
  tg_encoding_scan scan = {from, floor, 0, 0};
  size_t offset = from;
  // How many members stand right before the block.
  size_t tail = 0;
  while (offset - tail > floor && is_member(bytes[offset - tail - 1])) tail++;
  // One byte behind the block is looked at too.
  while (offset + 33 <= count && scan.marks + 32 <= capacity && scan.runs + 2 <= capacity) {
    __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + offset));
    __m256i next = _mm256_loadu_si256((const __m256i *)(bytes + offset + 1));
    __m256i high = high_halves(block), low = low_halves(block);
    __m256i pairs = _mm256_and_si256(
        classes(high, low, first_high, first_low),
        classes(high_halves(next), low_halves(next), next_high, next_low));
    uint32_t found = ~zeros(pairs);
    uint32_t outside = zeros(classes(high, low, run_high, run_low));
    if (found) add_marks(bytes, count, offset, found, marks, &scan);
    // A run is met in the block in which it reaches its least length: one from before, or one that lies in the block alone.
    size_t head = (size_t)__builtin_ctzll((uint64_t)outside | 1ull << 32);
    const uint32_t middle = 0x07FFFFE0;
    _Static_assert(TG_MIN_RUN == 27, "a run of 27 in a block of 32 holds its bits 5 to 26");
    if (tail + head >= TG_MIN_RUN) add_run(bytes, count, offset - tail, runs, &scan);
    if (!(outside & middle) && outside & 31)
      add_run(bytes, count, offset + 32 - (size_t)__builtin_clz(outside & 31), runs, &scan);
    tail = outside ? (size_t)__builtin_clz(outside) : tail + 32;
    offset += 32;
  }
  scan.offset = offset;
  if (offset + 33 > count) {
    // What is left is shorter than a block, but a run may have begun before it.
    if (tail > 0) add_run(bytes, count, offset - tail, runs, &scan);
    tg_encoding_scan rest = tg_find_encodings_plain(
        bytes, count, offset, scan.floor, marks + scan.marks, runs + scan.runs,
        capacity - (scan.marks > scan.runs ? scan.marks : scan.runs));
    scan = (tg_encoding_scan){rest.offset, rest.floor, scan.marks + rest.marks, scan.runs + rest.runs};
  }
  return scan;
}

#endif

tg_encoding_scan tg_find_encodings(
    const uint8_t *bytes, size_t count, size_t from, size_t floor, uint32_t *marks, tg_run *runs, size_t capacity) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
    return find_wide(bytes, count, from, floor, marks, runs, capacity);
#endif
  return tg_find_encodings_plain(bytes, count, from, floor, marks, runs, capacity);
}
