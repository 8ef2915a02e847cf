#pragma once
#include <stddef.h>

/// A part of the page that is embedded in the program; its bytes live for ever.
typedef struct {
  const unsigned char *_Nonnull bytes;
  size_t size;
} tg_page_part_t;

/// What the page looks like.
tg_page_part_t tg_page_style(void);
/// What the page does.
tg_page_part_t tg_page_script(void);
