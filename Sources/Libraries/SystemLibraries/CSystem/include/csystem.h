#ifndef CSYSTEM_H
#define CSYSTEM_H
/* Never define _GNU_SOURCE here: this module would then disagree with Swift's own Glibc module about
   fd_set and friends, and a clean build fails or passes by import order. GNU-only calls are wrapped in csystem.c. */
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>

/* The event loop that runs on this thread, or NULL. */
void *csystem_current_loop(void);
void csystem_set_current_loop(void *loop);

int csystem_accept(int listener, struct sockaddr_storage *peer, socklen_t *length);
/* Both ends are closed on exec. */
int csystem_pipe(int ends[2]);
int csystem_set_nonblocking(int fd);
int csystem_close_on_exec(int fd);
int csystem_pidfd_open(pid_t pid);
/* Bytes that a read would return now, or -1. */
int csystem_readable_bytes(int fd);
long long csystem_monotonic_ns(void);
/* Of the processor, that a process has used so far. */
double csystem_process_seconds(pid_t pid);
/* Locks a byte of a file until its descriptor is closed; -1 when another has it. */
int csystem_lock_byte(int fd, long long byte);
void csystem_name_thread(pthread_t thread, const char *name);
/* Gives freed memory back to the kernel: glibc keeps it otherwise. */
void csystem_trim(void);

/* Memory without a name in the file system, to be shared with child processes; -1 when there is none. */
int csystem_memory_file(const char *name, size_t size);
/* A copy with the lowest free number from that one on, closed on exec. */
int csystem_duplicate(int fd, int least);
/* Has the kernel kill this process when its parent ends; -1 when the parent has ended already. */
int csystem_die_with_parent(pid_t parent);
/* Of this process, as NAME=value, ended by NULL. */
char **csystem_environment(void);
/* A Swift function's name as people read it, to be freed; NULL when it is none. */
char *csystem_demangle(const char *name);
#endif
