#include "cimages.h"

#include <cairo/cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <webp/decode.h>

/* The five functions of librsvg 2.54 that are used, as librsvg/rsvg.h has them: that header reads all of GLib's, which
   would bring its flags and directories into every build. */
typedef struct RsvgHandle RsvgHandle;
typedef struct {
  double length;
  int unit;
} RsvgLength;
typedef struct {
  double x, y, width, height;
} RsvgRectangle;
extern RsvgHandle *rsvg_handle_new_from_data(const uint8_t *data, size_t length, void *error);
extern void rsvg_handle_get_intrinsic_dimensions(RsvgHandle *handle, int *has_width, RsvgLength *width, int *has_height,
                                                 RsvgLength *height, int *has_box, RsvgRectangle *box);
extern int rsvg_handle_get_intrinsic_size_in_pixels(RsvgHandle *handle, double *width, double *height);
extern int rsvg_handle_render_document(RsvgHandle *handle, cairo_t *pen, const RsvgRectangle *viewport, void *error);
extern void g_object_unref(void *object);

struct cimages_picture {
  cairo_surface_t *surface;
};

/* An SVG has no size of its own that matters: it is drawn as large as any use of it. */
enum { SVG_SIDE = 1024 };

static cimages_picture *wrap(cairo_surface_t *surface) {
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(surface);
    return NULL;
  }
  cimages_picture *picture = malloc(sizeof *picture);
  if (picture) picture->surface = surface;
  else cairo_surface_destroy(surface);
  return picture;
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int fits(int64_t width, int64_t height, int most_width, int most_height) {
  return width > 0 && height > 0 && width <= most_width && height <= most_height;
}

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

static int decode_png(const uint8_t *bytes, size_t length, int most_width, int most_height, cimages_picture **picture) {
  if (length < 33 || memcmp(bytes + 12, "IHDR", 4)) return CIMAGES_BROKEN;
  if (!fits(big_endian(bytes + 16), big_endian(bytes + 20), most_width, most_height)) return CIMAGES_TOO_LARGE;
  reader from = {bytes, length};
  cairo_surface_t *read = cairo_image_surface_create_from_png_stream(read_some, &from);
  if (cairo_surface_status(read) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(read);
    return CIMAGES_BROKEN;
  }
  *picture = wrap(read);
  return *picture ? CIMAGES_OK : CIMAGES_NO_MEMORY;
}

static int decode_jpeg(const uint8_t *bytes, size_t length, int most_width, int most_height, cimages_picture **picture) {
  tjhandle handle = tjInitDecompress();
  int width, height, sampling, space, result = CIMAGES_BROKEN;
  if (!handle) return CIMAGES_NO_MEMORY;
  if (tjDecompressHeader3(handle, bytes, length, &width, &height, &sampling, &space) == 0) {
    if (!fits(width, height, most_width, most_height)) {
      result = CIMAGES_TOO_LARGE;
    } else {
      cairo_surface_t *drawn = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
      result = CIMAGES_NO_MEMORY;
      if (cairo_surface_status(drawn) == CAIRO_STATUS_SUCCESS) {
        cairo_surface_flush(drawn);
        int failed = tjDecompress2(handle, bytes, length, cairo_image_surface_get_data(drawn), width,
                                   cairo_image_surface_get_stride(drawn), height, TJPF_BGRX, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS);
        cairo_surface_mark_dirty(drawn);
        /* A warning is a picture that is not whole: not a logo that anybody wants. */
        result = failed ? CIMAGES_BROKEN : CIMAGES_OK;
      }
      if (result == CIMAGES_OK) {
        *picture = wrap(drawn);
        if (!*picture) result = CIMAGES_NO_MEMORY;
      } else {
        cairo_surface_destroy(drawn);
      }
    }
  }
  tjDestroy(handle);
  return result;
}

static int decode_webp(const uint8_t *bytes, size_t length, int most_width, int most_height, cimages_picture **picture) {
  int width, height;
  if (!WebPGetInfo(bytes, length, &width, &height)) return CIMAGES_BROKEN;
  if (!fits(width, height, most_width, most_height)) return CIMAGES_TOO_LARGE;
  cairo_surface_t *drawn = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  if (cairo_surface_status(drawn) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(drawn);
    return CIMAGES_NO_MEMORY;
  }
  cairo_surface_flush(drawn);
  uint8_t *pixels = cairo_image_surface_get_data(drawn);
  int stride = cairo_image_surface_get_stride(drawn);
  if (!WebPDecodeBGRAInto(bytes, length, pixels, (size_t)stride * height, stride)) {
    cairo_surface_destroy(drawn);
    return CIMAGES_BROKEN;
  }
  for (int row = 0; row < height; row++) {
    uint8_t *pixel = pixels + (size_t)row * stride;
    for (int column = 0; column < width; column++, pixel += 4)
      for (int channel = 0; channel < 3; channel++) pixel[channel] = (uint8_t)((pixel[channel] * pixel[3] + 127) / 255);
  }
  cairo_surface_mark_dirty(drawn);
  *picture = wrap(drawn);
  return *picture ? CIMAGES_OK : CIMAGES_NO_MEMORY;
}

