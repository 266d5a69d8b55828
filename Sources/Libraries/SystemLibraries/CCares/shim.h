#include <ares.h>
#include <ares_nameser.h>
#include <poll.h>

static inline int ccares_init(ares_channel *channel, int timeout_ms, int tries) {
  struct ares_options options = {0};
  options.timeout = timeout_ms;
  options.tries = tries;
  return ares_init_options(channel, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES);
}

/* ns_t_txt and ns_c_in are members of enums whose names differ between versions. */
static inline void ccares_query_txt(ares_channel channel, const char *name, ares_callback callback, void *context) {
  ares_query(channel, name, 1, 16, callback, context);
}

/* Until all questions of the channel are answered or given up. poll and not select: a server has more descriptors than
   select can count. */
static inline void ccares_wait(ares_channel channel) {
  for (;;) {
    ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
    struct pollfd polled[ARES_GETSOCK_MAXNUM];
    int bits = ares_getsock(channel, sockets, ARES_GETSOCK_MAXNUM), count = 0, index;
    for (index = 0; index < ARES_GETSOCK_MAXNUM; index++) {
      short events = (ARES_GETSOCK_READABLE(bits, index) ? POLLIN : 0) | (ARES_GETSOCK_WRITABLE(bits, index) ? POLLOUT : 0);
      if (events) polled[count++] = (struct pollfd){.fd = sockets[index], .events = events};
    }
    if (count == 0) return;
    struct timeval time, *left = ares_timeout(channel, NULL, &time);
    int answered = poll(polled, count, left ? (int)(left->tv_sec * 1000 + left->tv_usec / 1000 + 1) : 1000);
    if (answered <= 0) ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    for (index = 0; index < count && answered > 0; index++) {
      short events = polled[index].revents;
      if (!events) continue;
      ares_process_fd(channel, events & (POLLIN | POLLERR | POLLHUP) ? polled[index].fd : ARES_SOCKET_BAD,
                      events & POLLOUT ? polled[index].fd : ARES_SOCKET_BAD);
    }
  }
}

/* The callback learns of each socket what is to be watched. */
static inline int ccares_init_watched(ares_channel *channel, int timeout_ms, int tries, ares_sock_state_cb watch,
                                      void *context) {
  struct ares_options options = {0};
  options.timeout = timeout_ms;
  options.tries = tries;
  options.sock_state_cb = watch;
  options.sock_state_cb_data = context;
  return ares_init_options(channel, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB);
}

/* Both families. */
static inline void ccares_get_addresses(ares_channel channel, const char *name, ares_addrinfo_callback callback,
                                        void *context) {
  struct ares_addrinfo_hints hints = {0};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  ares_getaddrinfo(channel, name, NULL, &hints, callback, context);
}

static inline int ccares_milliseconds_left(ares_channel channel) {
  struct timeval most = {1, 0}, time, *left = ares_timeout(channel, &most, &time);
  return (int)(left->tv_sec * 1000 + left->tv_usec / 1000 + 1);
}
