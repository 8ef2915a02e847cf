#pragma once
#include <stdint.h>

// Tables that are there when the program starts: a table of Swift's is made when it is first asked for, and every look into
// it asks whether it is there.

enum {
  // What credentials are made of.
  TG_TOKEN = 1,
  // ASCII without control characters but white space.
  TG_TEXT = 2,
  // White space, quotes and angle brackets: where a word ends.
  TG_WORD_END = 4,
  // Quotes of string literals.
  TG_QUOTE = 8,
  // What an escape sequence begins with, as far as one byte tells, and quotes.
  TG_FIRST = 16,
  // Letters, digits, underscore and closing brace: what a part of a string may end with, an escape sequence too.
  TG_PART_END = 32,
  // What a part of a string may begin with: TG_TOKEN, backslash and percent sign.
  TG_PART_START = 64,
  // Letters and digits.
  TG_ALPHANUMERIC = 128,
};

#define TG_WORD (TG_TOKEN | TG_TEXT | TG_PART_END | TG_PART_START | TG_ALPHANUMERIC)
#define TG_SIGN (TG_TOKEN | TG_TEXT | TG_PART_START)

static const uint8_t tg_class_table[256] = {
    ['\t'] = TG_TEXT | TG_WORD_END, ['\n'] = TG_TEXT | TG_WORD_END, ['\r'] = TG_TEXT | TG_WORD_END,
    [' '] = TG_TEXT | TG_WORD_END, ['"'] = TG_TEXT | TG_WORD_END | TG_QUOTE | TG_FIRST,
    ['\''] = TG_TEXT | TG_WORD_END | TG_QUOTE | TG_FIRST, ['`'] = TG_TEXT | TG_WORD_END | TG_QUOTE | TG_FIRST,
    ['<'] = TG_TEXT | TG_WORD_END, ['>'] = TG_TEXT | TG_WORD_END,
    ['\\'] = TG_TEXT | TG_FIRST | TG_PART_START, ['%'] = TG_TEXT | TG_FIRST | TG_PART_START,
    ['&'] = TG_SIGN | TG_FIRST, ['+'] = TG_SIGN | TG_FIRST, ['_'] = TG_SIGN | TG_PART_END, ['-'] = TG_SIGN,
    ['.'] = TG_SIGN, ['/'] = TG_SIGN, ['='] = TG_SIGN, [':'] = TG_SIGN, ['@'] = TG_SIGN, [';'] = TG_SIGN,
    ['$'] = TG_SIGN, ['!'] = TG_SIGN, ['~'] = TG_SIGN, ['}'] = TG_TEXT | TG_PART_END, ['{'] = TG_TEXT, ['#'] = TG_TEXT,
    ['('] = TG_TEXT, [')'] = TG_TEXT, ['*'] = TG_TEXT, [','] = TG_TEXT, ['?'] = TG_TEXT, ['['] = TG_TEXT,
    [']'] = TG_TEXT, ['^'] = TG_TEXT, ['|'] = TG_TEXT,
    ['0' ... '9'] = TG_WORD, ['A' ... 'Z'] = TG_WORD, ['a' ... 'z'] = TG_WORD,
};

static inline uint8_t tg_classes(uint8_t byte) { return tg_class_table[byte]; }

// Values of digits, 255 for what is none. The tables hold one more, so that what they do not name comes out as 255.

static inline uint8_t tg_base64_digit(uint8_t byte) {
  static const uint8_t table[256] = {
#define R8(v, c) [c] = v + 1, [c + 1] = v + 2, [c + 2] = v + 3, [c + 3] = v + 4, [c + 4] = v + 5, [c + 5] = v + 6, [c + 6] = v + 7, [c + 7] = v + 8
      R8(0, 'A'), R8(8, 'I'), R8(16, 'Q'), ['Y'] = 25, ['Z'] = 26, R8(26, 'a'), R8(34, 'i'), R8(42, 'q'), ['y'] = 51,
      ['z'] = 52, R8(52, '0'), ['8'] = 61, ['9'] = 62, ['+'] = 63, ['-'] = 63, ['/'] = 64, ['_'] = 64,
  };
  return (uint8_t)(table[byte] - 1);
}

static inline uint8_t tg_base32_digit(uint8_t byte) {
  static const uint8_t table[256] = {
      R8(0, 'A'), R8(8, 'I'), R8(16, 'Q'), ['Y'] = 25, ['Z'] = 26, ['2'] = 27, ['3'] = 28, ['4'] = 29, ['5'] = 30, ['6'] = 31,
      ['7'] = 32,
#undef R8
  };
  return (uint8_t)(table[byte] - 1);
}

static inline uint8_t tg_hex_digit(uint8_t byte) {
  static const uint8_t table[256] = {
      ['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10,
      ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12, ['C'] = 13,
      ['D'] = 14, ['E'] = 15, ['F'] = 16,
  };
  return (uint8_t)(table[byte] - 1);
}
