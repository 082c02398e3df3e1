"""What harness/library_calls.c does around calls of the C library; run by the build, and by: python3 -m unittest"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from programs import HERE

CALLER = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int depth, times;
static void off(void) { depth++; }
static void on(void) { depth--; times++; }

int main(int argc, char **argv) {
    void (*exclude)(void (*)(void), void (*)(void)) = dlsym(RTLD_DEFAULT, "jci_test_exclude_library_calls");
    if (exclude) {
        exclude(off, on);
    }
    char *volatile copy = malloc(100);
    volatile size_t length = strlen(argv[argc - 1]);
    memcpy(copy, argv[argc - 1], length + 1);
    int printed = sprintf(copy + length, "%d %s", 42, "x");
    memset(copy + 50, 0, 10);
    int made = times;
    printf("%s %d %d %d\n", copy, printed, made, depth);
    return 0;
}
"""

# What a C++ program and its library do, without exceptions in between: who throws goes on where it is caught.
UNWINDER = r"""
#include <setjmp.h>

jmp_buf landing_pad;

void __cxa_throw(void *exception, void *type, void (*destructor)(void *)) { longjmp(landing_pad, 1); }
void __cxa_rethrow(void) { longjmp(landing_pad, 2); }
void *__cxa_begin_catch(void *exception) { return exception; }
"""

THROWER = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <setjmp.h>
#include <stdio.h>

extern jmp_buf landing_pad;
void __cxa_throw(void *, void *, void (*)(void *));
void __cxa_rethrow(void);
void *__cxa_begin_catch(void *);

static int depth;
static void off(void) { depth++; }
static void on(void) { depth--; }

int main(void) {
    void (*exclude)(void (*)(void), void (*)(void)) = dlsym(RTLD_DEFAULT, "jci_test_exclude_library_calls");
    exclude(off, on);
    int exception = 7;
    switch (setjmp(landing_pad)) {
    case 0:
        __cxa_throw(&exception, 0, 0);
    case 1:
        printf("%d ", depth);
        printf("%d ", *(int *)__cxa_begin_catch(&exception));
        printf("%d ", depth);
        __cxa_rethrow();
    }
    printf("%d ", depth);
    __cxa_begin_catch(&exception);
    __cxa_begin_catch(&exception);
    printf("%d\n", depth);
    return 0;
}
"""


class LibraryCalls(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.library, self.caller = Path(folder.name) / "library_calls.so", Path(folder.name) / "caller"
        source = Path(folder.name) / "caller.c"
        source.write_text(CALLER)
        self.compile("-shared", "-fPIC", HERE / "harness/library_calls.c", "-o", self.library)
        self.compile(source, "-o", self.caller)

    def compile(self, *arguments):
        subprocess.run(["cc", "-O2", "-fno-builtin", *arguments, "-ldl"], check=True)

    def run_caller(self, **variables):
        done = subprocess.run([self.caller, "word"], env=os.environ | variables, capture_output=True, text=True, check=True)
        return done.stdout.split()

    def test_four_calls_are_bracketed_and_do_what_they_should(self):
        self.assertEqual(self.run_caller(LD_PRELOAD=str(self.library)), ["word42", "x", "4", "4", "0"])

    def test_without_the_library_nothing_is(self):
        self.assertEqual(self.run_caller(), ["word42", "x", "4", "0", "0"])

    def test_an_exception_is_bracketed_from_where_it_is_thrown_to_where_it_is_caught(self):
        folder = self.library.parent
        for name, text in (("unwinder.c", UNWINDER), ("thrower.c", THROWER)):
            (folder / name).write_text(text)
        self.compile("-shared", "-fPIC", folder / "unwinder.c", "-o", folder / "libunwinder.so")
        self.compile(folder / "thrower.c", folder / "libunwinder.so", f"-Wl,-rpath,{folder}", "-o", folder / "thrower")
        done = subprocess.run([folder / "thrower"], env=os.environ | {"LD_PRELOAD": str(self.library)},
                              capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout.split(), ["1", "7", "0", "1", "0"])

    def test_programs_that_know_nothing_of_it_go_on_as_before(self):
        done = subprocess.run(["ls", "/"], env=os.environ | {"LD_PRELOAD": str(self.library)}, capture_output=True, check=True)
        self.assertEqual((done.stdout, done.stderr), (subprocess.run(["ls", "/"], capture_output=True, check=True).stdout, b""))


if __name__ == "__main__":
    unittest.main()
