package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;

/** Named metadata of a module, {@code !llvm.module.flags = !{!0, !1}} (LangRef, "Named Metadata"). */
public final class NamedMetadata {
    private final String name;
    private final List<MDNode> operands = new ArrayList<>();

    /**
     * @param name the name without the exclamation mark
     */
    public NamedMetadata(String name) {
        this.name = name;
    }

    /** The name without the exclamation mark. */
    public String name() {
        return name;
    }

    /** The nodes, a live list. */
    public List<MDNode> operands() {
        return operands;
    }
}
