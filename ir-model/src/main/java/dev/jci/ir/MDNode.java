package dev.jci.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metadata node: a tuple {@code !{...}} or a specialised node {@code !DILocation(line: 7, scope: !3)} (LangRef, "Metadata Nodes
 * and Metadata Strings", "Specialized Metadata Nodes"). A node has identity, so that nodes may refer to each other in cycles.
 *
 * <p>The kind of a specialised node and the names of its fields are open: what a later LLVM adds is kept and printed back.
 */
public final class MDNode implements Metadata {
    private static final String[] NO_FIELDS = {};

    private @Nullable String kind;
    private String[] fieldNames = NO_FIELDS;
    private MDOperand[] operands = {};
    private boolean distinct;
    private int number = -1;
    private int position = -1;

    /** A node without contents yet, for references that come before the definition. */
    public MDNode() {}

    /** A tuple of those operands. */
    public static MDNode tuple(MDOperand... operands) {
        MDNode node = new MDNode();
        node.operands = operands.clone();
        return node;
    }

    /** A specialised node without fields yet; add them with {@link #set}. */
    public static MDNode specialized(String kind) {
        MDNode node = new MDNode();
        node.kind = kind;
        return node;
    }

    /**
     * Gives the node its contents.
     *
     * @param kind the word behind the exclamation mark, such as {@code DILocation}; null for a tuple
     * @param fieldNames one name for each operand of a specialised node; the array is kept, not copied, so that nodes of one shape can
     *     share it. Empty for a tuple and for nodes with unnamed operands such as {@code DIExpression}
     * @param operands the operands; the array is kept, not copied
     * @param distinct whether {@code distinct} stands before it
     */
    public void define(@Nullable String kind, String[] fieldNames, MDOperand[] operands, boolean distinct) {
        this.kind = kind;
        this.fieldNames = fieldNames;
        this.operands = operands;
        this.distinct = distinct;
    }

    /** The kind, such as {@code DILocation}; null for a tuple. */
    public @Nullable String kind() {
        return kind;
    }

    /** Whether this is {@code !{...}}. */
    public boolean isTuple() {
        return kind == null;
    }

    /** Whether this is a specialised node of that kind. */
    public boolean is(String kind) {
        return kind.equals(this.kind);
    }

    /** Whether {@code distinct} stands before the node. */
    public boolean isDistinct() {
        return distinct;
    }

    /** Makes the node distinct, or not. */
    public void setDistinct(boolean distinct) {
        this.distinct = distinct;
    }

    /** The number of operands. */
    public int operandCount() {
        return operands.length;
    }

    /** The operand at that place. */
    public MDOperand operand(int index) {
        return operands[index];
    }

    /** The operands, a live view that replaces in place. */
    public List<MDOperand> operands() {
        return Arrays.asList(operands);
    }

    /** The name of the field at that place, null for a tuple or unnamed operands. */
    public @Nullable String fieldName(int index) {
        return index < fieldNames.length ? fieldNames[index] : null;
    }

    /** The names of the fields; the array itself, so that nodes of one shape can be told by it. */
    String[] fieldNames() {
        return fieldNames;
    }

    /** The value of a field of a specialised node, null when the field is not written. */
    public @Nullable MDOperand field(String name) {
        for (int i = 0; i < fieldNames.length; i++) {
            if (fieldNames[i].equals(name)) {
                return operands[i];
            }
        }
        return null;
    }

    /** The node that a field holds, null when the field is not written or holds something else. */
    public @Nullable MDNode nodeField(String name) {
        return field(name) instanceof MDNode node ? node : null;
    }

    /** Sets or adds a field of a specialised node. */
    public void set(String name, MDOperand value) {
        for (int i = 0; i < fieldNames.length; i++) {
            if (fieldNames[i].equals(name)) {
                operands[i] = value;
                return;
            }
        }
        fieldNames = Arrays.copyOf(fieldNames, fieldNames.length + 1);
        fieldNames[fieldNames.length - 1] = name;
        List<MDOperand> grown = new ArrayList<>(Arrays.asList(operands));
        grown.add(value);
        operands = grown.toArray(MDOperand[]::new);
    }

    /** The number that the node was read with, -1 for a node inside another one or made by a program. */
    public int number() {
        return number;
    }

    /** Notes the number that the node was read with; the printer may choose another. */
    public void setNumber(int number) {
        this.number = number;
    }

    /** Where the node stands in the source, an offset; -1 when unknown. */
    public int position() {
        return position;
    }

    /** Notes where the node stands in the source. */
    public void setPosition(int position) {
        this.position = position;
    }
}
