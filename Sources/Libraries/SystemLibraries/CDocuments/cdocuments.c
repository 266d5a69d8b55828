#include "cdocuments.h"

#include <cairo/cairo-pdf.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "pangocairo.h"

/* Further families, should the first be missing; what none of them has, Pango looks for in whatever is installed. */
static const char families[] = "Open Sans, DejaVu Sans, sans-serif";

struct cdocuments_text {
  PangoLayout *layout;
  double width;
  int count;
  PangoLayoutLine **lines;
};

/* Pango's font map is one for each thread and lives as long as it: finding the fonts is what takes longest. */
static PangoContext *context_for(const char *language) {
  PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(context, 72);
  pango_context_set_round_glyph_positions(context, 0);
  pango_context_set_language(context, pango_language_from_string(language));
  return context;
}

cdocuments_text *cdocuments_text_set(const char *bytes, size_t length, const cdocuments_style *style, const char *language) {
  if (length > INT_MAX) return NULL;
  cdocuments_text *text = malloc(sizeof *text);
  if (!text) return NULL;
  PangoContext *context = context_for(language);
  text->width = style->width;
  text->layout = pango_layout_new(context);
  g_object_unref(context);

  PangoFontDescription *font = pango_font_description_new();
  pango_font_description_set_family_static(font, families);
  pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
  pango_font_description_set_weight(font, style->weight);
  pango_font_description_set_style(font, style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description(text->layout, font);
  pango_font_description_free(font);
  /* A word that is broken because it is too long is often one of letters that count: a hash, an address. */
  PangoAttrList *attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(0));
  /* Not every reader of PDF takes a ligature for its letters. */
  pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0, clig=0"));
  pango_layout_set_attributes(text->layout, attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_width(text->layout, (int)(style->width * PANGO_SCALE));
  pango_layout_set_wrap(text->layout, PANGO_WRAP_WORD_CHAR);
  if (style->most_lines > 0) {
    pango_layout_set_height(text->layout, -style->most_lines);
    pango_layout_set_ellipsize(text->layout, PANGO_ELLIPSIZE_END);
  }
  pango_layout_set_text(text->layout, bytes, (int)length);

  text->count = pango_layout_get_line_count(text->layout);
  text->lines = calloc((size_t)text->count, sizeof *text->lines);
  if (!text->lines) {
    cdocuments_text_free(text);
    return NULL;
  }
  GSList *line = pango_layout_get_lines_readonly(text->layout);
  for (int index = 0; index < text->count; index++, line = line->next) text->lines[index] = line->data;
  return text;
}

int cdocuments_text_lines(const cdocuments_text *text) { return text->count; }

cdocuments_line cdocuments_text_line(const cdocuments_text *text, int line) {
  PangoRectangle box;
  pango_layout_line_get_extents(text->lines[line], NULL, &box);
  double width = (double)box.width / PANGO_SCALE, ascent = (double)-box.y / PANGO_SCALE;
  int leftwards = pango_layout_line_get_resolved_direction(text->lines[line]) == PANGO_DIRECTION_RTL;
  return (cdocuments_line){leftwards ? text->width - width : 0, width, ascent, (double)box.height / PANGO_SCALE - ascent};
}

void cdocuments_text_free(cdocuments_text *text) {
  if (!text) return;
  g_object_unref(text->layout);
  free(text->lines);
  free(text);
}

struct cdocuments_picture {
  cairo_surface_t *surface;
};

typedef struct {
  const uint8_t *bytes;
  size_t left;
} reader;

static cairo_status_t read_some(void *closure, unsigned char *into, unsigned int length) {
  reader *from = closure;
  if (length > from->left) return CAIRO_STATUS_READ_ERROR;
  memcpy(into, from->bytes, length);
  from->bytes += length;
  from->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

cdocuments_picture *cdocuments_picture_read(const uint8_t *bytes, size_t length, int most_side) {
  if (length < 33 || memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) || memcmp(bytes + 12, "IHDR", 4)) return NULL;
  if (big_endian(bytes + 16) > (uint32_t)most_side || big_endian(bytes + 20) > (uint32_t)most_side) return NULL;
  reader from = {bytes, length};
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_some, &from);
  cdocuments_picture *picture = NULL;
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) picture = malloc(sizeof *picture);
  if (picture) picture->surface = surface;
  else cairo_surface_destroy(surface);
  return picture;
}

