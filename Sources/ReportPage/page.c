// Style and script of the HTML report, embedded like the rule packs (rules/embed.c), so that each is a file of its own
// language and no file is needed beside the program.
#include "include/ReportPage.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char style[] = {
#embed "report.css"
};
static const unsigned char script[] = {
#embed "report.js"
};

tg_page_part_t tg_page_style(void) { return (tg_page_part_t){style, sizeof style}; }
tg_page_part_t tg_page_script(void) { return (tg_page_part_t){script, sizeof script}; }
