/* What is used of Pango 1.50, as pango/pangocairo.h has it: that header reads all of GLib's and HarfBuzz's, which would
   bring their flags and directories into every build. */
#ifndef CDOCUMENTS_PANGOCAIRO_H
#define CDOCUMENTS_PANGOCAIRO_H
#include <cairo/cairo.h>

typedef struct _PangoFontMap PangoFontMap;
typedef struct _PangoContext PangoContext;
typedef struct _PangoLayout PangoLayout;
typedef struct _PangoLayoutLine PangoLayoutLine;
typedef struct _PangoFontDescription PangoFontDescription;
typedef struct _PangoAttrList PangoAttrList;
typedef struct _PangoAttribute PangoAttribute;
typedef struct _PangoLanguage PangoLanguage;
typedef struct {
  int x, y, width, height;
} PangoRectangle;
typedef struct GSList {
  void *data;
  struct GSList *next;
} GSList;
enum { PANGO_SCALE = 1024, PANGO_STYLE_NORMAL = 0, PANGO_STYLE_ITALIC = 2, PANGO_WRAP_WORD_CHAR = 2, PANGO_ELLIPSIZE_END = 3, PANGO_DIRECTION_RTL = 1 };

extern void g_object_unref(void *object);
extern PangoFontMap *pango_cairo_font_map_get_default(void);
extern PangoContext *pango_font_map_create_context(PangoFontMap *map);
extern void pango_cairo_context_set_resolution(PangoContext *context, double dpi);
extern void pango_cairo_context_set_font_options(PangoContext *context, const cairo_font_options_t *options);
extern void pango_context_set_round_glyph_positions(PangoContext *context, int rounds);
extern void pango_context_set_language(PangoContext *context, PangoLanguage *language);
extern PangoLanguage *pango_language_from_string(const char *tag);
extern PangoFontDescription *pango_font_description_new(void);
extern void pango_font_description_set_family_static(PangoFontDescription *description, const char *family);
extern void pango_font_description_set_absolute_size(PangoFontDescription *description, double size);
extern void pango_font_description_set_weight(PangoFontDescription *description, int weight);
extern void pango_font_description_set_style(PangoFontDescription *description, int style);
extern void pango_font_description_free(PangoFontDescription *description);
extern PangoAttrList *pango_attr_list_new(void);
extern void pango_attr_list_insert(PangoAttrList *list, PangoAttribute *attribute);
extern void pango_attr_list_unref(PangoAttrList *list);
extern PangoAttribute *pango_attr_insert_hyphens_new(int inserts);
extern PangoAttribute *pango_attr_font_features_new(const char *features);
extern PangoLayout *pango_layout_new(PangoContext *context);
extern void pango_layout_set_text(PangoLayout *layout, const char *text, int length);
extern void pango_layout_set_font_description(PangoLayout *layout, const PangoFontDescription *description);
extern void pango_layout_set_attributes(PangoLayout *layout, PangoAttrList *list);
extern void pango_layout_set_width(PangoLayout *layout, int width);
extern void pango_layout_set_height(PangoLayout *layout, int height);
extern void pango_layout_set_wrap(PangoLayout *layout, int wrap);
extern void pango_layout_set_ellipsize(PangoLayout *layout, int ellipsize);
extern int pango_layout_get_line_count(PangoLayout *layout);
extern GSList *pango_layout_get_lines_readonly(PangoLayout *layout);
extern void pango_layout_line_get_extents(PangoLayoutLine *line, PangoRectangle *ink, PangoRectangle *logical);
extern int pango_layout_line_get_resolved_direction(PangoLayoutLine *line);
extern void pango_cairo_show_layout_line(cairo_t *pen, PangoLayoutLine *line);
#endif
