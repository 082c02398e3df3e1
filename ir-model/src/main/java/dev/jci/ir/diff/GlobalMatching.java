package dev.jci.ir.diff;

import dev.jci.ir.Function;
import dev.jci.ir.GlobalValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which globals of two modules belong together: those that the linker sees by name; the others where name and structure agree, then
 * where the structure is found only once in each module, then by name alone, and those without a name in order among their equals.
 *
 * @param partners for each global of the first module its partner, null for none
 * @param unmatched the globals of the second module that are no one's partner
 */
record GlobalMatching(IdentityHashMap<GlobalValue, GlobalValue> partners, List<GlobalValue> unmatched) {
    /** Matches the globals of two modules. */
    static GlobalMatching of(Side before, Side after) {
        IdentityHashMap<GlobalValue, GlobalValue> partners = new IdentityHashMap<>();
        List<GlobalValue> first = new ArrayList<>();
        List<GlobalValue> second = new ArrayList<>(after.globals());
        IdentityHashMap<GlobalValue, Boolean> taken = new IdentityHashMap<>();
        for (GlobalValue global : before.globals()) {
            GlobalValue other = named(after, global);
            if (Side.isVisible(global) && other != null && Side.isVisible(other) && sameKind(global, other)) {
                partners.put(global, other);
                taken.put(other, true);
            } else {
                first.add(global);
            }
        }
        second.removeIf(taken::containsKey);
        IdentityHashMap<GlobalValue, Long> hashes = new IdentityHashMap<>();
        first.forEach(global -> hashes.put(global, before.whole(global)));
        second.forEach(global -> hashes.put(global, after.whole(global)));
        byNameAndStructure(after, first, taken, hashes, partners);
        second.removeIf(taken::containsKey);
        byStructure(first, second, taken, hashes, partners);
        second.removeIf(taken::containsKey);
        byName(after, first, taken, partners);
        second.removeIf(taken::containsKey);
        return new GlobalMatching(partners, second);
    }

    private static @Nullable GlobalValue named(Side side, GlobalValue global) {
        return global.name() == null ? null : side.module().find(global.name());
    }

    private static boolean sameKind(GlobalValue one, GlobalValue other) {
        return one.getClass() == other.getClass();
    }

    private static void byNameAndStructure(
            Side after,
            List<GlobalValue> first,
            IdentityHashMap<GlobalValue, Boolean> taken,
            IdentityHashMap<GlobalValue, Long> hashes,
            IdentityHashMap<GlobalValue, GlobalValue> partners) {
        first.removeIf(global -> {
            GlobalValue other = named(after, global);
            boolean match = other != null && hashes.get(global).equals(hashes.get(other)) && !taken.containsKey(other);
            if (match) {
                partners.put(global, other);
                taken.put(other, true);
            }
            return match;
        });
    }

    private static void byStructure(
            List<GlobalValue> first,
            List<GlobalValue> second,
            IdentityHashMap<GlobalValue, Boolean> taken,
            IdentityHashMap<GlobalValue, Long> hashes,
            IdentityHashMap<GlobalValue, GlobalValue> partners) {
        Map<Long, List<GlobalValue>> candidates = new HashMap<>();
        for (GlobalValue global : second) {
            if (!Side.isVisible(global)) {
                candidates
                        .computeIfAbsent(hashes.get(global), any -> new ArrayList<>())
                        .add(global);
            }
        }
        Map<Long, Integer> counts = new HashMap<>();
        first.forEach(global -> counts.merge(hashes.get(global), 1, Integer::sum));
        first.removeIf(global -> {
            List<GlobalValue> equals = candidates.get(hashes.get(global));
            // As many on both sides: any way to pair them is right, since they differ in nothing.
            if (Side.isVisible(global) || equals == null || equals.isEmpty()) {
                return false;
            }
            boolean unambiguous = counts.get(hashes.get(global)) == 1 && equals.size() == 1;
            if (!unambiguous && global instanceof Function) {
                return false;
            }
            GlobalValue other = equals.remove(0);
            counts.merge(hashes.get(global), -1, Integer::sum);
            partners.put(global, other);
            taken.put(other, true);
            return true;
        });
    }

    private static void byName(
            Side after,
            List<GlobalValue> first,
            IdentityHashMap<GlobalValue, Boolean> taken,
            IdentityHashMap<GlobalValue, GlobalValue> partners) {
        first.removeIf(global -> {
            GlobalValue other = named(after, global);
            boolean match = other != null && sameKind(global, other) && !taken.containsKey(other);
            if (match) {
                partners.put(global, other);
                taken.put(other, true);
            }
            return match;
        });
    }
}
