/* XML as events, read a piece at a time. Documents with a DTD are refused: entities could grow without end. */
#ifndef CSPREADSHEETS_H
#define CSPREADSHEETS_H
#include <stddef.h>

typedef struct cspreadsheets_xml cspreadsheets_xml;

/* Names are without their namespace's prefix. Each attribute is five pointers: its name, prefix and namespace, where its
   value begins and where it ends. */
typedef struct {
  void *context;
  void (*start)(void *context, const char *name, int count, const char *const *attributes);
  void (*end)(void *context, const char *name);
  void (*text)(void *context, const char *bytes, int length);
} cspreadsheets_events;

cspreadsheets_xml *cspreadsheets_xml_new(const cspreadsheets_events *events);
/* 0 when the piece was well formed so far. */
int cspreadsheets_xml_read(cspreadsheets_xml *xml, const void *bytes, size_t length, int is_last);
/* Nothing more is told; what is read from here on fails. */
void cspreadsheets_xml_stop(cspreadsheets_xml *xml);
void cspreadsheets_xml_free(cspreadsheets_xml *xml);
#endif
