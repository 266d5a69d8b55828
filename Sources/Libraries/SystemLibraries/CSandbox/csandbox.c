#define _GNU_SOURCE
#include "csandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

const int csandbox_output = 3;
/* Stays open, as it cannot be opened any more. */
enum { status_file = 4 };
static unsigned long start, most;

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#else
#error "The sandbox knows the system calls of x86-64 and ARM64 only"
#endif

/* What computing, reading fonts and answering need. Descriptors cannot be sockets: there are none, and none can be made. */
static const int allowed[] = {
#ifdef __NR_open
    __NR_open, __NR_stat, __NR_lstat, __NR_access, __NR_readlink, __NR_time,
#endif
    __NR_read, __NR_write, __NR_readv, __NR_writev, __NR_pread64, __NR_close, __NR_openat, __NR_fstat, __NR_newfstatat,
    __NR_statx, __NR_faccessat, __NR_faccessat2, __NR_readlinkat, __NR_getdents64, __NR_lseek, __NR_fcntl, __NR_fstatfs,
    __NR_statfs, __NR_fadvise64, __NR_dup,
    __NR_brk, __NR_mmap, __NR_munmap, __NR_mremap, __NR_madvise, __NR_mprotect,
    __NR_futex, __NR_set_robust_list, __NR_rseq, __NR_sched_yield, __NR_sched_getaffinity, __NR_gettid, __NR_getpid,
    __NR_rt_sigaction, __NR_rt_sigprocmask, __NR_rt_sigreturn, __NR_sigaltstack, __NR_setitimer, __NR_restart_syscall,
    __NR_clock_gettime, __NR_clock_getres, __NR_clock_nanosleep, __NR_nanosleep, __NR_gettimeofday, __NR_getrandom,
    __NR_getrusage, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid, __NR_uname, __NR_sysinfo,
    __NR_exit, __NR_exit_group,
};

enum { ALLOWED = sizeof allowed / sizeof *allowed };

static int allow_fonts_only(const char *const *readable) {
  const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  /* All that the first version of Landlock knows; the system calls beyond it are not allowed at all. */
  struct landlock_ruleset_attr everything = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
  int rules = (int)syscall(__NR_landlock_create_ruleset, &everything, sizeof everything, 0);
  if (rules < 0) return -1;
  for (; *readable; readable++) {
    struct landlock_path_beneath_attr beneath = {.allowed_access = reading, .parent_fd = open(*readable, O_PATH | O_CLOEXEC)};
    if (beneath.parent_fd < 0) continue;
    int failed = (int)syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(beneath.parent_fd);
    if (failed) return -1;
  }
  int failed = (int)syscall(__NR_landlock_restrict_self, rules, 0);
  close(rules);
  return failed;
}

static int allow_system_calls(void) {
  struct sock_filter program[2 * ALLOWED + 16];
  unsigned short length = 0;
#define ADD(...) program[length++] = (struct sock_filter)__VA_ARGS__
#define LOAD(field) ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field)))
#define RETURN(action) ADD(BPF_STMT(BPF_RET | BPF_K, action))
  LOAD(arch);
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0));
  RETURN(SECCOMP_RET_KILL_PROCESS);
  LOAD(nr);
  for (int index = 0; index < ALLOWED; index++) {
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)allowed[index], 0, 1));
    RETURN(SECCOMP_RET_ALLOW);
  }
  /* Threads, which some filters of pictures are drawn by, but no processes. glibc asks clone first when clone3 is unknown. */
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1));
  RETURN(SECCOMP_RET_ERRNO | ENOSYS);
  ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 3));
  LOAD(args[0]);
  ADD(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
  RETURN(SECCOMP_RET_ALLOW);
  RETURN(SECCOMP_RET_ERRNO | EPERM);
  struct sock_fprog filter = {.len = length, .filter = program};
  return (int)syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
}

static int limit(int what, unsigned long most) {
  struct rlimit both = {most, most};
  return setrlimit(what, &both);
}

/* Of addresses, in bytes: what the process has now (VmSize), or had at most (VmPeak). */
static unsigned long addresses(const char *field) {
  char text[4096];
  ssize_t length = pread(status_file, text, sizeof text - 1, 0);
  if (length <= 0) return 0;
  text[length] = 0;
  const char *found = strstr(text, field);
  return found ? strtoul(found + strlen(field), NULL, 10) * 1024 : 0;
}

const char *csandbox_enter(const char *const *readable, unsigned long memory) {
  int output = fcntl(STDOUT_FILENO, F_DUPFD, status_file + 1), nowhere = open("/dev/null", O_WRONLY);
  int status = open("/proc/self/status", O_RDONLY);
  if (nowhere < 0 || status < 0) return "/dev/null and /proc";
  if (dup2(nowhere, STDOUT_FILENO) < 0 || dup2(status, status_file) < 0 || dup2(output, csandbox_output) < 0) return "dup2";
  if (syscall(__NR_close_range, status_file + 1, ~0u, 0)) return "close_range";
  if (chdir("/")) return "chdir";
  if (prctl(PR_SET_PDEATHSIG, SIGKILL)) return "PR_SET_PDEATHSIG";
  if (prctl(PR_SET_DUMPABLE, 0)) return "PR_SET_DUMPABLE";
  /* Who waits for a page goes before who waits for a picture. */
  errno = 0;
  if (nice(5) == -1 && errno) return "nice";
  start = addresses("VmSize:");
  most = start + memory;
  if (!start) return "VmSize";
  if (limit(RLIMIT_AS, most) || limit(RLIMIT_CORE, 0) || limit(RLIMIT_FSIZE, 0) || limit(RLIMIT_NOFILE, 64))
    return "setrlimit";
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return "PR_SET_NO_NEW_PRIVS";
  if (allow_fonts_only(readable)) return "Landlock, which Linux 5.13 and later have unless it was left out";
  return allow_system_calls() ? "seccomp" : NULL;
}

csandbox_fill csandbox_filled(void) {
  const unsigned long margin = 16 << 20;
  if (addresses("VmPeak:") + margin > most) return CSANDBOX_OVERFULL;
  return addresses("VmSize:") > start + (most - start) / 4 ? CSANDBOX_WORN : CSANDBOX_FRESH;
}

void csandbox_limit_time(double seconds) {
  struct itimerval value = {.it_value = {(time_t)seconds, (suseconds_t)((seconds - (time_t)seconds) * 1e6)}};
  setitimer(ITIMER_PROF, &value, NULL);
}
