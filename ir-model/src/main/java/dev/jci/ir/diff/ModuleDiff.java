package dev.jci.ir.diff;

import dev.jci.ir.Comdat;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.MDNode;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two modules.
 *
 * <pre>{@code
 * ModuleDiff diff = ModuleDiff.between(module, instrumented);
 * if (!diff.isEmpty()) ...
 * }</pre>
 *
 * @param differences the differences: of the module, of globals, of metadata, then of bodies in the order of the first module
 */
public record ModuleDiff(List<Difference> differences) {
    /** How deep metadata is compared. */
    private static final int MOST_ROUNDS = 24;

    /** Copies the list. */
    public ModuleDiff {
        differences = List.copyOf(differences);
    }

    /** Whether the modules are the same, names and numbering aside. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /**
     * Compares two modules. Neither is changed.
     *
     * @param before the first module
     * @param after the second module, told of as what became of the first
     */
    public static ModuleDiff between(Module before, Module after) {
        List<Difference> found = new ArrayList<>();
        properties(before, after, found);
        IdentityHashMap<GlobalValue, Long> none = new IdentityHashMap<>();
        GlobalMatching matching = GlobalMatching.of(new Side(before, none), new Side(after, none));
        IdentityHashMap<GlobalValue, Long> firstIdentities = new IdentityHashMap<>();
        IdentityHashMap<GlobalValue, Long> secondIdentities = new IdentityHashMap<>();
        long identity = 1;
        for (Map.Entry<GlobalValue, GlobalValue> entry : matching.partners().entrySet()) {
            firstIdentities.put(entry.getKey(), identity);
            secondIdentities.put(entry.getValue(), identity++);
        }
        Side first = new Side(before, firstIdentities);
        Side second = new Side(after, secondIdentities);
        List<Difference> bodies = new ArrayList<>();
        for (GlobalValue global : first.globals()) {
            GlobalValue other = matching.partners().get(global);
            if (other == null) {
                found.add(new Difference.OfGlobal(global, null));
                continue;
            }
            if (first.header(global) != second.header(other)) {
                found.add(new Difference.OfGlobal(global, other));
            }
            if (global instanceof Function one
                    && other instanceof Function two
                    && !one.isDeclaration()
                    && !two.isDeclaration()) {
                List<Edit> edits = BodyDiff.of(one, first.bodies(), two, second.bodies());
                if (!edits.isEmpty()) {
                    bodies.add(new Difference.OfBody(one, two, edits));
                }
            }
        }
        matching.unmatched().forEach(global -> found.add(new Difference.OfGlobal(null, global)));
        metadata(first.nodes(), second.nodes(), found);
        found.addAll(bodies);
        return new ModuleDiff(found);
    }

    private static void properties(Module before, Module after, List<Difference> found) {
        if (before.sourceFileName() != null && after.sourceFileName() != null) {
            // LLVM gives every module one; only what both say can differ.
            property("source_filename", before.sourceFileName(), after.sourceFileName(), found);
        }
        property("target datalayout", before.dataLayout(), after.dataLayout(), found);
        property("target triple", before.targetTriple(), after.targetTriple(), found);
        property("module asm", String.join("\n", before.moduleAsm()), String.join("\n", after.moduleAsm()), found);
        Set<String> names = new TreeSet<>(before.comdats().keySet());
        names.addAll(after.comdats().keySet());
        for (String name : names) {
            property(
                    "comdat $" + name,
                    kind(before.comdats().get(name)),
                    kind(after.comdats().get(name)),
                    found);
        }
        names = new TreeSet<>(before.namedMetadata().keySet());
        names.addAll(after.namedMetadata().keySet());
        for (String name : names) {
            property(
                    "metadata !" + name,
                    size(before.namedMetadata().get(name)),
                    size(after.namedMetadata().get(name)),
                    found);
        }
    }

    private static @Nullable String kind(@Nullable Comdat comdat) {
        return comdat == null ? null : comdat.selectionKind().keyword();
    }

    private static @Nullable String size(@Nullable NamedMetadata named) {
        return named == null ? null : named.operands().size() + " nodes";
    }

    private static void property(String what, @Nullable String before, @Nullable String after, List<Difference> found) {
        if (!Objects.equals(before, after)) {
            found.add(new Difference.OfProperty(what, before, after));
        }
    }

    /** Tells of the nodes that differ in themselves; only when there are none, of those that refer to others. */
    private static void metadata(NodeHashes before, NodeHashes after, List<Difference> found) {
        int told = found.size();
        int classes = -1;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            lacking(before, after).forEach(node -> found.add(new Difference.OfMetadata(node, null)));
            lacking(after, before).forEach(node -> found.add(new Difference.OfMetadata(null, node)));
            int now = hashes(before).size();
            if (found.size() > told || now == classes) {
                return;
            }
            classes = now;
            before.deepen();
            after.deepen();
        }
    }

    private static Set<Long> hashes(NodeHashes nodes) {
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < nodes.nodes().size(); i++) {
            hashes.add(nodes.current(i));
        }
        return hashes;
    }

    /** The nodes of one module that have no equal in the other; distinct ones count. */
    private static List<MDNode> lacking(NodeHashes nodes, NodeHashes others) {
        Map<Long, Integer> known = new HashMap<>();
        for (int i = 0; i < others.nodes().size(); i++) {
            known.merge(others.current(i), 1, Integer::sum);
        }
        List<MDNode> lacking = new ArrayList<>();
        for (int i = 0; i < nodes.nodes().size(); i++) {
            MDNode node = nodes.nodes().get(i);
            Integer left = known.get(nodes.current(i));
            if (left == null || (node.isDistinct() && left == 0)) {
                lacking.add(node);
            } else if (node.isDistinct()) {
                known.put(nodes.current(i), left - 1);
            }
        }
        return lacking;
    }
}
