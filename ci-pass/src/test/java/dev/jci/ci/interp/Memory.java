package dev.jci.ci.interp;

import java.util.Arrays;

/** One flat, little-endian memory: global variables from below, the stack from above. Address 0 is not part of it. */
final class Memory {
    private static final int SIZE = 1 << 18;
    private static final int FIRST = 16;

    private final byte[] bytes = new byte[SIZE];
    private int globals = FIRST;
    private int stack = SIZE;

    /** Room for a global variable, filled with zeros. */
    long allocateGlobal(long size, long alignment) {
        int start = (int) ((globals + alignment - 1) / alignment * alignment);
        globals = (int) (start + size);
        return start;
    }

    /** Room on the stack, filled with zeros. */
    long allocateOnStack(long size, long alignment) {
        int start = (int) ((stack - size) / alignment * alignment);
        if (start <= globals) {
            throw new Trap("stack overflow");
        }
        Arrays.fill(bytes, start, stack, (byte) 0);
        stack = start;
        return start;
    }

    /** Where the stack ends at the moment. */
    int stackEnd() {
        return stack;
    }

    /** Frees what was put on the stack since. */
    void restoreStack(int end) {
        stack = end;
    }

    long load(long address, int size) {
        check(address, size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | (bytes[(int) address + i] & 0xff);
        }
        return value;
    }

    void store(long address, int size, long value) {
        check(address, size);
        for (int i = 0; i < size; i++) {
            bytes[(int) address + i] = (byte) (value >> (8 * i));
        }
    }

    private void check(long address, int size) {
        if (address < FIRST || address + size > SIZE) {
            throw new Trap("access outside of the memory: " + address);
        }
    }
}
