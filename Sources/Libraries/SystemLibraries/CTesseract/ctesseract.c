#include "ctesseract.h"

#include <stdlib.h>
#include <tesseract/capi.h>

int ctesseract_read(const uint8_t *gray, int width, int height, const char *folder, const char *languages,
                    ctesseract_word **words) {
  TessBaseAPI *reader = TessBaseAPICreate();
  if (!reader) return -1;
  int count = -1, space = 256;
  *words = NULL;
  if (TessBaseAPIInit2(reader, folder, languages, OEM_LSTM_ONLY) == 0) {
    TessBaseAPISetVariable(reader, "debug_file", "/dev/null");
    /* Label and value stand in one row: a page of columns would be read one column after the other. */
    TessBaseAPISetPageSegMode(reader, PSM_SINGLE_COLUMN);
    TessBaseAPISetImage(reader, gray, width, height, 1, width);
    TessBaseAPISetSourceResolution(reader, 200);
    TessResultIterator *found = TessBaseAPIRecognize(reader, NULL) == 0 ? TessBaseAPIGetIterator(reader) : NULL;
    *words = malloc(space * sizeof **words);
    if (*words) count = 0;
    int line = -1;
    if (found && *words) {
      TessPageIterator *place = TessResultIteratorGetPageIterator(found);
      do {
        if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE)) line++;
        char *text = TessResultIteratorGetUTF8Text(found, RIL_WORD);
        if (!text) continue;
        if (count == space) {
          ctesseract_word *more = space < 4096 ? realloc(*words, 2 * space * sizeof **words) : NULL;
          if (!more) {
            TessDeleteText(text);
            break;
          }
          *words = more;
          space *= 2;
        }
        ctesseract_word *word = *words + count++;
        word->text = text;
        word->confidence = TessResultIteratorConfidence(found, RIL_WORD);
        word->line = line;
        TessPageIteratorBoundingBox(place, RIL_WORD, &word->left, &word->top, &word->right, &word->bottom);
      } while (TessResultIteratorNext(found, RIL_WORD));
    }
    if (found) TessResultIteratorDelete(found);
  }
  TessBaseAPIEnd(reader);
  TessBaseAPIDelete(reader);
  return count;
}

void ctesseract_free(ctesseract_word *words, int count) {
  for (int index = 0; index < count; index++) TessDeleteText(words[index].text);
  free(words);
}
