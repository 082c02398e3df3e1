package dev.jci.ci;

import dev.jci.ir.Function;
import dev.jci.ir.analysis.CallGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The order in which functions are placed: callees first, and in a cycle of calls each behind those that it calls but for the calls that close
 * the cycle. Functions of which neither calls the other may be placed at the same time.
 */
final class PlacementOrder {
    private final List<Function> functions = new ArrayList<>();
    private final IdentityHashMap<Function, Integer> places = new IdentityHashMap<>();
    private final CallGraph calls;

    private PlacementOrder(CallGraph calls) {
        this.calls = calls;
        for (List<Function> component : calls.bottomUp()) {
            for (Function function : calleesFirst(component)) {
                if (!function.isDeclaration()) {
                    places.put(function, functions.size());
                    functions.add(function);
                }
            }
        }
    }

    /** The order for all functions that have a body. */
    static PlacementOrder of(CallGraph calls) {
        return new PlacementOrder(calls);
    }

    private List<Function> calleesFirst(List<Function> component) {
        if (component.size() == 1) {
            return component;
        }
        Set<Function> members = new HashSet<>(component);
        Set<Function> seen = new HashSet<>();
        List<Function> order = new ArrayList<>();
        Deque<Iterator<Function>> path = new ArrayDeque<>();
        Deque<Function> open = new ArrayDeque<>();
        for (Function start : component) {
            if (seen.add(start)) {
                open.push(start);
                path.push(calls.callees(start).iterator());
            }
            while (!path.isEmpty()) {
                if (!path.peek().hasNext()) {
                    path.pop();
                    order.add(open.pop());
                    continue;
                }
                Function callee = path.peek().next();
                if (members.contains(callee) && seen.add(callee)) {
                    open.push(callee);
                    path.push(calls.callees(callee).iterator());
                }
            }
        }
        return order;
    }

    /** The functions in order. */
    List<Function> functions() {
        return functions;
    }

    /** For each place in the order, the later ones of functions that call this one or that this one calls: they wait for it. */
    int[][] followers() {
        List<List<Integer>> found = new ArrayList<>();
        functions.forEach(function -> found.add(new ArrayList<>()));
        for (int caller = 0; caller < functions.size(); caller++) {
            for (Function callee : calls.callees(functions.get(caller))) {
                Integer place = places.get(callee);
                if (place != null && place != caller) {
                    found.get(Math.min(place, caller)).add(Math.max(place, caller));
                }
            }
        }
        return found.stream()
                .map(later -> later.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /**
     * For each place in the order how urgent it is: the work until the last of those that wait for it is done, if nothing else were to do.
     *
     * @param followers those of {@link #followers}
     */
    long[] urgency(int[][] followers) {
        long[] urgency = new long[functions.size()];
        for (int place = functions.size() - 1; place >= 0; place--) {
            long behind = Arrays.stream(followers[place])
                    .mapToLong(later -> urgency[later])
                    .max()
                    .orElse(0);
            urgency[place] = functions.get(place).blockCount() + behind;
        }
        return urgency;
    }
}
