package dev.jci.ir;

import java.util.Arrays;
import java.util.List;

/**
 * A debug record, {@code #dbg_value(i32 %x, !7, !DIExpression(), !8)}, which stands before an instruction without being one (LLVM 19
 * and later; before, calls of {@code llvm.dbg.*}).
 */
public final class DebugRecord {
    private final String kind;
    private final Metadata[] operands;
    private int position = -1;

    /**
     * @param kind the word behind {@code #dbg_}: {@code value}, {@code declare}, {@code assign}, {@code label}, ...
     * @param operands the operands as written, the location last
     */
    public DebugRecord(String kind, List<? extends Metadata> operands) {
        this.kind = kind;
        this.operands = operands.toArray(Metadata[]::new);
    }

    /** The word behind {@code #dbg_}. */
    public String kind() {
        return kind;
    }

    /** The operands as written, the location last; a live view that replaces in place. */
    public List<Metadata> operands() {
        return Arrays.asList(operands);
    }

    /** Where the record stands in the source, an offset; -1 when unknown. */
    public int position() {
        return position;
    }

    /** Notes where the record stands in the source. */
    public void setPosition(int position) {
        this.position = position;
    }
}
