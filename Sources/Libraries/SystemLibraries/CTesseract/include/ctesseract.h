/* Reads the words of a picture with Tesseract. */
#ifndef CTESSERACT_H
#define CTESSERACT_H
#include <stdint.h>

typedef struct {
  /* UTF-8, freed with ctesseract_free. */
  char *text;
  /* Of 100. */
  float confidence;
  int left, top, right, bottom;
  /* Words of the same line of text share it. */
  int line;
} ctesseract_word;

/* Eight bits a pixel, a row after the other. Returns the number of words, or -1. */
int ctesseract_read(const uint8_t *gray, int width, int height, const char *folder, const char *languages,
                    ctesseract_word **words);
void ctesseract_free(ctesseract_word *words, int count);
#endif
