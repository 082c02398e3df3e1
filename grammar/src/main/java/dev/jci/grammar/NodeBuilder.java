package dev.jci.grammar;

import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.MDSymbol;
import dev.jci.ir.Metadata;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.NodeFields;
import dev.jci.ir.Value;
import dev.jci.ir.ValueAsMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds metadata. A numbered node exists from its first mention on and gets its contents at its definition. */
final class NodeBuilder {
    private static final int SMALL = 1024;
    private static final String[] NO_NAMES = {};
    private static final MDOperand[] NO_OPERANDS = {};

    private final Source source;
    private final Module module;
    private final List<@Nullable MDNode> nodes;
    private final Map<Integer, MDNode> farNodes;
    private final Map<MDNode, Integer> undefined = new HashMap<>();
    private final boolean shared;
    private final NodeFields fields = new NodeFields();
    private final Map<List<String>, String[]> shapes = new HashMap<>();
    private final MDInteger[] small = new MDInteger[SMALL];
    private final Map<String, MDSymbol> symbols = new HashMap<>();
    private final Map<String, MDString> strings = new HashMap<>();
    private @Nullable NamedMetadata named;
    private @Nullable MDNode current;
    private @Nullable String currentKind;
    private @Nullable String newKind;
    private int nodePosition;
    private @Nullable MDNode duplicate;
    private boolean distinct;

    NodeBuilder(Source source, Module module) {
        this.source = source;
        this.module = module;
        this.nodes = new ArrayList<>();
        this.farNodes = new HashMap<>();
        this.shared = false;
    }

    private NodeBuilder(Source source, NodeBuilder headers) {
        this.source = source;
        this.module = headers.module;
        this.nodes = headers.nodes;
        this.farNodes = headers.farNodes;
        this.shared = true;
    }

    /** A builder for bodies that are read beside others, when all numbered nodes are known. */
    NodeBuilder beside(Source text) {
        return new NodeBuilder(text, this);
    }

    MDNode node(int number, int position) {
        MDNode node = find(number);
        if (node == null) {
            if (shared) {
                throw new OrderNeeded("!" + number);
            }
            node = new MDNode();
            node.setNumber(number);
            put(number, node);
            undefined.put(node, position);
        }
        return node;
    }

    private @Nullable MDNode find(int number) {
        return number < nodes.size() ? nodes.get(number) : farNodes.get(number);
    }

    private void put(int number, MDNode node) {
        if (number > nodes.size() + 10_000_000) {
            farNodes.put(number, node);
            return;
        }
        while (nodes.size() <= number) {
            nodes.add(null);
        }
        nodes.set(number, node);
    }

    // --- Definitions on lines of their own

    void beginNode(int number, int position) {
        current = shared ? node(number, position) : declare(number, position);
        distinct = false;
    }

    /** The node of that number, which is defined there. */
    MDNode declare(int number, int position) {
        MDNode node = find(number);
        if (node == null) {
            node = new MDNode();
            node.setNumber(number);
            put(number, node);
        } else if (undefined.remove(node) == null) {
            duplicate = node;
        }
        node.setPosition(position);
        module.metadata().add(node);
        return node;
    }

    /** Whether a node was declared twice. */
    boolean hasDuplicate() {
        return duplicate != null;
    }

    void distinct() {
        distinct = true;
    }

    /** A second definition is read to its end before it is refused, as LLVM does. */
    private void requireFirst(MDNode node) {
        if (node == duplicate) {
            throw new IrSyntaxError("Metadata id is already used", new NodeText(source.bytes, node.position()).next());
        }
    }

    void tuple(List<MDOperand> elements) {
        MDNode node = takeCurrent();
        requireFirst(node);
        finish(node, null, NO_NAMES, elements);
    }

    private MDNode takeCurrent() {
        MDNode node = current;
        current = null;
        return node == null ? new MDNode() : node;
    }

    /** The node being defined, which is of that kind. */
    MDNode current(String kind, int position) {
        requireKind(kind, position);
        currentKind = kind;
        nodePosition = position;
        return takeCurrent();
    }

    // --- Nodes inside other things

    MDNode newNode(String kind, int position) {
        requireKind(kind, position);
        nodePosition = position;
        MDNode node = new MDNode();
        node.setPosition(position);
        newKind = kind;
        return node;
    }

    MDNode newNode(int position) {
        return newNode("DIExpression", position);
    }

    MDNode newTuple(List<MDOperand> elements, int position) {
        MDNode node = new MDNode();
        node.setPosition(position);
        node.define(null, NO_NAMES, elements.toArray(MDOperand[]::new), false);
        return node;
    }

    private static void requireKind(String kind, int position) {
        if (!NodeFields.isKind(kind)) {
            throw new IrSyntaxError("expected metadata type", position);
        }
    }

    FieldList fieldList() {
        String kind = currentKind != null ? currentKind : newKind;
        FieldList list = new FieldList(kind == null ? "" : kind, distinct && currentKind != null, nodePosition);
        currentKind = null;
        newKind = null;
        return list;
    }

    void define(MDNode node, FieldList list) {
        MDOperand[] operands = list.values.isEmpty() ? NO_OPERANDS : list.values.toArray(MDOperand[]::new);
        String[] names = shape(list.names);
        NodeFields.Complaint complaint = fields.check(list.kind, names, list.distinct, list.values);
        if (complaint != null) {
            throw new IrSyntaxError(complaint.message(), new NodeText(source.bytes, list.position).place(complaint));
        }
        requireFirst(node);
        node.define(list.kind, names, operands, list.distinct);
    }

    private void finish(MDNode node, @Nullable String kind, String[] names, List<MDOperand> operands) {
        node.define(kind, names, operands.isEmpty() ? NO_OPERANDS : operands.toArray(MDOperand[]::new), distinct);
    }

    private String[] shape(List<String> names) {
        if (names.isEmpty()) {
            return NO_NAMES;
        }
        String[] known = shapes.get(names);
        if (known == null) {
            known = names.toArray(String[]::new);
            shapes.put(List.copyOf(names), known);
        }
        return known;
    }

    // --- Named metadata

    void beginNamedMetadata(String name) {
        named = module.namedMetadata().computeIfAbsent(name, NamedMetadata::new);
    }

    void namedOperand(Metadata node) {
        if (named != null && node instanceof MDNode mdNode) {
            named.operands().add(mdNode);
        }
    }

    // --- Operands

    String label(ParserBase parser) {
        return source.name(parser.start(), parser.end() - 1);
    }

    MDOperand metadataInteger(ParserBase parser) {
        int start = parser.start();
        int end = parser.end();
        if (end - start > 18) {
            return symbol(source.text(start, end));
        }
        long value = source.number(start, end);
        if (value < 0 || value >= SMALL) {
            return new MDInteger(value);
        }
        int index = (int) value;
        if (small[index] == null) {
            small[index] = new MDInteger(value);
        }
        return small[index];
    }

    MDSymbol symbol(String text) {
        return symbols.computeIfAbsent(text, MDSymbol::new);
    }

    MDSymbol symbol(int from, int to) {
        return symbol(source.spaced(from, to));
    }

    MDString metadataString(String bytes) {
        return strings.computeIfAbsent(bytes, MDString::new);
    }

    ValueAsMetadata valueMetadata(Value value) {
        return new ValueAsMetadata(value);
    }

    /** Complains about the first node that was used but never defined. */
    void end() {
        FirstUse.of(undefined).ifPresent(entry -> {
            throw new IrSyntaxError(
                    "use of undefined metadata '!" + entry.getKey().number() + "'", entry.getValue());
        });
    }
}
