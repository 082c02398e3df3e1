/* Hooks that disable and enable themselves. */
#include <setjmp.h>
#include <stdio.h>
#include "probe.h"

static int off_calls, on_calls;
static jmp_buf out;

static void balanced_off(void) {
    off_calls++;
    ci_disable();
    ci_enable();
}

static void balanced_on(void) {
    on_calls++;
    ci_disable();
    ci_disable();
    ci_enable();
    ci_enable();
}

static void disables(void) {
    off_calls++;
    ci_disable();
}

static void enables(void) {
    on_calls++;
    ci_enable();
}

static void leaves(void) {
    off_calls++;
    longjmp(out, 1);
}

static void show(const char *what) {
    printf("%s: disable hook %d, enable hook %d, depth %d\n", what, off_calls, on_calls, ci_disabled_depth());
    off_calls = on_calls = 0;
}

int main(void) {
    register_ci_disable_hook(balanced_off);
    register_ci_enable_hook(balanced_on);
    ci_disable();
    show("balanced, disabled");
    ci_enable();
    show("balanced, enabled");

    register_ci_disable_hook(disables);
    register_ci_enable_hook(enables);
    ci_disable();
    show("the disable hook disables once more");
    ci_enable();
    show("enabled once");
    ci_enable();
    show("enabled twice");

    register_ci_enable_hook(disables);
    register_ci_disable_hook(NULL);
    ci_disable();
    ci_enable();
    show("the enable hook disables");
    ci_enable();
    show("and again");
    register_ci_enable_hook(NULL);
    ci_enable();

    register_ci_disable_hook(leaves);
    if (setjmp(out) == 0) ci_disable();
    show("left by longjmp");
    if (setjmp(out) == 0) ci_disable();
    show("and once more");
}
