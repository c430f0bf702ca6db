// SPDX-License-Identifier: Apache-2.0
// One of the older look-ups of a host, in memory of its own.
#ifndef GV_HOST_JOB_H
#define GV_HOST_JOB_H

#include <netdb.h>
#include <stddef.h>

/// What is asked: by name if `address_length` is 0. `family` 0: gethostbyname without a family.
typedef struct gv_host_question {
    const char *name;
    const void *address;
    socklen_t address_length;
    int family;
} gv_host_question;

/// What is answered. `answer` is that of the _r call, which is an error number.
typedef struct gv_host_job {
    gv_host_question question;
    struct hostent entry, *result;
    int answer, error, herror;
    char *buffer;             // `size` bytes, aligned as `alignment` is
    size_t size;
    size_t alignment;
    char *allocation;
    char question_text[];
} gv_host_job;

/// Copies the question; NULL without memory.
gv_host_job *gv_host_job_make(gv_host_question question, size_t size, size_t alignment);

/// Asks, on a thread of the pool where that may take time. 0, or -ECANCELED, and then the job is no more the caller's.
long gv_host_job_run(gv_host_job *job);

void gv_host_job_free(void *job);

/// The real call for the same question.
int gv_host_ask(
    gv_host_question question, struct hostent *entry, char *buffer, size_t size, struct hostent **result, int *herror);

#endif
