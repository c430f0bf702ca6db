// SPDX-License-Identifier: Apache-2.0
// The real functions behind the names of the stand-ins.
#include "gv_objects.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__start_gv_libc_table[] __attribute__((weak, visibility("hidden")));
extern void *__stop_gv_libc_table[] __attribute__((weak, visibility("hidden")));

// A program with fixed addresses has a stub for each function whose address it takes, and that stub is the function's
// address for everybody. It goes by a slot of the program, which is patched: what we call has to lie behind it.
static void *behind_stub(void *function, const char *name) {
    Dl_info info;
    const ElfW(Sym) *symbol = 0;
    bool is_known = function && dladdr1(function, &info, (void **)&symbol, RTLD_DL_SYMENT) && symbol;
    return is_known && symbol->st_shndx == SHN_UNDEF ? dlsym(RTLD_NEXT, name) : function;
}

typedef struct gv_protection {
    uintptr_t address;
    int flags;
} gv_protection;

static int find_protection(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    gv_protection *protection = context;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uintptr_t offset = protection->address - info->dlpi_addr - header->p_vaddr;
        if (header->p_type != PT_LOAD || offset >= header->p_memsz) continue;
        protection->flags = (header->p_flags & PF_R ? PROT_READ : 0) | (header->p_flags & PF_W ? PROT_WRITE : 0) |
                            (header->p_flags & PF_X ? PROT_EXEC : 0);
        return 1;
    }
    return 0;
}

// In such a program our table needs no relocation, so it may lie among constants, or in one page with code.
static void store(void **word, void *value) {
    gv_protection protection = {.address = (uintptr_t)word};
    uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE);
    void *page = (void *)((uintptr_t)word & ~(size - 1));
    dl_iterate_phdr(find_protection, &protection);
    bool is_constant = !(protection.flags & PROT_WRITE);
    if (is_constant && mprotect(page, size, protection.flags | PROT_WRITE) != 0) return;
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
    if (is_constant) (void)mprotect(page, size, protection.flags);
}

// False if a word of ours leads to the stub still.
static bool mend_own_table(void *stub, void *function) {
    bool is_mended = true;
    for (void **word = __start_gv_libc_table; word < __stop_gv_libc_table; word++) {
        if (*word == stub) store(word, function);
        if (__atomic_load_n(word, __ATOMIC_RELAXED) == stub) is_mended = false;
    }
    return is_mended;
}

// A sanitizer that is linked into the program intercepts calls there: its functions stand for the C library's.
static bool is_sanitizer(const gv_object *owner, const gv_objects *objects) {
    static const char *const marks[] = {"__asan_init", "__tsan_init", "__msan_init", "__hwasan_init", "__lsan_init"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        void *mark = dlsym(RTLD_DEFAULT, marks[i]);
        if (mark && gv_objects_owner(objects, (uintptr_t)mark) == owner) return true;
    }
    return false;
}

static gv_real find(const char *name, const gv_objects *objects) {
    gv_real real = {.function = dlsym(RTLD_DEFAULT, name)};
    void *function = behind_stub(real.function, name);
    const gv_object *owner = function ? gv_objects_owner(objects, (uintptr_t)function) : 0;
    real.is_libcs = owner && (owner->has_real_calls || is_sanitizer(owner, objects));
    // A call that we could not make ourselves is better left to block.
    if (real.is_libcs && function != real.function) real.is_libcs = mend_own_table(real.function, function);
    return real;
}

const gv_real *gv_reals(const gv_objects *objects) {
    // No lock could be held here (gv_objects.h), so whoever is first keeps its list.
    static gv_real *known;
    gv_real *reals = __atomic_load_n(&known, __ATOMIC_ACQUIRE), *expected = 0;
    if (reals) return reals;
    size_t count = gv_stand_in_count();
    reals = calloc(count + 1, sizeof(gv_real));
    if (!reals) abort();
    for (size_t i = 0; i < count; i++) reals[i] = find(gv_stand_in_at(i)->name, objects);
    // A name that nobody has leaves an error behind, which the program would take for one of its own.
    (void)dlerror();
    if (__atomic_compare_exchange_n(&known, &expected, reals, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return reals;
    free(reals);
    return expected;
}

void *gv_patch_original(const char *call) {
    for (size_t i = 0; i < gv_stand_in_count(); i++)
        if (strcmp(gv_stand_in_at(i)->name, call) == 0) return behind_stub(dlsym(RTLD_DEFAULT, call), call);
    return 0;
}
