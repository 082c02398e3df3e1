/* Bytecode interpreter: one endless loop around a switch of many cases, most a few instructions long; some cases run
   inner loops, one calls through a table of functions, one leaves the loop. Runs a prime sieve, a gcd and a hash. */
#include "checksum.h"

enum op {
    HALT, PUSH, POP, DUP, SWAP, OVER, ADD, SUB, MUL, DIV, MOD, AND, OR, XOR, SHL, SHR, NOT, NEG, LT, LE, EQ, NE,
    JUMP, JUMP_ZERO, JUMP_NONZERO, LOAD, STORE, LOAD_AT, STORE_AT, FILL, SUM, CALL, RETURN, NATIVE, INCREMENT,
    DECREMENT, OUT
};

struct machine {
    int64_t stack[256];
    int64_t variables[16];
    int64_t *heap;
    long heap_size;
    uint64_t out;
    uint64_t executed;
};

static int64_t native_popcount(int64_t x) {
    int64_t bits = 0;
    for (uint64_t u = (uint64_t)x; u; u &= u - 1) {
        bits++;
    }
    return bits;
}

static int64_t native_reverse(int64_t x) {
    uint64_t u = (uint64_t)x;
    uint64_t r = 0;
    for (int i = 0; i < 64; i++) {
        r = r << 1 | (u & 1);
        u >>= 1;
    }
    return (int64_t)r;
}

static int64_t native_scramble(int64_t x) {
    return x * 2654435761 ^ x >> 13;
}

static int64_t (*const natives[])(int64_t) = {native_popcount, native_reverse, native_scramble};

static int run(struct machine *m, const int64_t *code) {
    int64_t *top = m->stack;
    const int64_t *at = code;
    const int64_t *returns[32];
    int depth = 0;
    for (;;) {
        m->executed++;
        switch ((enum op)*at++) {
            case HALT: return (int)(top - m->stack);
            case PUSH: *++top = *at++; break;
            case POP: top--; break;
            case DUP: top[1] = top[0]; top++; break;
            case SWAP: { int64_t t = top[0]; top[0] = top[-1]; top[-1] = t; break; }
            case OVER: top[1] = top[-1]; top++; break;
            case ADD: top--; top[0] = (int64_t)((uint64_t)top[0] + (uint64_t)top[1]); break;
            case SUB: top--; top[0] = (int64_t)((uint64_t)top[0] - (uint64_t)top[1]); break;
            case MUL: top--; top[0] = (int64_t)((uint64_t)top[0] * (uint64_t)top[1]); break;
            case DIV: top--; if (top[1] == 0) return -1; top[0] /= top[1]; break;
            case MOD: top--; if (top[1] == 0) return -2; top[0] %= top[1]; break;
            case AND: top--; top[0] &= top[1]; break;
            case OR: top--; top[0] |= top[1]; break;
            case XOR: top--; top[0] ^= top[1]; break;
            case SHL: top--; top[0] = (int64_t)((uint64_t)top[0] << (top[1] & 63)); break;
            case SHR: top--; top[0] = (int64_t)((uint64_t)top[0] >> (top[1] & 63)); break;
            case NOT: top[0] = !top[0]; break;
            case NEG: top[0] = (int64_t)(0 - (uint64_t)top[0]); break;
            case LT: top--; top[0] = top[0] < top[1]; break;
            case LE: top--; top[0] = top[0] <= top[1]; break;
            case EQ: top--; top[0] = top[0] == top[1]; break;
            case NE: top--; top[0] = top[0] != top[1]; break;
            case JUMP: at = code + *at; break;
            case JUMP_ZERO: at = *top-- == 0 ? code + *at : at + 1; break;
            case JUMP_NONZERO: at = *top-- != 0 ? code + *at : at + 1; break;
            case LOAD: *++top = m->variables[*at++]; break;
            case STORE: m->variables[*at++] = *top--; break;
            case LOAD_AT:
                if (top[0] < 0 || top[0] >= m->heap_size) return -3;
                top[0] = m->heap[top[0]];
                break;
            case STORE_AT:
                if (top[0] < 0 || top[0] >= m->heap_size) return -4;
                m->heap[top[0]] = top[-1];
                top -= 2;
                break;
            case FILL:
                for (long i = 0; i < m->heap_size; i++) {
                    m->heap[i] = top[0];
                }
                top--;
                break;
            case SUM: {
                int64_t total = 0;
                for (long i = 0; i < m->heap_size; i++) {
                    total += m->heap[i];
                }
                *++top = total;
                break;
            }
            case CALL: returns[depth++ & 31] = at + 1; at = code + *at; break;
            case RETURN: at = returns[--depth & 31]; break;
            case NATIVE: top[0] = natives[*at++](top[0]); break;
            case INCREMENT: m->variables[*at++]++; break;
            case DECREMENT: m->variables[*at++]--; break;
            case OUT: m->out = mix(m->out, (uint64_t)*top--); break;
            default: return -5;
        }
    }
}

