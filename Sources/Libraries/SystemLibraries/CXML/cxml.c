#include "cxml.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct cxml {
  xmlParserCtxtPtr parser;
  cxml_events events;
  int is_refused;
};

static void started(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int spaces,
                    const xmlChar **declared, int count, int defaulted, const xmlChar **attributes) {
  cxml *xml = context;
  if (!xml->is_refused)
    xml->events.start(xml->events.context, (const char *)name, count, (const char *const *)attributes);
}

static void ended(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
  cxml *xml = context;
  if (!xml->is_refused) xml->events.end(xml->events.context, (const char *)name);
}

static void told(void *context, const xmlChar *bytes, int length) {
  cxml *xml = context;
  if (!xml->is_refused) xml->events.text(xml->events.context, (const char *)bytes, length);
}

static void declared_type(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
  cxml_stop(context);
}

cxml *cxml_new(const cxml_events *events) {
  cxml *xml = calloc(1, sizeof *xml);
  if (!xml) return NULL;
  xml->events = *events;
  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = started;
  handler.endElementNs = ended;
  handler.characters = told;
  handler.cdataBlock = told;
  handler.internalSubset = declared_type;
  xml->parser = xmlCreatePushParserCtxt(&handler, xml, NULL, 0, NULL);
  if (!xml->parser) {
    free(xml);
    return NULL;
  }
  /* Entities are those that XML itself has: what would declare others is refused. */
  xmlCtxtUseOptions(xml->parser, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  return xml;
}

int cxml_read(cxml *xml, const void *bytes, size_t length, int is_last) {
  if (xml->is_refused || length > INT_MAX) return -1;
  int failed = xmlParseChunk(xml->parser, bytes, (int)length, is_last);
  return xml->is_refused ? -1 : failed;
}

int cxml_line(const cxml *xml) { return xml->parser->input ? xml->parser->input->line : 0; }

void cxml_stop(cxml *xml) {
  xml->is_refused = 1;
  xmlStopParser(xml->parser);
}

void cxml_free(cxml *xml) {
  if (!xml) return;
  xmlFreeParserCtxt(xml->parser);
  free(xml);
}
