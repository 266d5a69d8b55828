/* Closes a process in: afterwards it can compute, read its fonts, and answer. It is the process's own doing and cannot be
   undone by it. Linux 5.13 and later, for Landlock. */
#ifndef CSANDBOX_H
#define CSANDBOX_H

/* Where answers are written; whatever a library prints goes nowhere. */
extern const int csandbox_output;

/* The folders that stay readable end with NULL; the memory is what may be added to what the process has now.
   Returns what the kernel refused, or NULL. */
const char *csandbox_enter(const char *const *readable, unsigned long memory);

/* What the work so far has left of the memory. Libraries that get none leave letters out rather than fail: where it came
   near its end, the answer is not to be believed. Worn is a process that could not do as much again. */
typedef enum { CSANDBOX_FRESH, CSANDBOX_WORN, CSANDBOX_OVERFULL } csandbox_fill;
csandbox_fill csandbox_filled(void);

/* Ends the process when it has used so much more of the processor; 0 for no limit. */
void csandbox_limit_time(double seconds);
#endif
