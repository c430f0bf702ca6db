// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_host_job.h"
#include "../gv_stand_in.h"
#include "gv_name_calls.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16 };

int gv_host_ask(
    gv_host_question question, struct hostent *entry, char *buffer, size_t size, struct hostent **result, int *herror) {
    if (question.address)
        return gv_libc.gethostbyaddr_r(
            question.address, question.address_length, question.family, entry, buffer, size, result, herror);
    if (question.family)
        return gv_libc.gethostbyname2_r(question.name, question.family, entry, buffer, size, result, herror);
    return gv_libc.gethostbyname_r(question.name, entry, buffer, size, result, herror);
}

gv_host_job *gv_host_job_make(gv_host_question question, size_t size, size_t alignment) {
    size_t length = question.address ? question.address_length : strlen(question.name) + 1;
    gv_host_job *job = malloc(sizeof *job + length);
    if (!job) return 0;
    *job = (gv_host_job){.question = question, .size = size, .alignment = alignment % ALIGNMENT};
    memcpy(job->question_text, question.address ? question.address : question.name, length);
    if (question.address) job->question.address = job->question_text;
    else job->question.name = job->question_text;
    // The call lays its answer out by the address of the buffer, so that a copy fits only where that is as this one.
    job->allocation = aligned_alloc(ALIGNMENT, (size + 2 * ALIGNMENT) & ~(size_t)(ALIGNMENT - 1));
    if (!job->allocation) {
        free(job);
        return 0;
    }
    job->buffer = job->allocation + job->alignment;
    return job;
}

void gv_host_job_free(void *context) {
    gv_host_job *job = context;
    free(job->allocation);
    free(job);
}

static void ask(void *context) {
    gv_host_job *job = context;
    // It says ERANGE of a buffer that is too small, and that it has no answer by `result`; errno is the only other
    // sign.
    errno = 0;
    job->answer = gv_host_ask(job->question, &job->entry, job->buffer, job->size, &job->result, &job->herror);
    job->error = errno;
}

long gv_host_job_run(gv_host_job *job) {
    if (job->question.name && gv_is_numeric_host(job->question.name)) {
        int before = errno;
        ask(job);
        errno = before;
        return 0;
    }
    return gv_patch_hooks.offload_owned(GV_POOL_NAMES, ask, gv_host_job_free, job);
}
