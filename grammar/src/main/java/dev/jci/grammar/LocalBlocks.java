package dev.jci.grammar;

import dev.jci.ir.BasicBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocks of a function by label, also those that something refers to before they begin. */
final class LocalBlocks {
    private final Named<BasicBlock> named = new Named<>();
    private final Numbered<BasicBlock> numbered = new Numbered<>();

    /** The blocks that were referred to before they began. */
    private final List<BasicBlock> references = new ArrayList<>();

    /** The block of that name, or of that number when there is no name; null when there is none so far. */
    @Nullable
    BasicBlock find(@Nullable String name, int number) {
        return name != null ? named.get(name) : numbered.get(number);
    }

    /** The block of that name or number; made now when there is none so far. */
    BasicBlock refer(@Nullable String name, int number, int position) {
        BasicBlock block = find(name, number);
        if (block == null) {
            block = add(name, number);
            block.setPosition(position);
            references.add(block);
        }
        return block;
    }

    /** The block of that name or number, which begins now. */
    BasicBlock begin(@Nullable String name, int number) {
        BasicBlock block = find(name, number);
        return block != null ? block : add(name, number);
    }

    private BasicBlock add(@Nullable String name, int number) {
        BasicBlock block = new BasicBlock(name);
        if (name != null) {
            named.put(name, block);
        } else {
            numbered.put(number, block);
        }
        return block;
    }

    /** Complains about the first reference to a block that never began. */
    void requireAll() {
        for (BasicBlock block : references) {
            if (block.parent() == null) {
                String name = block.name();
                String label = LocalValues.written(name, name == null ? numbered.numberOf(block) : -1);
                throw new IrSyntaxError("use of undefined value '%" + label + "'", block.position());
            }
        }
    }
}
