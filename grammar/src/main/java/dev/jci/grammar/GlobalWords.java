package dev.jci.grammar;

import dev.jci.ir.Attribute;
import dev.jci.ir.CallingConvention;
import dev.jci.ir.DllStorageClass;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Linkage;
import dev.jci.ir.RuntimePreemption;
import dev.jci.ir.UnnamedAddr;
import dev.jci.ir.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/** The words before a global or function: linkage, preemption, visibility and the like; what is none of them is an attribute. */
final class GlobalWords {
    private final Map<String, BiConsumer<GlobalValue, String>> setters = Map.ofEntries(
            entry(
                    "private internal available_externally linkonce linkonce_odr weak weak_odr common appending external extern_weak",
                    (global, word) -> global.setLinkage(Linkage.valueOf(upper(word)))),
            entry(
                    "dso_local dso_preemptable",
                    (global, word) -> global.setPreemption(RuntimePreemption.valueOf(upper(word)))),
            entry("default hidden protected", (global, word) -> global.setVisibility(Visibility.valueOf(upper(word)))),
            entry(
                    "dllimport dllexport",
                    (global, word) -> global.setDllStorageClass(DllStorageClass.valueOf(upper(word)))),
            entry(
                    "unnamed_addr local_unnamed_addr",
                    (global, word) -> global.setUnnamedAddr(UnnamedAddr.valueOf(upper(word)))));
    private final Map<String, BiConsumer<GlobalValue, String>> byWord = byWord(setters);

    private static Map.Entry<String, BiConsumer<GlobalValue, String>> entry(
            String words, BiConsumer<GlobalValue, String> setter) {
        return Map.entry(words, setter);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static Map<String, BiConsumer<GlobalValue, String>> byWord(
            Map<String, BiConsumer<GlobalValue, String>> setters) {
        Map<String, BiConsumer<GlobalValue, String>> byWord = new java.util.HashMap<>();
        setters.forEach((words, setter) -> {
            for (String word : words.split(" ", -1)) {
                byWord.put(word, setter);
            }
        });
        return byWord;
    }

    /** In which order the words of a kind come; two words of one kind do not stand together. */
    private static int rank(String word) {
        return switch (word) {
            case "dso_local", "dso_preemptable" -> 1;
            case "default", "hidden", "protected" -> 2;
            case "dllimport", "dllexport" -> 3;
            case "unnamed_addr", "local_unnamed_addr" -> 4;
            default -> 0;
        };
    }

    /**
     * Applies the words that it knows and gives back the others, which are attributes of the return value.
     *
     * @param positions where each of the words stands
     */
    List<Attribute> apply(List<Attribute> words, GlobalValue global, ToIntFunction<Attribute> positions) {
        List<Attribute> rest = new ArrayList<>();
        int last = -1;
        for (Attribute word : words) {
            BiConsumer<GlobalValue, String> setter = byWord.get(word.name());
            if (setter != null && word instanceof Attribute.Word) {
                int rank = rank(word.name());
                if (rank <= last || !rest.isEmpty()) {
                    throw new IrSyntaxError(
                            global instanceof Function ? "expected type" : "expected 'global' or 'constant'",
                            positions.applyAsInt(word));
                }
                last = rank;
                setter.accept(global, word.name());
            } else if (global instanceof GlobalVariable variable && word.name().equals("externally_initialized")) {
                variable.setExternallyInitialized(true);
            } else if (global instanceof Function function && isConvention(word)) {
                function.setCallingConvention(convention(word));
            } else if (global instanceof Function) {
                rest.add(word);
            } else {
                throw new IrSyntaxError("expected 'global' or 'constant'", positions.applyAsInt(word));
            }
        }
        if (global.hasLocalLinkage() && global.visibility() != Visibility.DEFAULT) {
            throw new IrSyntaxError("symbol with local linkage must have default visibility", global.position());
        }
        return rest;
    }

    /** Applies the words behind the parameters that are not attributes, and gives back the others. */
    List<Attribute> applyClauses(List<Attribute> words, Function function) {
        List<Attribute> rest = new ArrayList<>();
        for (Attribute word : words) {
            if (word.name().equals("unnamed_addr") || word.name().equals("local_unnamed_addr")) {
                function.setUnnamedAddr(UnnamedAddr.valueOf(upper(word.name())));
            } else if (word instanceof Attribute.Numbered numbered
                    && word.name().equals("prefalign")) {
                function.setPreferredAlignment(numbered.value());
            } else {
                rest.add(word);
            }
        }
        return rest;
    }

    /** Whether a word is a calling convention: one of the language's, or {@code cc} with a number at it. */
    static boolean isConvention(Attribute word) {
        return CallingConvention.isWord(word.name()) || isNumberedConvention(word.name());
    }

    private static boolean isNumberedConvention(String word) {
        return word.length() > 2
                && word.startsWith("cc")
                && word.chars().skip(2).allMatch(c -> c >= '0' && c <= '9');
    }

    static CallingConvention convention(Attribute word) {
        String name = word.name();
        if (isNumberedConvention(name)) {
            return new CallingConvention("cc " + name.substring(2));
        }
        return switch (word) {
            case Attribute.Numbered numbered -> new CallingConvention(name + "(" + numbered.value() + ")");
            default -> name.equals("ccc") ? CallingConvention.C : new CallingConvention(name);
        };
    }
}
