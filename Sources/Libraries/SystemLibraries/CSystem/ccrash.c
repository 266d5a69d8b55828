#define _GNU_SOURCE
#include "ccrash.h"
#include <dlfcn.h>
#include <elf.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct ccrash_board {
    ccrash_head head;
    uint64_t frames[CCRASH_FRAMES];
    ccrash_slot slots[CCRASH_SLOTS];
};

size_t ccrash_board_size(void) { return sizeof(ccrash_board); }
ccrash_head *ccrash_board_head(ccrash_board *board) { return &board->head; }
uint64_t *ccrash_board_frames(ccrash_board *board) { return board->frames; }
ccrash_slot *ccrash_board_slots(ccrash_board *board) { return board->slots; }
uint8_t *ccrash_slot_name(ccrash_slot *slot) { return slot->name; }

static ccrash_board *board;
static uint64_t (*work_of_task)(void);
static __thread uint64_t thread_work;
static uint64_t image_start, image_end;

void ccrash_set_thread_work(uint64_t work) { thread_work = work; }
uint64_t ccrash_thread_work(void) { return thread_work; }

/* Runs on a thread that can do nothing else any more: no allocation, no lock, and what is surest is written first. */
static void on_crash(int signal, siginfo_t *information, void *context) {
    (void)context;
    board->head.signal = signal;
    board->head.work = thread_work;
    if (thread_work == 0) board->head.work = work_of_task();
    void *frames[CCRASH_FRAMES];
    int count = backtrace(frames, CCRASH_FRAMES);
    for (int i = 0; i < count; i++) {
        uint64_t address = (uint64_t)(uintptr_t)frames[i];
        board->frames[i] = address >= image_start && address < image_end ? address - image_start : 0;
    }
    board->head.frame_count = (uint32_t)count;
    /* The handler is installed for once: returning meets the same fault again, with the system's own reaction. One that
       was sent would not come back by itself. */
    if (information->si_code <= 0) raise(signal);
}

static int find_image(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    (void)context;
    /* The executable comes first. */
    image_start = info->dlpi_addr;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uint64_t end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
        if (info->dlpi_phdr[i].p_type == PT_LOAD && end > image_end) image_end = end;
    }
    return 1;
}

void ccrash_install(ccrash_board *shared, uint64_t (*current_work)(void)) {
    static const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE};
    void *frames[1];
    board = shared;
    work_of_task = current_work;
    dl_iterate_phdr(find_image, NULL);
    /* The first call loads the unwinder, which the handler could not. */
    backtrace(frames, 1);
    struct sigaction action = {0};
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, NULL);
}

void ccrash_prepare_thread(void) {
    const size_t size = 64 * 1024;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED) return;
    stack_t stack = {.ss_sp = memory, .ss_size = size};
    sigaltstack(&stack, NULL);
}

static const Elf64_Shdr *section(const Elf64_Ehdr *head, const char *image, size_t size, uint32_t index) {
    uint64_t place = head->e_shoff + (uint64_t)index * sizeof(Elf64_Shdr);
    if (head->e_shentsize != sizeof(Elf64_Shdr) || place > size || size - place < sizeof(Elf64_Shdr)) return NULL;
    const Elf64_Shdr *found = (const Elf64_Shdr *)(image + place);
    if (found->sh_type != SHT_NOBITS && (found->sh_offset > size || size - found->sh_offset < found->sh_size)) return NULL;
    return found;
}

static char *find_symbol(const char *image, size_t size, uint64_t offset) {
    const Elf64_Ehdr *head = (const Elf64_Ehdr *)image;
    if (size < sizeof *head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 || head->e_ident[EI_CLASS] != ELFCLASS64)
        return NULL;
    for (uint32_t i = 0; i < head->e_shnum; i++) {
        const Elf64_Shdr *table = section(head, image, size, i);
        if (table == NULL || table->sh_type != SHT_SYMTAB) continue;
        const Elf64_Shdr *names = section(head, image, size, table->sh_link);
        if (names == NULL) return NULL;
        const Elf64_Sym *symbols = (const Elf64_Sym *)(image + table->sh_offset);
        for (size_t s = 0; s < table->sh_size / sizeof *symbols; s++) {
            const Elf64_Sym *symbol = &symbols[s];
            if (ELF64_ST_TYPE(symbol->st_info) != STT_FUNC || symbol->st_name >= names->sh_size) continue;
            if (offset < symbol->st_value || offset - symbol->st_value >= symbol->st_size) continue;
            const char *name = image + names->sh_offset + symbol->st_name;
            return strndup(name, names->sh_size - symbol->st_name);
        }
    }
    return NULL;
}

char *ccrash_symbol(const char *path, uint64_t offset) {
    struct stat information;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return NULL;
    char *name = NULL;
    if (fstat(fd, &information) == 0 && information.st_size > 0) {
        size_t size = (size_t)information.st_size;
        void *image = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (image != MAP_FAILED) {
            name = find_symbol(image, size, offset);
            munmap(image, size);
        }
    }
    close(fd);
    return name;
}
