/* A handler that makes a system call fail does not disturb the code around the probe. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include "probe.h"

static int calls;

static void handler(long clock) {
    (void)clock;
    calls++;
    if (close(-1) == 0) calls = -1000;
}

int main(void) {
    register_ci(1000, 1000, handler);
    errno = ERANGE;
    PROBE(1001);
    printf("calls %d, errno %s\n", calls, errno == ERANGE ? "kept" : "lost");
}
