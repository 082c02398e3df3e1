package dev.jci.ci.generated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a function with an arbitrary control-flow graph. An edge that does not lead to a later block is only behind a test of the
 * fuel.
 */
final class RandomGraph {
    private final Code code;
    private final int blocks;
    private final Map<String, List<String>> predecessors = new LinkedHashMap<>();
    private String at = "entry";

    private RandomGraph(Code code) {
        this.code = code;
        this.blocks = 1 + code.below(10);
    }

    /** Writes the body. */
    static void write(Code code) {
        new RandomGraph(code).write();
    }

    private void write() {
        String before = code.take();
        code.prologue("b0");
        edge(0);
        edge(blocks);
        String prologue = code.take();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            at = name(i);
            block(i);
            bodies.add(code.take());
        }
        code.giveBack();
        bodies.add(code.take());
        code.add(before + prologue);
        for (int i = 0; i <= blocks; i++) {
            code.label(name(i));
            phi(i);
            code.add(bodies.get(i));
        }
    }

    private String name(int target) {
        return target >= blocks ? "exit" : "b" + target;
    }

    /** An edge from where code is written at the moment; the label that it leads to. */
    private String edge(int target) {
        predecessors.computeIfAbsent(name(target), key -> new ArrayList<>()).add(at);
        return "label %" + name(target);
    }

    private void phi(int index) {
        List<String> sources = predecessors.getOrDefault(name(index), List.of());
        if (sources.isEmpty() || code.oneIn(2)) {
            return;
        }
        List<String> incoming = sources.stream()
                .map(source -> "[ " + (source.hashCode() % 7 == 0 ? "%x" : Math.floorMod(source.hashCode(), 50)) + ", %"
                        + source + " ]")
                .toList();
        code.mix(code.value("phi i64 " + String.join(", ", incoming)));
    }

    private void block(int index) {
        code.straight();
        List<Integer> targets = new ArrayList<>();
        int count = code.any(List.of(1, 1, 2, 2, 2, 3, 4));
        boolean backward = false;
        for (int i = 0; i < count; i++) {
            int target = code.oneIn(3) ? code.below(blocks) : Math.min(blocks, index + 1 + code.below(3));
            targets.add(target);
            backward |= target <= index;
        }
        if (backward) {
            String burnt = code.burn();
            String further = "t" + index;
            code.line("br i1 " + burnt + ", " + edge(blocks) + ", label %" + further);
            code.label(further);
            at = further;
        }
        leave(targets);
    }

    private void leave(List<Integer> targets) {
        if (targets.size() == 1 && code.features().exceptions() && code.oneIn(2)) {
            invokeOrThrow(targets.get(0));
        } else if (targets.size() == 1) {
            code.line("br " + edge(targets.get(0)));
        } else if (code.features().computedJumps() && code.oneIn(6)) {
            computedJump(targets);
        } else if (targets.size() == 2 && code.features().assembly() && code.oneIn(2)) {
            String chosen = code.stir(1);
            code.line("callbr void asm sideeffect \"nop\", \"r,!i\"(i64 " + chosen + ") to " + edge(targets.get(0))
                    + " [" + edge(targets.get(1)) + "]");
        } else if (targets.size() == 2) {
            code.line("br i1 " + code.condition(1) + ", " + edge(targets.get(0)) + ", " + edge(targets.get(1)));
        } else {
            String key = code.stir(2);
            StringBuilder cases = new StringBuilder();
            for (int i = 1; i < targets.size(); i++) {
                cases.append(" i64 ").append(i - 1).append(", ").append(edge(targets.get(i)));
            }
            code.line("switch i64 " + key + ", " + edge(targets.get(0)) + " [" + cases + " ]");
        }
    }

    private void computedJump(List<Integer> targets) {
        List<Integer> distinct = targets.stream().distinct().toList();
        String chosen = address(distinct.get(0));
        for (int i = 1; i < distinct.size(); i++) {
            chosen = code.value(
                    "select i1 " + code.condition(1) + ", ptr " + address(distinct.get(i)) + ", ptr " + chosen);
        }
        List<String> labels = distinct.stream().map(this::edge).toList();
        code.line("indirectbr ptr " + chosen + ", [" + String.join(", ", labels) + "]");
    }

    private String address(int target) {
        return "blockaddress(@" + code.function() + ", %" + name(target) + ")";
    }

    /** A call that may throw; the landing pad goes on later, or throws again. */
    private void invokeOrThrow(int target) {
        if (code.oneIn(3)) {
            code.throwState();
            return;
        }
        String callee = code.callee(code.stir(5));
        String pad = code.fresh("pad");
        code.value("invoke " + callee + " to " + edge(target) + " unwind label %" + pad);
        code.label(pad);
        at = pad;
        String caught = code.value("landingpad { ptr, i32 } cleanup");
        if (code.oneIn(3)) {
            code.line("resume { ptr, i32 } " + caught);
            return;
        }
        String value = code.value("extractvalue { ptr, i32 } " + caught + ", 0");
        code.mix(code.value("ptrtoint ptr " + value + " to i64"));
        int later = target + code.below(3);
        if (later == target) {
            later++;
        }
        code.line("br " + edge(Math.min(blocks, later)));
    }
}
