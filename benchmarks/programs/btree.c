/* B-tree with insertion, deletion of half of the keys by marking, range sums and a recursive check: pointer chasing,
   recursion to unknown depth, memmove of variable length, binary search loops. */
#include "checksum.h"
#include <string.h>

enum { ORDER = 16, MOST = 2 * ORDER - 1 };

struct node {
    int count;
    int leaf;
    uint32_t keys[MOST];
    uint32_t values[MOST];
    struct node *children[MOST + 1];
};

static struct node *new_node(int leaf) {
    struct node *n = calloc(1, sizeof *n);
    n->leaf = leaf;
    return n;
}

static int lower_bound(const struct node *n, uint32_t key) {
    int low = 0;
    int high = n->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (n->keys[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void split_child(struct node *parent, int at) {
    struct node *full = parent->children[at];
    struct node *right = new_node(full->leaf);
    right->count = ORDER - 1;
    memcpy(right->keys, full->keys + ORDER, sizeof(uint32_t) * (ORDER - 1));
    memcpy(right->values, full->values + ORDER, sizeof(uint32_t) * (ORDER - 1));
    if (!full->leaf) {
        memcpy(right->children, full->children + ORDER, sizeof(struct node *) * ORDER);
    }
    full->count = ORDER - 1;
    size_t tail = (size_t)(parent->count - at);
    memmove(parent->keys + at + 1, parent->keys + at, sizeof(uint32_t) * tail);
    memmove(parent->values + at + 1, parent->values + at, sizeof(uint32_t) * tail);
    memmove(parent->children + at + 2, parent->children + at + 1, sizeof(struct node *) * tail);
    parent->keys[at] = full->keys[ORDER - 1];
    parent->values[at] = full->values[ORDER - 1];
    parent->children[at + 1] = right;
    parent->count++;
}

static void insert_below(struct node *n, uint32_t key, uint32_t value) {
    for (;;) {
        int at = lower_bound(n, key);
        if (at < n->count && n->keys[at] == key) {
            n->values[at] += value;
            return;
        }
        if (n->leaf) {
            size_t tail = (size_t)(n->count - at);
            memmove(n->keys + at + 1, n->keys + at, sizeof(uint32_t) * tail);
            memmove(n->values + at + 1, n->values + at, sizeof(uint32_t) * tail);
            n->keys[at] = key;
            n->values[at] = value;
            n->count++;
            return;
        }
        if (n->children[at]->count == MOST) {
            split_child(n, at);
            continue;
        }
        n = n->children[at];
    }
}

static struct node *insert(struct node *root, uint32_t key, uint32_t value) {
    if (root->count == MOST) {
        struct node *above = new_node(0);
        above->children[0] = root;
        split_child(above, 0);
        root = above;
    }
    insert_below(root, key, value);
    return root;
}

static uint32_t *find(struct node *n, uint32_t key) {
    while (n) {
        int at = lower_bound(n, key);
        if (at < n->count && n->keys[at] == key) {
            return &n->values[at];
        }
        n = n->leaf ? NULL : n->children[at];
    }
    return NULL;
}

static uint64_t range(const struct node *n, uint32_t from, uint32_t to) {
    uint64_t sum = 0;
    for (int i = lower_bound(n, from); i <= n->count; i++) {
        if (!n->leaf) {
            sum += range(n->children[i], from, to);
        }
        if (i == n->count || n->keys[i] >= to) {
            break;
        }
        sum += n->values[i];
    }
    return sum;
}

static uint64_t walk(const struct node *n, int depth, uint64_t sum) {
    for (int i = 0; i < n->count; i++) {
        if (!n->leaf) {
            sum = walk(n->children[i], depth + 1, sum);
        }
        sum = mix(sum, n->keys[i]);
        sum = mix(sum, n->values[i] + (uint32_t)depth);
    }
    return n->leaf ? sum : walk(n->children[n->count], depth + 1, sum);
}

static void release(struct node *n) {
    for (int i = 0; !n->leaf && i <= n->count; i++) {
        release(n->children[i]);
    }
    free(n);
}

int main(int argc, char **argv) {
    long n = size_argument(argc, argv, 150000);
    struct node *root = new_node(1);
    uint64_t random = 9;
    for (long i = 0; i < n; i++) {
        uint64_t r = next_random(&random);
        root = insert(root, (uint32_t)(r >> 40), (uint32_t)(r & 0xffff));
    }
    uint64_t hits = 0;
    random = 9;
    for (long i = 0; i < n; i++) {
        uint64_t r = next_random(&random);
        uint32_t *value = find(root, (uint32_t)(r >> 40) + (uint32_t)(i & 1));
        if (value) {
            hits++;
            *value /= 2;
        }
    }
    uint64_t sum = mix(53, hits);
    for (uint32_t from = 0; from < 1u << 24; from += 1u << 18) {
        sum = mix(sum, range(root, from, from + (1u << 17)));
    }
    sum = walk(root, 0, sum);
    release(root);
    return finish("btree", sum);
}
