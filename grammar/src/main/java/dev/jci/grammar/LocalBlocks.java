package dev.jci.grammar;

import dev.jci.ir.BasicBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blocks of a function by label, also those that something refers to before they begin. */
final class LocalBlocks {
    private final Map<String, BasicBlock> named = new HashMap<>();
    private final Numbered<BasicBlock> numbered = new Numbered<>();
    private final List<Reference> references = new ArrayList<>();

    /** A block that was referred to before it began, and its label. */
    private record Reference(BasicBlock block, @Nullable String name, int number) {}

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
            references.add(new Reference(block, name, number));
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
        for (Reference reference : references) {
            if (reference.block.parent() == null) {
                String label = LocalValues.written(reference.name, reference.number);
                throw new IrSyntaxError("use of undefined value '%" + label + "'", reference.block.position());
            }
        }
    }
}
