#pragma once
// System calls that Swift cannot import: variadics, Linux's own, and what glibc hides behind _GNU_SOURCE.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Orphaned descendants are reparented to this process instead of PID 1 (prctl(2), kept across execve).
static inline int csystem_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

/// No core dump and no ptrace by other processes of the same user (prctl(2)).
static inline int csystem_disable_dumping(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/// ioctl(2) with one pointer argument.
static inline int csystem_ioctl(int descriptor, unsigned long request, void *argument) {
    return ioctl(descriptor, request, argument);
}

static inline int csystem_set_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL, 0);
    return flags < 0 ? flags : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

/// A descriptor that is readable once the process has ended (pidfd_open(2), Linux 5.3).
static inline int csystem_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

/// Blocks SIGINT, SIGTERM and SIGHUP in the calling thread and those it starts later, and returns a descriptor that
/// becomes readable when one of them arrives (signalfd(2)); -1 with errno on failure.
static inline int csystem_watch_termination(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &set, 0) != 0) return -1;
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// The same with SIGUSR2 among them.
static inline int csystem_watch_draining(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGUSR2);
    if (sigprocmask(SIG_BLOCK, &set, 0) != 0) return -1;
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// Lets SIGINT, SIGTERM and SIGHUP through again.
static inline int csystem_unwatch_termination(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return sigprocmask(SIG_UNBLOCK, &set, 0);
}

/// The number of the signal that a descriptor of csystem_watch_termination holds, 0 if none.
static inline int csystem_read_signal(int descriptor) {
    struct signalfd_siginfo info;
    ssize_t count = read(descriptor, &info, sizeof info);
    return count == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

// These are declared by glibc only under _GNU_SOURCE or _XOPEN_SOURCE, which a module map cannot set.
int posix_openpt(int flags);
int grantpt(int descriptor);
int unlockpt(int descriptor);
int ptsname_r(int descriptor, char *name, size_t size);
int pipe2(int descriptors[2], int flags);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

/// pipe2(2) with O_CLOEXEC.
static inline int csystem_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

/// The child changes to that folder before it becomes the program (glibc 2.29).
static inline int csystem_spawn_in_folder(posix_spawn_file_actions_t *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

/// A new pseudo-terminal (pty(7)): the descriptor of its near end, and the path of the far one; -1 with errno on failure.
static inline int csystem_open_terminal(char *name, size_t size) {
    int descriptor = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0) return -1;
    if (grantpt(descriptor) == 0 && unlockpt(descriptor) == 0 && ptsname_r(descriptor, name, size) == 0) return descriptor;
    close(descriptor);
    return -1;
}

/// The flag of posix_spawn(3) that starts the child in a session of its own; glibc hides it behind _GNU_SOURCE.
static inline int csystem_spawn_new_session(void) { return 0x80; }

/// The processors that are in use. Not sysconf(3) from Swift: of an enumerator that is a macro of the same name, the compiler
/// imports now the one and now neither.
static inline long csystem_processor_count(void) { return sysconf(_SC_NPROCESSORS_ONLN); }
