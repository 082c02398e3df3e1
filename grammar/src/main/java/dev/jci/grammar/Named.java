package dev.jci.grammar;

import org.jspecify.annotations.Nullable;

/**
 * Objects by name. It is made of two arrays only: entries of their own would lie between the instructions that are made meanwhile, and make
 * whatever goes over these wait for more memory.
 */
final class Named<T> {
    private static final int FEW = 16;

    private @Nullable String[] names = {};
    private @Nullable Object[] objects = {};
    private int count;

    /** The object of that name, null when there is none. */
    @SuppressWarnings("unchecked") // only put fills the array
    @Nullable
    T get(String name) {
        return names.length == 0 ? null : (T) objects[slot(name)];
    }

    /** Gives a name an object; returns the one that it had. */
    @SuppressWarnings("unchecked") // only put fills the array
    @Nullable
    T put(String name, T object) {
        if (2 * count >= names.length) {
            grow();
        }
        int slot = slot(name);
        T old = (T) objects[slot];
        if (old == null) {
            names[slot] = name;
            count++;
        }
        objects[slot] = object;
        return old;
    }

    /** Where the name is, or would be. */
    @SuppressWarnings("ReferenceEquality") // names are interned nearly always
    private int slot(String name) {
        int mask = names.length - 1;
        int hash = name.hashCode();
        int slot = (hash ^ hash >>> 15) & mask;
        while (true) {
            String other = names[slot];
            if (other == null || other == name || other.equals(name)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    private void grow() {
        @Nullable String[] oldNames = names;
        @Nullable Object[] oldObjects = objects;
        names = new String[Math.max(FEW, 2 * oldNames.length)];
        objects = new Object[names.length];
        for (int i = 0; i < oldNames.length; i++) {
            String name = oldNames[i];
            if (name != null) {
                int slot = slot(name);
                names[slot] = name;
                objects[slot] = oldObjects[i];
            }
        }
    }
}
