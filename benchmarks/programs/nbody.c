/* n-body simulation: a short triangular pair loop with square roots inside a long time loop; few calls, many floating
   point registers live across every probe. */
#include "checksum.h"
#include <math.h>

enum { BODIES = 7 };

struct body {
    double position[3], velocity[3], mass;
};

static void advance(struct body *bodies, double dt) {
    for (int i = 0; i < BODIES; i++) {
        for (int j = i + 1; j < BODIES; j++) {
            double d[3];
            double square = 0.01;
            for (int k = 0; k < 3; k++) {
                d[k] = bodies[i].position[k] - bodies[j].position[k];
                square += d[k] * d[k];
            }
            double pull = dt / (square * sqrt(square));
            for (int k = 0; k < 3; k++) {
                bodies[i].velocity[k] -= d[k] * bodies[j].mass * pull;
                bodies[j].velocity[k] += d[k] * bodies[i].mass * pull;
            }
        }
    }
    for (int i = 0; i < BODIES; i++) {
        for (int k = 0; k < 3; k++) {
            bodies[i].position[k] += dt * bodies[i].velocity[k];
        }
    }
}

static double energy(const struct body *bodies) {
    double total = 0;
    for (int i = 0; i < BODIES; i++) {
        for (int k = 0; k < 3; k++) {
            total += 0.5 * bodies[i].mass * bodies[i].velocity[k] * bodies[i].velocity[k];
        }
        for (int j = i + 1; j < BODIES; j++) {
            double square = 0.01;
            for (int k = 0; k < 3; k++) {
                double d = bodies[i].position[k] - bodies[j].position[k];
                square += d * d;
            }
            total -= bodies[i].mass * bodies[j].mass / sqrt(square);
        }
    }
    return total;
}

int main(int argc, char **argv) {
    long steps = size_argument(argc, argv, 400000);
    struct body bodies[BODIES];
    uint64_t random = 6;
    for (int i = 0; i < BODIES; i++) {
        for (int k = 0; k < 3; k++) {
            bodies[i].position[k] = (double)(next_random(&random) % 4000) / 100 - 20;
            bodies[i].velocity[k] = (double)(next_random(&random) % 100) / 1000 - 0.05;
        }
        bodies[i].mass = i == 0 ? 30 : 0.01 * i;
    }
    uint64_t sum = mix(47, rounded(energy(bodies)));
    for (long step = 0; step < steps; step++) {
        advance(bodies, 0.0005);
    }
    sum = mix(sum, rounded(energy(bodies)));
    for (int i = 0; i < BODIES; i++) {
        sum = mix(sum, (uint64_t)(int64_t)(bodies[i].position[i % 3] * 64));
    }
    return finish("nbody", sum);
}
