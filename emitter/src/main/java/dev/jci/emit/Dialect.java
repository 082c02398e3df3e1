package dev.jci.emit;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the LLVM that is printed for can read. One class for each concern decides what is kept, rewritten or dropped there; what would
 * change the meaning of the module is refused here. For version 0 everything is kept as it was written.
 */
final class Dialect {
    /** Whoever has that many does not need to know the others. */
    private static final int MOST_REFUSALS = 100;

    private final int version;
    private final Changes changes = new Changes();
    private final Set<Diagnostic> refusals = new LinkedHashSet<>();
    private int position = -1;
    private final PointerDialect pointers;
    private final AttributeDialect attributes;
    private final FlagDialect flags;
    private final ConstantDialect constants;
    private final CastDialect casts;
    private final MetadataDialect metadata;
    private final DebugInfoDialect debugInfo;
    private final IntrinsicDialect intrinsics;
    private final DebugRecordDialect debugRecords;
    private final ConventionDialect conventions;
    private final AtomicDialect atomics;
    private final BundleDialect bundles;
    private final LayoutDialect layout;

    Dialect(Module module, int version) {
        this.version = version;
        this.pointers = new PointerDialect(module, this);
        this.attributes = new AttributeDialect(this);
        this.flags = new FlagDialect(this);
        this.constants = new ConstantDialect(this);
        this.casts = new CastDialect(this);
        this.metadata = new MetadataDialect(module, this);
        this.debugInfo = new DebugInfoDialect(this);
        this.intrinsics = new IntrinsicDialect(module, this);
        this.debugRecords = new DebugRecordDialect(module, this);
        this.conventions = new ConventionDialect(this);
        this.atomics = new AtomicDialect(this);
        this.bundles = new BundleDialect(this);
        this.layout = new LayoutDialect(module, this);
    }

    /** Whether everything is kept as written. */
    boolean isAsWritten() {
        return version == 0;
    }

    /** Whether the LLVM printed for is older than the first one that has something. */
    boolean lacks(int since) {
        return version != 0 && version < since;
    }

    /** Whether the LLVM printed for is that one or a newer one. */
    boolean isAtLeast(int first) {
        return version >= first;
    }

    /** From now on what is printed stands there in the source; a note or refusal without a place of its own is shown there. */
    void at(int position) {
        this.position = position;
    }

    /** Whether something is dropped because the LLVM printed for does not have it; notes it when it is. */
    boolean drops(int since, String what) {
        if (!lacks(since)) {
            return false;
        }
        dropped(since, what);
        return true;
    }

    /** Notes that something is left out that the LLVM printed for does not have. */
    void dropped(int since, String what) {
        changes.add("dropped " + what + ", LLVM " + since + " is the first that has it", position);
    }

    /**
     * Whether the orders of uses are left out: where something was written in another way, there may be more uses or fewer, and LLVM
     * wants an order for exactly those that there are.
     */
    boolean dropsUseListOrders() {
        if (isAsWritten() || changes.isEmpty()) {
            return false;
        }
        changes.add("dropped orders of uses, which count what was rewritten", position);
        return true;
    }

    /** Notes that something is written in another way. */
    void rewritten(String what, String as) {
        changes.add("wrote " + what + " as " + as, position);
    }

    /** What has been dropped or rewritten so far. */
    List<Diagnostic> changes() {
        return changes.notes();
    }

    /** Refuses something when the LLVM printed for does not have it. */
    void require(int since, String what, int position) {
        if (lacks(since)) {
            refuse(
                    what + " cannot be printed for LLVM " + version + "; LLVM " + since + " is the first that has it",
                    position);
        }
    }

    /** Refuses something that the LLVM printed for does not have any more. */
    void requireBefore(int gone, String what, int position) {
        if (version >= gone) {
            refuse(
                    what + " cannot be printed for LLVM " + version + "; LLVM " + (gone - 1)
                            + " is the last that has it",
                    position);
        }
    }

    private void refuse(String message, int place) {
        if (refusals.size() < MOST_REFUSALS) {
            refusals.add(Diagnostic.error(message, place < 0 ? position : place));
        }
    }

    /**
     * Says what has been refused.
     *
     * @throws UnprintableException when anything has been
     */
    void throwRefusals() throws UnprintableException {
        if (!refusals.isEmpty()) {
            throw new UnprintableException(List.copyOf(refusals));
        }
    }

    PointerDialect pointers() {
        return pointers;
    }

    AttributeDialect attributes() {
        return attributes;
    }

    FlagDialect flags() {
        return flags;
    }

    ConstantDialect constants() {
        return constants;
    }

    CastDialect casts() {
        return casts;
    }

    MetadataDialect metadata() {
        return metadata;
    }

    DebugInfoDialect debugInfo() {
        return debugInfo;
    }

    IntrinsicDialect intrinsics() {
        return intrinsics;
    }

    DebugRecordDialect debugRecords() {
        return debugRecords;
    }

    ConventionDialect conventions() {
        return conventions;
    }

    LayoutDialect layout() {
        return layout;
    }

    BundleDialect bundles() {
        return bundles;
    }

    AtomicDialect atomics() {
        return atomics;
    }
}
