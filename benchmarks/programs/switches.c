/* Switch-heavy code: dense, sparse, nested, with fall-through chains, a state machine by computed goto (indirectbr), a
   switch in a switch in a loop, Duff's device (a loop entered in the middle, irreducible). */
#include "checksum.h"

static unsigned classify(unsigned char c) {
    switch (c) {
        case ' ': case '\t': case '\n': return 0;
        case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9': return 1;
        case '+': case '-': case '*': case '/': return 2;
        case '(': return 3;
        case ')': return 4;
        case '"': return 5;
        case '\\': return 6;
        default: return c >= 'a' && c <= 'z' ? 7 : c >= 128 ? 8 : 9;
    }
}

static uint64_t fall_through(unsigned n) {
    uint64_t sum = 1;
    switch (n) {
        case 9: sum = mix(sum, 9); /* fall through */
        case 8: sum += 8; /* fall through */
        case 7: sum ^= 7; /* fall through */
        case 6:
            for (unsigned i = 0; i < n; i++) {
                sum += i * sum;
            }
            /* fall through */
        case 5: sum = mix(sum, 5); break;
        case 4: sum -= 4; /* fall through */
        case 3: sum *= 3; /* fall through */
        default: sum++; break;
    }
    return sum;
}

static uint64_t sparse(uint64_t x) {
    switch (x % 100003) {
        case 3: return 1;
        case 77: return 2;
        case 1234: return 3;
        case 5000: return 5;
        case 60000: return 8;
        case 99999: return 13;
        case 100000: return 21;
        default: return x % 7 == 0 ? 34 : 0;
    }
}

static void duff(unsigned char *to, const unsigned char *from, long count) {
    long n = (count + 7) / 8;
    switch (count % 8) {
        case 0: do { *to++ = *from++; /* fall through */
        case 7: *to++ = *from++; /* fall through */
        case 6: *to++ = *from++; /* fall through */
        case 5: *to++ = *from++; /* fall through */
        case 4: *to++ = *from++; /* fall through */
        case 3: *to++ = *from++; /* fall through */
        case 2: *to++ = *from++; /* fall through */
        case 1: *to++ = *from++;
        } while (--n > 0);
    }
}

static uint64_t machine(const unsigned char *text, long n) {
    static const void *const states[] = {&&start, &&number, &&word, &&string, &&escape, &&accept};
    uint64_t tokens = 0;
    long at = 0;
    int next;
#define GO(s) do { next = (s); if (at >= n) goto *states[5]; goto *states[next]; } while (0)
start:
    switch (classify(text[at++])) {
        case 1: GO(1);
        case 5: GO(3);
        case 7: GO(2);
        case 3: tokens += 3; GO(0);
        case 4: tokens -= 1; GO(0);
        default: GO(0);
    }
number:
    if (classify(text[at]) == 1) {
        at++;
        GO(1);
    }
    tokens = mix(tokens, 1);
    GO(0);
word:
    switch (classify(text[at])) {
        case 7: case 1: at++; GO(2);
        default: tokens = mix(tokens, 2); GO(0);
    }
string:
    switch (classify(text[at++])) {
        case 6: GO(4);
        case 5: tokens = mix(tokens, 3); GO(0);
        default: GO(3);
    }
escape:
    at++;
    GO(3);
accept:
#undef GO
    return tokens;
}

int main(int argc, char **argv) {
    long n = size_argument(argc, argv, 1500000);
    unsigned char *text = malloc((size_t)n + 16);
    unsigned char *copy = malloc((size_t)n + 16);
    uint64_t random = 16;
    static const char alphabet[] = "abcxyz0123 \n+-()\"\\";
    for (long i = 0; i < n + 16; i++) {
        text[i] = (unsigned char)alphabet[next_random(&random) % (sizeof alphabet - 1)];
        copy[i] = 0;
    }
    duff(copy, text, n - 3);
    uint64_t sum = mix(107, machine(copy, n));
    for (long i = 0; i < n; i++) {
        unsigned kind = classify(copy[i]);
        switch (kind) {
            case 1:
            case 7: sum += fall_through(copy[i] & 15); break;
            case 2:
                switch (copy[i]) {
                    case '+': sum += 11; break;
                    case '-': sum -= 13; break;
                    default: sum ^= 17; break;
                }
                break;
            default: sum = mix(sum, sparse(sum)); break;
        }
    }
    free(text);
    free(copy);
    return finish("switches", sum);
}
