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
int csystem_pidfd_open(pid_t pid);
/* Bytes that a read would return now, or -1. */
int csystem_readable_bytes(int fd);
long long csystem_monotonic_ns(void);
void csystem_name_thread(pthread_t thread, const char *name);
/* Gives freed memory back to the kernel: glibc keeps it otherwise. */
void csystem_trim(void);
#endif
