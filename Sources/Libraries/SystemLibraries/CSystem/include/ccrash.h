#ifndef CCRASH_H
#define CCRASH_H
/* What a process works on, in memory that its supervisor reads after a crash, and the handler that writes where the
   crash happened. Both are used by the same binary, so the layout needs no version. */
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

enum { CCRASH_SLOTS = 4096, CCRASH_FRAMES = 48, CCRASH_NAME = 142 };

/* One request or job in progress. */
typedef struct {
    uint32_t kind; /* 0 free, 1 a request, 2 a job */
    uint32_t generation;
    uint64_t tenant_high, tenant_low; /* of a UUID, zero where it is not known */
    uint64_t job_high, job_low;
    int64_t token;
    uint16_t name_length;
    uint8_t name[CCRASH_NAME];
} ccrash_slot;

/* Opaque to Swift, which would import its arrays as tuples of thousands. */
typedef struct ccrash_board ccrash_board;
typedef struct {
    uint32_t is_ready;
    /* Of the crash: 0 while there was none. */
    int32_t signal;
    /* The work of the thread that crashed: slot + 1 in the low half, its generation in the high one; 0 is none. */
    uint64_t work;
    uint32_t frame_count;
} ccrash_head;

size_t ccrash_board_size(void);
ccrash_head *ccrash_board_head(ccrash_board *board);
/* Offsets into the executable as it is mapped; 0 for code outside of it. */
uint64_t *ccrash_board_frames(ccrash_board *board);
ccrash_slot *ccrash_board_slots(ccrash_board *board);
uint8_t *ccrash_slot_name(ccrash_slot *slot);

/* Writes crashes of this process to the board. The function says what the current task works on. */
void ccrash_install(ccrash_board *board, uint64_t (*current_work)(void));
/* What this thread works on where no task says it; 0 is nothing. */
void ccrash_set_thread_work(uint64_t work);
uint64_t ccrash_thread_work(void);
/* Gives the calling thread a stack for the handler, so that an overflow of its own can be told. */
void ccrash_prepare_thread(void);

/* The name of the function at an offset in the ELF executable at that path, as the linker knows it; NULL when there is
   none. To be freed. */
char *_Nullable ccrash_symbol(const char *path, uint64_t offset);

#pragma clang assume_nonnull end
#endif
