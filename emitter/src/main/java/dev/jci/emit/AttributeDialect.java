package dev.jci.emit;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Attributes that newer LLVMs added or wrote in another way. Those that only promise something, or only ask for checks that no part of
 * an older LLVM can make, are dropped where they are not known; those that code generation must obey are refused.
 */
final class AttributeDialect {
    private static final int MEMORY = 16;
    private static final int CAPTURES = 21;

    private final Dialect dialect;

    AttributeDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The attributes as the LLVM printed for can read them. */
    AttributeSet keptIn(AttributeSet set) {
        if (dialect.isAsWritten()) {
            return set;
        }
        List<Attribute> kept = new ArrayList<>(set.attributes().size());
        for (Attribute attribute : set.attributes()) {
            rewrite(attribute, kept);
        }
        return kept.equals(set.attributes()) ? set : new AttributeSet(kept);
    }

    private void rewrite(Attribute attribute, List<Attribute> kept) {
        switch (attribute.name()) {
            case "memory" -> memory(attribute, kept);
            case "captures" -> captures(attribute, kept);
            case "uwtable" -> kept.add(unwindTables(attribute));
            case "presplitcoroutine" ->
                kept.add(dialect.lacks(15) ? new Attribute.Text("coroutine.presplit", "0") : attribute);
            case "fn_ret_thunk_extern" -> required(15, attribute, kept);
            case "hybrid_patchable" -> required(19, attribute, kept);
            case "denormal-fp-math", "denormal-fp-math-f32" -> denormals(attribute, kept);
            default -> {
                if (attribute instanceof Attribute.Text || !drops(since(attribute.name()), attribute)) {
                    kept.add(attribute);
                }
            }
        }
    }

    private boolean drops(int since, Attribute attribute) {
        return dialect.drops(since, "the attribute " + attribute.name());
    }

    /** Before there were two kinds of tables for unwinding, the attribute asked for the fuller ones. */
    private Attribute unwindTables(Attribute attribute) {
        Attribute plain = new Attribute.Word("uwtable");
        if (!dialect.lacks(15) || attribute.equals(plain)) {
            return attribute;
        }
        dialect.rewritten("uwtable(sync)", "uwtable");
        return plain;
    }

    /** Code that has to work in whatever mode it finds cannot be asked for where the mode has to be known. */
    private void denormals(Attribute attribute, List<Attribute> kept) {
        if (attribute instanceof Attribute.Text text && text.value().contains("dynamic")) {
            dialect.require(17, "the attribute " + text.name() + "=" + text.value(), -1);
        }
        kept.add(attribute);
    }

    private void required(int since, Attribute attribute, List<Attribute> kept) {
        dialect.require(since, "the attribute " + attribute.name(), -1);
        kept.add(attribute);
    }

    private void memory(Attribute attribute, List<Attribute> kept) {
        if (!(attribute instanceof Attribute.WithArguments with)) {
            kept.add(attribute);
            return;
        }
        MemoryEffects effects = MemoryEffects.parse(with.arguments());
        if (effects == null) {
            if (!drops(PrintOptions.NEWEST, attribute)) {
                kept.add(attribute);
            }
        } else if (dialect.lacks(MEMORY)) {
            List<String> words = effects.legacyWords();
            words.forEach(word -> kept.add(new Attribute.Word(word)));
            if (words.isEmpty()) {
                dialect.dropped(MEMORY, "memory(" + with.arguments() + ")");
            } else {
                dialect.rewritten("memory(" + with.arguments() + ")", String.join(" ", words));
            }
        } else if (dialect.lacks(MemoryEffects.NEW_LOCATIONS) && effects.hasNewLocations()) {
            String weaker = effects.withoutNewLocations();
            kept.add(new Attribute.WithArguments("memory", weaker));
            dialect.rewritten("memory(" + with.arguments() + ")", "memory(" + weaker + ")");
        } else {
            kept.add(attribute);
        }
    }

    /** {@code captures(none)} was {@code nocapture}; the finer promises have no older word. */
    private void captures(Attribute attribute, List<Attribute> kept) {
        if (!dialect.lacks(CAPTURES)) {
            kept.add(attribute);
        } else if (attribute instanceof Attribute.WithArguments with
                && with.arguments().equals("none")) {
            kept.add(new Attribute.Word("nocapture"));
            dialect.rewritten("captures(none)", "nocapture");
        } else {
            dialect.dropped(CAPTURES, "the attribute captures");
        }
    }

    /** The first LLVM that has the attribute, 0 when all have it. */
    static int since(String name) {
        return switch (name) {
            case "allocptr", "allocalign", "allockind", "nosanitize_bounds" -> 15;
            case "skipprofile" -> 16;
            case "nofpclass" -> 17;
            case "coro_only_destroy_when_complete", "dead_on_unwind", "optdebug", "writable" -> 18;
            case "initializes", "range", "sanitize_numerical_stability" -> 19;
            case "nodivergencesource",
                    "noext",
                    "sanitize_realtime",
                    "sanitize_realtime_blocking",
                    "sanitize_type",
                    "coro_elide_safe" -> 20;
            case "sanitize_alloc_token", "nocreateundeforpoison", "dead_on_return" -> 22;
            default -> 0;
        };
    }
}
