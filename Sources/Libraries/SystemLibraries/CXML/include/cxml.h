/* XML as events, read a piece at a time. Documents with a DTD are refused: entities could grow without end. */
#ifndef CXML_H
#define CXML_H
#include <stddef.h>

typedef struct cxml cxml;

/* Names are without their namespace's prefix. Each attribute is five pointers: its name, prefix and namespace, where its
   value begins and where it ends. */
typedef struct {
  void *context;
  void (*start)(void *context, const char *name, int count, const char *const *attributes);
  void (*end)(void *context, const char *name);
  void (*text)(void *context, const char *bytes, int length);
} cxml_events;

cxml *cxml_new(const cxml_events *events);
/* 0 when the piece was well formed so far. */
int cxml_read(cxml *xml, const void *bytes, size_t length, int is_last);
/* The line that is being read, from 1. */
int cxml_line(const cxml *xml);
/* Nothing more is told; what is read from here on fails. */
void cxml_stop(cxml *xml);
void cxml_free(cxml *xml);
#endif
