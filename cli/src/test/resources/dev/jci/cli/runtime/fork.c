/* A child goes on as its parent was. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include "probe.h"

static int calls;

static void handler(long clock) {
    (void)clock;
    calls++;
}

int main(void) {
    register_ci(1000, 1000, handler);
    probes(0, 20, 600);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        calls = 0;
        probes(1, 20, 600);
        printf("child: %d, clock %lld\n", calls, (long long)ci_clock());
        return 0;
    }
    int status = 1;
    waitpid(child, &status, 0);
    printf("parent: %d, status %d\n", calls, status);
}
