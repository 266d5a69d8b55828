/* Pictures from strangers, drawn anew. Pixels are cairo's ARGB32: 32 bits in the machine's order, premultiplied. */
#ifndef CIMAGES_H
#define CIMAGES_H
#include <stddef.h>
#include <stdint.h>

typedef struct cimages_picture cimages_picture;

enum { CIMAGES_OK, CIMAGES_UNKNOWN, CIMAGES_TOO_LARGE, CIMAGES_BROKEN, CIMAGES_NO_MEMORY };

/* Reads a PNG, JPEG, WebP or SVG, known by its first bytes. The size is looked at before anything is decoded. */
int cimages_decode(const uint8_t *bytes, size_t length, int most_width, int most_height, cimages_picture **picture);
int cimages_width(const cimages_picture *picture);
int cimages_height(const cimages_picture *picture);
/* Fits the picture into the middle of a new one; the background is 0xRRGGBB, or transparent when negative. */
cimages_picture *cimages_placed(const cimages_picture *picture, int width, int height, int margin, int32_t background);
/* The bytes are to be freed with free(). */
uint8_t *cimages_png(const cimages_picture *picture, size_t *length);
/* One byte a pixel, a row after the other, on white; `gray` has room for width * height. */
void cimages_gray(const cimages_picture *picture, uint8_t *gray);
void cimages_free(cimages_picture *picture);
#endif
