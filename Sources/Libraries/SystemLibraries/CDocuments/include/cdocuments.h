/* Paper, as PDF: text set by Pango, drawn by cairo. Lengths are points, colours 0xRRGGBB. Everything belongs to the thread
   that made it; threads do not disturb each other. */
#ifndef CDOCUMENTS_H
#define CDOCUMENTS_H
#include <stddef.h>
#include <stdint.h>

/* Text, broken into lines no wider than asked for. Nothing in it is markup. */
typedef struct cdocuments_text cdocuments_text;

typedef struct {
  double size;
  int weight; /* 400 is regular, 700 bold */
  int italic;
  double width;
  int most_lines; /* what goes beyond ends in an ellipsis; 0 for as many as it takes */
} cdocuments_style;

/* Where a line begins within the width (those from right to left do at its end), how wide it is, and how far its letters
   reach over and under the line they stand on. */
typedef struct {
  double start, width, ascent, descent;
} cdocuments_line;

/* UTF-8 without NUL. The language is a BCP 47 tag. */
cdocuments_text *cdocuments_text_set(const char *bytes, size_t length, const cdocuments_style *style, const char *language);
int cdocuments_text_lines(const cdocuments_text *text);
cdocuments_line cdocuments_text_line(const cdocuments_text *text, int line);
void cdocuments_text_free(cdocuments_text *text);

/* A PNG no larger than most_side pixels either way; NULL when it is none. */
typedef struct cdocuments_picture cdocuments_picture;
cdocuments_picture *cdocuments_picture_read(const uint8_t *bytes, size_t length, int most_side);
int cdocuments_picture_width(const cdocuments_picture *picture);
int cdocuments_picture_height(const cdocuments_picture *picture);
void cdocuments_picture_free(cdocuments_picture *picture);

/* Pages, one after the other. */
typedef struct cdocuments_paper cdocuments_paper;
/* The date is ISO 8601. */
cdocuments_paper *cdocuments_paper_new(double width, double height, const char *title, const char *author,
                                       const char *program, const char *made);
void cdocuments_draw_line(cdocuments_paper *paper, const cdocuments_text *text, int line, double x, double baseline,
                          uint32_t colour);
void cdocuments_draw_bar(cdocuments_paper *paper, double x, double y, double width, double height, uint32_t colour);
void cdocuments_draw_picture(cdocuments_paper *paper, const cdocuments_picture *picture, double x, double y, double width,
                             double height);
/* A stroke of a pen through the points, as x, y, x, y, …; one alone is a dot. */
void cdocuments_draw_stroke(cdocuments_paper *paper, const double *points, size_t count, double thickness, uint32_t colour);
/* What is drawn between the two is an element of the document's structure: Document, H1, P, L, LI, … */
void cdocuments_begin_element(cdocuments_paper *paper, const char *kind);
void cdocuments_end_element(cdocuments_paper *paper, const char *kind);
void cdocuments_end_page(cdocuments_paper *paper);
/* The bytes are to be freed with free(); NULL when something failed. Frees the paper either way. */
uint8_t *cdocuments_paper_finish(cdocuments_paper *paper, size_t *length);
#endif
