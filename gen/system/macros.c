/* SPDX-License-Identifier: MIT */
#include "system/macros.h"

#include <string.h>

/* Families of names in capitals, by their first part or by their end. */
static const char *const heads[] = {
    "ADJ_",  "BC_",      "BUS_", "CHAR_",   "CLD_",   "CLOCK_",  "CLONE_", "CLOSE_", "CPU_",  "CUBIE_",
    "CUDA",  "CUDART",   "CU_",  "DBL_",    "EXIT_",  "FD_",     "FLT_",   "FPE_",   "FP_",   "F_",
    "HUGE_", "ILL_",     "INT_", "LDBL_",   "LONG_",  "L_",      "MATH_",  "MAX_",   "MOD_",  "NL_",
    "POLL_", "PTHREAD_", "REG_", "RENAME_", "SA_",    "SCHED_",  "SEEK_",  "SEGV_",  "SIG",   "SI_",
    "SNAN",  "SS_",      "STA_", "STDERR_", "STDIN_", "STDOUT_", "TIMER_", "TIME_",  "TRAP_",
};
static const char *const ends[] = { "_MAX", "_MIN", "_WIDTH", "_OK", "_BIT", "_ENDIAN" };

/* Families in any case. */
static const char *const beginnings[] = {
    "CUBIE", "M_1_PI",    "M_2_PI",  "M_2_SQRTPI", "M_E",  "M_LN10", "M_LN2", "M_LOG10E", "M_LOG2E",
    "M_PI",  "M_SQRT1_2", "M_SQRT2", "PRIX",       "PRId", "PRIi",   "PRIo",  "PRIu",     "PRIx",
    "SCNd",  "SCNi",      "SCNo",    "SCNu",       "SCNx", "cubie",  "cuda",  "si_",      "sigev_",
};

/* Single ones, first those of errno.h. */
static const char singles[] =
    " E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EADV EAFNOSUPPORT EAGAIN EALREADY EBADE EBADF EBADFD EBADMSG EBADR "
    "EBADRQC EBADSLT EBFONT EBUSY ECANCELED ECHILD ECHRNG ECOMM ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK "
    "EDEADLOCK EDESTADDRREQ EDOM EDOTDOT EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN EHOSTUNREACH EHWPOISON EIDRM EILSEQ "
    "EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR EISNAM EKEYEXPIRED EKEYREJECTED EKEYREVOKED EL2HLT EL2NSYNC "
    "EL3HLT EL3RST ELIBACC ELIBBAD ELIBEXEC ELIBMAX ELIBSCN ELNRNG ELOOP EMEDIUMTYPE EMFILE EMLINK EMSGSIZE "
    "EMULTIHOP ENAMETOOLONG ENAVAIL ENETDOWN ENETRESET ENETUNREACH ENFILE ENOANO ENOBUFS ENOCSI ENODATA ENODEV "
    "ENOENT ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET ENOPKG ENOPROTOOPT ENOSPC ENOSR ENOSTR "
    "ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM ENOTRECOVERABLE ENOTSOCK ENOTSUP ENOTTY ENOTUNIQ ENXIO "
    "EOPNOTSUPP EOVERFLOW EOWNERDEAD EPERM EPFNOSUPPORT EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE EREMCHG "
    "EREMOTE EREMOTEIO ERESTART ERFKILL EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ESRMNT ESTALE ESTRPIPE ETIME "
    "ETIMEDOUT ETOOMANYREFS ETXTBSY EUCLEAN EUNATCH EUSERS EWOULDBLOCK EXDEV EXFULL "
    "BUFSIZ BYTE_ORDER CLOCKS_PER_SEC CSIGNAL DECIMAL_DIG DOMAIN EOF FILE INFINITY L_ctermid L_cuserid L_tmpnam "
    "MAXFLOAT MINSIGSTKSZ NAN NFDBITS NGREG NSIG NULL NZERO OVERFLOW PIPE_BUF PLOSS P_tmpdir SING SNAN TLOSS UNDERFLOW "
    "WCONTINUED WEXITED WNOHANG WNOWAIT WSTOPPED WUNTRACED assert errno i386 linux math_errhandling offsetof "
    "sa_handler sa_sigaction sched_priority stderr stdin stdout unix ";

static bool begins_with(const char *name, const char *beginning)
{
    return !strncmp(name, beginning, strlen(beginning));
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && !strcmp(name + length - tail, end);
}

static bool is_in_capitals(const char *name)
{
    return !name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")];
}

static bool is_single(const char *name)
{
    size_t length = strlen(name);
    for (const char *at = singles; (at = strstr(at, name)); at++)
        if (at[-1] == ' ' && at[length] == ' ') return true;
    return false;
}

bool macros_may_define(const char *name)
{
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (begins_with(name, beginnings[i])) return true;
    if (is_single(name)) return true;
    if (!is_in_capitals(name)) return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (begins_with(name, heads[i]) && strlen(name) > strlen(heads[i])) return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(name, ends[i])) return true;
    return false;
}
