// Tells ThreadSanitizer of the slow ways of Swift's Mutex, to be preloaded. Its quick ways are compiled into the caller,
// where the sanitizer sees their atomics; a contended mutex goes through the Swift runtime and the kernel, where it sees
// nothing, and so it took what the mutex orders for a race.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

// Weak: programs that a test starts are without the sanitizer.
__attribute__((weak)) void __tsan_acquire(void *);
__attribute__((weak)) void __tsan_release(void *);

typedef SWIFT void Lock(uint32_t, SELF);
typedef SWIFT void Unlock(SELF);

SWIFT void lock_slowly(uint32_t thread, SELF mutex) __asm__(LOCK);
SWIFT void lock_slowly(uint32_t thread, SELF mutex) {
    ((Lock *)dlsym(RTLD_NEXT, LOCK))(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT void unlock_slowly(SELF mutex) __asm__(UNLOCK);
SWIFT void unlock_slowly(SELF mutex) {
    if (__tsan_release) __tsan_release(mutex);
    ((Unlock *)dlsym(RTLD_NEXT, UNLOCK))(mutex);
}