/* Drawn by librsvg, which runs no scripts, and without a base address reads no file and asks no server. */
static int decode_svg(const uint8_t *bytes, size_t length, cimages_picture **picture) {
  RsvgHandle *handle = rsvg_handle_new_from_data(bytes, length, NULL);
  int result = CIMAGES_BROKEN;
  if (!handle) return CIMAGES_BROKEN;
  int has_width, has_height, has_box;
  RsvgLength width, height;
  RsvgRectangle box = {0, 0, 0, 0};
  rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &box);
  double wide = box.width, high = box.height;
  if (!has_box && !rsvg_handle_get_intrinsic_size_in_pixels(handle, &wide, &high)) wide = high = SVG_SIDE;
  if (isfinite(wide) && isfinite(high) && wide > 0 && high > 0 && wide / high < 100 && high / wide < 100) {
    double scale = SVG_SIDE / fmax(wide, high);
    RsvgRectangle viewport = {0, 0, fmax(1, round(wide * scale)), fmax(1, round(high * scale))};
    cairo_surface_t *drawn =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)viewport.width, (int)viewport.height);
    cairo_t *pen = cairo_create(drawn);
    if (rsvg_handle_render_document(handle, pen, &viewport, NULL) && cairo_status(pen) == CAIRO_STATUS_SUCCESS)
      result = CIMAGES_OK;
    cairo_destroy(pen);
    if (result == CIMAGES_OK) {
      *picture = wrap(drawn);
      if (!*picture) result = CIMAGES_NO_MEMORY;
    } else {
      cairo_surface_destroy(drawn);
    }
  }
  g_object_unref(handle);
  return result;
}

static int begins_as_svg(const uint8_t *bytes, size_t length) {
  size_t at = length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
  while (at < length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) at++;
  if (length - at >= 5 && !memcmp(bytes + at, "<?xml", 5)) return 1;
  if (length - at >= 4 && !memcmp(bytes + at, "<svg", 4)) return 1;
  return length - at >= 4 && !memcmp(bytes + at, "<!--", 4);
}

int cimages_decode(const uint8_t *bytes, size_t length, int most_width, int most_height, cimages_picture **picture) {
  if (length >= 8 && !memcmp(bytes, "\x89PNG\r\n\x1a\n", 8)) return decode_png(bytes, length, most_width, most_height, picture);
  if (length >= 3 && !memcmp(bytes, "\xFF\xD8\xFF", 3)) return decode_jpeg(bytes, length, most_width, most_height, picture);
  if (length >= 12 && !memcmp(bytes, "RIFF", 4) && !memcmp(bytes + 8, "WEBP", 4))
    return decode_webp(bytes, length, most_width, most_height, picture);
  return begins_as_svg(bytes, length) ? decode_svg(bytes, length, picture) : CIMAGES_UNKNOWN;
}

int cimages_width(const cimages_picture *picture) { return cairo_image_surface_get_width(picture->surface); }
int cimages_height(const cimages_picture *picture) { return cairo_image_surface_get_height(picture->surface); }

cimages_picture *cimages_placed(const cimages_picture *picture, int width, int height, int margin, int32_t background) {
  cairo_surface_t *drawn = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *pen = cairo_create(drawn);
  if (background >= 0) {
    cairo_set_source_rgb(pen, (background >> 16 & 255) / 255.0, (background >> 8 & 255) / 255.0, (background & 255) / 255.0);
    cairo_paint(pen);
  }
  double own_width = cimages_width(picture), own_height = cimages_height(picture);
  double scale = fmin((width - 2 * margin) / own_width, (height - 2 * margin) / own_height);
  cairo_translate(pen, (width - own_width * scale) / 2, (height - own_height * scale) / 2);
  cairo_scale(pen, scale, scale);
  cairo_set_source_surface(pen, picture->surface, 0, 0);
  /* Of a picture made much smaller, the best filter looks at each point many times, and nobody sees it. */
  cairo_pattern_set_filter(cairo_get_source(pen), scale < 0.5 ? CAIRO_FILTER_GOOD : CAIRO_FILTER_BEST);
  cairo_paint(pen);
  int failed = cairo_status(pen) != CAIRO_STATUS_SUCCESS;
  cairo_destroy(pen);
  if (failed) {
    cairo_surface_destroy(drawn);
    return NULL;
  }
  return wrap(drawn);
}

typedef struct {
  uint8_t *bytes;
  size_t length, capacity;
} writer;

static cairo_status_t write_some(void *closure, const unsigned char *from, unsigned int length) {
  writer *into = closure;
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

uint8_t *cimages_png(const cimages_picture *picture, size_t *length) {
  writer into = {NULL, 0, 0};
  if (cairo_surface_write_to_png_stream(picture->surface, write_some, &into) != CAIRO_STATUS_SUCCESS) {
    free(into.bytes);
    return NULL;
  }
  *length = into.length;
  return into.bytes;
}

void cimages_gray(const cimages_picture *picture, uint8_t *gray) {
  int width = cimages_width(picture), height = cimages_height(picture);
  cairo_surface_flush(picture->surface);
  const uint8_t *pixels = cairo_image_surface_get_data(picture->surface);
  int stride = cairo_image_surface_get_stride(picture->surface);
  int has_alpha = cairo_image_surface_get_format(picture->surface) == CAIRO_FORMAT_ARGB32;
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++) {
      uint32_t pixel;
      memcpy(&pixel, pixels + (size_t)row * stride + (size_t)column * 4, 4);
      uint32_t light = 299 * (pixel >> 16 & 255) + 587 * (pixel >> 8 & 255) + 114 * (pixel & 255);
      uint32_t white = has_alpha ? 255 - (pixel >> 24) : 0;
      uint32_t value = light / 1000 + white;
      *gray++ = (uint8_t)(value > 255 ? 255 : value);
    }
}

void cimages_free(cimages_picture *picture) {
  if (!picture) return;
  cairo_surface_destroy(picture->surface);
  free(picture);
}
