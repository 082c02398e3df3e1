package dev.jci.emit;

import dev.jci.ir.ArrayType;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Module;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.StructType;
import dev.jci.ir.TargetExtType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data layouts. Each LLVM generates code with its own layout for a target whatever the module says, so the layout of a newer LLVM is
 * written as that of the one printed for. Where that moves something in memory, as in structures with {@code i128} on x86, the module
 * cannot be printed. Newer LLVMs know the layouts of older ones and replace them by themselves.
 */
final class LayoutDialect {
    /** A layout and the first LLVM that has it. */
    private record Version(int since, String layout) {}

    /** What the layouts of a target were; with how the triples begin that it is for, empty where the layouts tell. */
    private record Target(String triples, List<Version> versions) {}

    /** Read when a module is printed for another LLVM, not before. */
    private static final class Known {
        static final List<Target> TARGETS = read();
    }

    private static final int SCALABLE_MEMBERS = 17;
    private static final int SIZED_TARGET_TYPES = 17;

    private final Dialect dialect;
    private final List<Target> targets;
    private final @Nullable String written;
    private final @Nullable String spoken;
    private final int since;
    private final DataLayout layoutWritten;
    private final DataLayout layoutSpoken;
    private final IdentityHashMap<NamedStruct, Boolean> moved = new IdentityHashMap<>();
    private final IdentityHashMap<NamedStruct, Boolean> scalable = new IdentityHashMap<>();

    LayoutDialect(Module module, Dialect dialect) {
        this.dialect = dialect;
        this.targets = dialect.isAsWritten() ? List.of() : targetsOf(module.targetTriple());
        this.written = module.dataLayout();
        Version found = written == null || dialect.isAsWritten() ? null : olderOf(written);
        this.spoken = found == null ? written : found.layout;
        this.since = found == null ? 0 : sinceOf(String.valueOf(written));
        this.layoutWritten = found == null ? DataLayout.parse("") : DataLayout.parse(String.valueOf(written));
        this.layoutSpoken = found == null ? layoutWritten : DataLayout.parse(found.layout);
    }

    private static List<Target> read() {
        List<Target> targets = new ArrayList<>();
        String triples = "";
        List<Version> versions = new ArrayList<>();
        for (String line : Tables.lines("layouts.txt")) {
            int space = line.indexOf(' ');
            if (space < 0) {
                targets.add(new Target(triples, versions));
                triples = "";
                versions = new ArrayList<>();
            } else if (line.startsWith("for ")) {
                triples = line.substring(space + 1);
            } else {
                versions.add(new Version(Integer.parseInt(line.substring(0, space)), line.substring(space + 1)));
            }
        }
        targets.add(new Target(triples, versions));
        return targets;
    }

    /** The targets that a module may be for. */
    private static List<Target> targetsOf(@Nullable String triple) {
        List<Target> named = Known.TARGETS.stream()
                .filter(target -> !target.triples.isEmpty() && triple != null && triple.startsWith(target.triples))
                .toList();
        return named.isEmpty()
                ? Known.TARGETS.stream()
                        .filter(target -> target.triples.isEmpty())
                        .toList()
                : named;
    }

    /** What the LLVM printed for has in the place of a newer layout, null when it has the layout or does not know the target. */
    private @Nullable Version olderOf(String layout) {
        for (Target target : targets) {
            Version older = null;
            for (Version version : target.versions) {
                if (!dialect.lacks(version.since)) {
                    older = version;
                } else if (version.layout.equals(layout) && older != null) {
                    return older;
                }
            }
        }
        return null;
    }

    private int sinceOf(String layout) {
        return targets.stream()
                .flatMap(target -> target.versions.stream())
                .filter(version -> version.layout.equals(layout))
                .mapToInt(Version::since)
                .min()
                .orElse(0);
    }

    /** The layout to write. */
    @Nullable
    String spoken() {
        if (spoken != null && !spoken.equals(written)) {
            dialect.rewritten("the data layout", "that of the older LLVM");
        }
        return spoken;
    }

    /** Refuses a type of something in memory that has its parts in other places there. */
    void check(Type type) {
        if (dialect.lacks(SIZED_TARGET_TYPES) && type.scalar() instanceof TargetExtType) {
            dialect.require(SIZED_TARGET_TYPES, "a target extension type in memory", -1);
        }
        if (dialect.lacks(SCALABLE_MEMBERS) && !(type instanceof VectorType) && holdsScalable(type)) {
            dialect.require(SCALABLE_MEMBERS, "a structure of scalable vectors in memory", -1);
        }
        if (since != 0 && isMoved(type)) {
            dialect.require(since, "a structure with a member that was aligned otherwise before", -1);
        }
    }

    /** Structures stand in each other many times, so the answer for each is kept. */
    private boolean holdsScalable(Type type) {
        return switch (type) {
            case VectorType vector -> vector.scalable();
            case StructType struct -> struct.elements().stream().anyMatch(this::holdsScalable);
            case NamedStruct named -> {
                StructType body = named.body();
                Boolean known = scalable.get(named);
                if (known == null) {
                    known = body != null && holdsScalable(body);
                    scalable.put(named, known);
                }
                yield known;
            }
            default -> false;
        };
    }

    /** The alignment that something of the type has without saying so, when it has to be said now; 0 otherwise. */
    int impliedAlignment(Type type) {
        int before = since == 0 ? 0 : layoutWritten.alignOf(type);
        return since == 0 || before == layoutSpoken.alignOf(type) ? 0 : before;
    }

    private boolean isMoved(Type type) {
        if (!layoutWritten.sizeOf(type).equals(layoutSpoken.sizeOf(type))) {
            return true;
        }
        return switch (type) {
            case NamedStruct named -> {
                StructType body = named.body();
                Boolean known = moved.get(named);
                if (known == null) {
                    known = body != null && isMoved(body);
                    moved.put(named, known);
                }
                yield known;
            }
            case ArrayType array -> isMoved(array.element());
            case StructType struct -> {
                boolean any = false;
                for (int i = 0; i < struct.elements().size() && !any; i++) {
                    any = !layoutWritten.offsetOf(struct, i).equals(layoutSpoken.offsetOf(struct, i))
                            || isMoved(struct.elements().get(i));
                }
                yield any;
            }
            default -> false;
        };
    }
}