int cdocuments_picture_width(const cdocuments_picture *picture) { return cairo_image_surface_get_width(picture->surface); }
int cdocuments_picture_height(const cdocuments_picture *picture) { return cairo_image_surface_get_height(picture->surface); }

void cdocuments_picture_free(cdocuments_picture *picture) {
  if (!picture) return;
  cairo_surface_destroy(picture->surface);
  free(picture);
}

struct cdocuments_paper {
  cairo_surface_t *surface;
  cairo_t *pen;
  uint8_t *bytes;
  size_t length, capacity;
};

static cairo_status_t write_some(void *closure, const unsigned char *from, unsigned int length) {
  cdocuments_paper *into = closure;
  if (into->length + length > into->capacity) {
    size_t capacity = (into->length + length) * 2;
    uint8_t *bytes = realloc(into->bytes, capacity);
    if (!bytes) return CAIRO_STATUS_NO_MEMORY;
    into->bytes = bytes;
    into->capacity = capacity;
  }
  memcpy(into->bytes + into->length, from, length);
  into->length += length;
  return CAIRO_STATUS_SUCCESS;
}

cdocuments_paper *cdocuments_paper_new(double width, double height, const char *title, const char *author,
                                       const char *program, const char *made) {
  cdocuments_paper *paper = calloc(1, sizeof *paper);
  if (!paper) return NULL;
  paper->surface = cairo_pdf_surface_create_for_stream(write_some, paper, width, height);
  cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_AUTHOR, author);
  cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATOR, program);
  cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
  paper->pen = cairo_create(paper->surface);
  return paper;
}

static void take_colour(cairo_t *pen, uint32_t colour) {
  cairo_set_source_rgb(pen, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
}

void cdocuments_draw_line(cdocuments_paper *paper, const cdocuments_text *text, int line, double x, double baseline,
                          uint32_t colour) {
  take_colour(paper->pen, colour);
  cairo_move_to(paper->pen, x, baseline);
  pango_cairo_show_layout_line(paper->pen, text->lines[line]);
}

void cdocuments_draw_bar(cdocuments_paper *paper, double x, double y, double width, double height, uint32_t colour) {
  take_colour(paper->pen, colour);
  cairo_rectangle(paper->pen, x, y, width, height);
  cairo_fill(paper->pen);
}

void cdocuments_draw_picture(cdocuments_paper *paper, const cdocuments_picture *picture, double x, double y, double width,
                             double height) {
  cairo_save(paper->pen);
  cairo_translate(paper->pen, x, y);
  cairo_scale(paper->pen, width / cdocuments_picture_width(picture), height / cdocuments_picture_height(picture));
  cairo_set_source_surface(paper->pen, picture->surface, 0, 0);
  cairo_paint(paper->pen);
  cairo_restore(paper->pen);
}

void cdocuments_draw_stroke(cdocuments_paper *paper, const double *points, size_t count, double thickness, uint32_t colour) {
  if (count == 0) return;
  cairo_t *pen = paper->pen;
  take_colour(pen, colour);
  cairo_set_line_width(pen, thickness);
  cairo_set_line_cap(pen, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(pen, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to(pen, points[0], points[1]);
  if (count == 1) cairo_line_to(pen, points[0], points[1]);
  /* A curve from point to point, that leaves each in the direction from the one before it to the one after it. */
  for (size_t at = 0; at + 1 < count; at++) {
    const double *from = points + 2 * at, *to = from + 2;
    const double *before = at > 0 ? from - 2 : from, *after = at + 2 < count ? to + 2 : to;
    cairo_curve_to(pen, from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6,
                   to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6, to[0], to[1]);
  }
  cairo_stroke(pen);
}

void cdocuments_begin_element(cdocuments_paper *paper, const char *kind) { cairo_tag_begin(paper->pen, kind, NULL); }
void cdocuments_end_element(cdocuments_paper *paper, const char *kind) { cairo_tag_end(paper->pen, kind); }
void cdocuments_end_page(cdocuments_paper *paper) { cairo_show_page(paper->pen); }

uint8_t *cdocuments_paper_finish(cdocuments_paper *paper, size_t *length) {
  int failed = cairo_status(paper->pen) != CAIRO_STATUS_SUCCESS;
  cairo_destroy(paper->pen);
  cairo_surface_finish(paper->surface);
  failed |= cairo_surface_status(paper->surface) != CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(paper->surface);
  uint8_t *bytes = paper->bytes;
  *length = paper->length;
  free(paper);
  if (!failed) return bytes;
  free(bytes);
  return NULL;
}
