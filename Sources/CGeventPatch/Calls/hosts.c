// SPDX-License-Identifier: Apache-2.0
// gethostbyname and its kin, whose answers lie in memory of the C library, one for the whole process.
//
// Here each greenlet has its own, or another's look-up would change the answer that it reads. It lasts until the
// greenlet's next look-up, or until so many others of its thread have made one.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_host_job.h"
#include "gv_name_calls.h"
#include <errno.h>
#include <stdlib.h>

enum { KEPT_ANSWERS = 64, FIRST_SIZE = 1024, LARGEST_SIZE = 1 << 20 };

typedef struct kept_answer {
    struct kept_answer *next;
    const gv_greenlet *greenlet;
    uint64_t serial;          // its memory goes to others
    gv_host_job *job;
} kept_answer;

// The latest first.
typedef struct { kept_answer *first; } kept_answers;

static pthread_key_t answers_key;
static pthread_once_t answers_once = PTHREAD_ONCE_INIT;

static void free_answer(kept_answer *answer) {
    gv_host_job_free(answer->job);
    free(answer);
}

static void free_answers(void *context) {
    kept_answers *answers = context;
    for (kept_answer *answer = answers->first, *next; answer; answer = next) {
        next = answer->next;
        free_answer(answer);
    }
    free(answers);
}

static void make_key(void) {
    if (gv_libc.pthread_key_create(&answers_key, free_answers) != 0) abort();
}

static kept_answers *answers_here(void) {
    gv_libc.pthread_once(&answers_once, make_key);
    kept_answers *answers = gv_libc.pthread_getspecific(answers_key);
    if (answers) return answers;
    answers = calloc(1, sizeof *answers);
    if (answers && gv_libc.pthread_setspecific(answers_key, answers) != 0) {
        free(answers);
        return 0;
    }
    return answers;
}

// Keeps an answer for the running greenlet in place of its last one, and of the oldest of all if they are too many.
static bool keep(gv_host_job *job) {
    kept_answers *answers = answers_here();
    kept_answer *latest = answers ? malloc(sizeof *latest) : 0;
    if (!latest) return false;
    const gv_greenlet *here = gv_this_hub->current;
    *latest = (kept_answer){.next = answers->first, .greenlet = here, .serial = here->serial, .job = job};
    answers->first = latest;
    int count = 1;
    for (kept_answer **link = &latest->next; *link;) {
        kept_answer *answer = *link;
        bool is_others = answer->greenlet != here || answer->serial != here->serial;
        if (is_others && count < KEPT_ANSWERS) {
            count++;
            link = &answer->next;
            continue;
        }
        *link = answer->next;
        free_answer(answer);
    }
    return true;
}

static struct hostent *failure(int error, int herror) {
    errno = error;
    h_errno = herror;
    return 0;
}

static struct hostent *ask(gv_host_question question) {
    int before = errno;
    for (size_t size = FIRST_SIZE;; size *= 2) {
        gv_host_job *job = gv_host_job_make(question, size, 0);
        if (!job) return failure(ENOMEM, NETDB_INTERNAL);
        if (gv_host_job_run(job) != 0) return failure(ECANCELED, NETDB_INTERNAL);
        if (job->answer == ERANGE && job->herror == NETDB_INTERNAL && size < LARGEST_SIZE) {
            gv_host_job_free(job);
            continue;
        }
        if (!job->result) {
            int error = job->error, herror = job->herror;
            gv_host_job_free(job);
            return failure(error, herror);
        }
        if (!keep(job)) {
            gv_host_job_free(job);
            return failure(ENOMEM, NETDB_INTERNAL);
        }
        errno = before;
        return job->result;
    }
}

struct hostent *gv_call_gethostbyname(const char *name) {
    if (!gv_may_park()) return gv_libc.gethostbyname(name);
    return ask((gv_host_question){.name = name});
}

struct hostent *gv_call_gethostbyname2(const char *name, int family) {
    if (!gv_may_park() || !family) return gv_libc.gethostbyname2(name, family);
    return ask((gv_host_question){.name = name, .family = family});
}

struct hostent *gv_call_gethostbyaddr(const void *address, socklen_t length, int family) {
    if (!gv_may_park()) return gv_libc.gethostbyaddr(address, length, family);
    return ask((gv_host_question){.address = address, .address_length = length, .family = family});
}

GV_STAND_IN(GV_AREA_DNS, gethostbyname, gv_call_gethostbyname);
GV_STAND_IN(GV_AREA_DNS, gethostbyname2, gv_call_gethostbyname2);
GV_STAND_IN(GV_AREA_DNS, gethostbyaddr, gv_call_gethostbyaddr);