/* Writes the program. Variables: 0 candidate, 1 multiple, 2 limit, 3 and 4 operands of gcd, 5 counter. */
static long assemble(int64_t *code) {
    long n = 0;
#define E(x) (code[n++] = (x))
    E(PUSH); E(1); E(FILL);
    E(PUSH); E(2); E(STORE); E(0);
    long outer = n;
    E(LOAD); E(0); E(DUP); E(MUL); E(LOAD); E(2); E(LT); E(JUMP_ZERO); long done = n; E(0);
    E(LOAD); E(0); E(LOAD_AT); E(JUMP_ZERO); long composite = n; E(0);
    E(LOAD); E(0); E(DUP); E(MUL); E(STORE); E(1);
    long inner = n;
    E(PUSH); E(0); E(LOAD); E(1); E(STORE_AT);
    E(LOAD); E(1); E(LOAD); E(0); E(ADD); E(DUP); E(STORE); E(1);
    E(LOAD); E(2); E(LT); E(JUMP_NONZERO); E(inner);
    code[composite] = n;
    E(INCREMENT); E(0); E(JUMP); E(outer);
    code[done] = n;
    E(SUM); E(OUT);
    E(LOAD); E(2); E(PUSH); E(8); E(DIV); E(STORE); E(5);
    long again = n;
    E(LOAD); E(5); E(PUSH); E(7919); E(MUL); E(STORE); E(3);
    E(LOAD); E(5); E(PUSH); E(104729); E(ADD); E(STORE); E(4);
    E(CALL); long callee = n; E(0);
    E(LOAD); E(3); E(LOAD); E(5); E(PUSH); E(3); E(MOD); E(JUMP_ZERO); long first = n; E(0);
    E(NATIVE); E(0); E(JUMP); long joined = n; E(0);
    code[first] = n;
    E(NATIVE); E(1); E(NATIVE); E(2);
    code[joined] = n;
    E(OUT);
    E(DECREMENT); E(5); E(LOAD); E(5); E(JUMP_NONZERO); E(again);
    E(PUSH); E(1); E(PUSH); E(2); E(PUSH); E(3); E(HALT);
    code[callee] = n;
    E(LOAD); E(4); E(JUMP_ZERO); long finished = n; E(0);
    E(LOAD); E(3); E(LOAD); E(4); E(MOD); E(LOAD); E(4); E(STORE); E(3); E(STORE); E(4); E(JUMP); E(code[callee]);
    code[finished] = n;
    E(RETURN);
#undef E
    return n;
}

int main(int argc, char **argv) {
    struct machine m = {.heap_size = size_argument(argc, argv, 800000), .out = 59};
    int64_t code[256];
    long length = assemble(code);
    m.heap = malloc(sizeof *m.heap * (size_t)m.heap_size);
    m.variables[2] = m.heap_size;
    int left = run(&m, code);
    uint64_t sum = mix(m.out, (uint64_t)left);
    sum = mix(sum, m.executed);
    sum = mix(sum, (uint64_t)length);
    free(m.heap);
    return finish("interp", sum);
}
