package dev.jci.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When the parts of the language came and went (the release notes of LLVM 15 to 22, and what the parsers of these take). */
public final class LanguageChanges {
    private static final Map<String, Integer> EXPRESSIONS_GONE = Map.ofEntries(
            Map.entry("extractvalue", 15),
            Map.entry("insertvalue", 15),
            Map.entry("udiv", 15),
            Map.entry("sdiv", 15),
            Map.entry("urem", 15),
            Map.entry("srem", 15),
            Map.entry("fadd", 15),
            Map.entry("fsub", 15),
            Map.entry("fmul", 15),
            Map.entry("fdiv", 15),
            Map.entry("frem", 15),
            Map.entry("fneg", 16),
            Map.entry("select", 17),
            Map.entry("and", 18),
            Map.entry("or", 18),
            Map.entry("lshr", 18),
            Map.entry("ashr", 18),
            Map.entry("zext", 18),
            Map.entry("sext", 18),
            Map.entry("fptrunc", 18),
            Map.entry("fpext", 18),
            Map.entry("fptoui", 18),
            Map.entry("fptosi", 18),
            Map.entry("uitofp", 18),
            Map.entry("sitofp", 18),
            Map.entry("icmp", 19),
            Map.entry("fcmp", 19),
            Map.entry("shl", 19),
            Map.entry("mul", 21));

    private static final Map<String, Integer> ATTRIBUTES_SINCE = since(
            "15: allocptr allocalign allockind fn_ret_thunk_extern nosanitize_bounds presplitcoroutine",
            "16: memory skipprofile",
            "17: nofpclass",
            "18: coro_only_destroy_when_complete dead_on_unwind optdebug writable",
            "19: hybrid_patchable initializes range sanitize_numerical_stability",
            "20: captures coro_elide_safe nodivergencesource noext sanitize_realtime sanitize_realtime_blocking sanitize_type",
            "22: dead_on_return nocreateundeforpoison sanitize_alloc_token");

    private static final Map<String, Integer> CONVENTIONS_SINCE = since(
            "16: aarch64_sme_preservemost_from_x0 aarch64_sme_preservemost_from_x2",
            "18: amdgpu_cs_chain amdgpu_cs_chain_preserve graalcc m68k_rtdcc",
            "19: aarch64_sme_preservemost_from_x1 preserve_nonecc riscv_vector_cc",
            "21: riscv_vls_cc",
            "22: amdgpu_gfx_whole_wave cheriot_compartmentcallcc cheriot_compartmentcalleecc cheriot_librarycallcc");

    private LanguageChanges() {}

    private static Map<String, Integer> since(String... lines) {
        Map<String, Integer> since = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(":? ", -1);
            for (String word : List.of(words).subList(1, words.length)) {
                since.put(word, Integer.parseInt(words[0]));
            }
        }
        return Map.copyOf(since);
    }

    /**
     * The first LLVM that has a word for a calling convention.
     *
     * @param keyword the word
     * @return its version, or 0 where LLVM {@value LanguageVersion#FIRST} has it already
     */
    public static int conventionSince(String keyword) {
        return CONVENTIONS_SINCE.getOrDefault(keyword, 0);
    }

    /**
     * The first LLVM that takes a flag behind an opcode.
     *
     * @param opcode the keyword of the opcode
     * @param word the flag
     * @return its version, or 0 where LLVM {@value LanguageVersion#FIRST} takes it already
     */
    public static int flagSince(String opcode, String word) {
        return switch (opcode) {
            case "zext", "or" -> 18;
            case "trunc", "uitofp" -> 19;
            case "icmp", "fptrunc", "fpext" -> 20;
            case "getelementptr" -> word.equals("inbounds") ? 0 : 19;
            default -> 0;
        };
    }

    /**
     * The first LLVM that has an attribute.
     *
     * @param name the word of an attribute of functions, parameters or results
     * @return its version, or 0 where LLVM {@value LanguageVersion#FIRST} has it already
     */
    public static int attributeSince(String name) {
        return ATTRIBUTES_SINCE.getOrDefault(name, 0);
    }

    /**
     * The first LLVM that has no constant expression of an opcode any more.
     *
     * @param opcode the keyword of the opcode
     * @return its version, or {@link Integer#MAX_VALUE} where LLVM {@value LanguageVersion#LAST} still has it
     */
    public static int constantExpressionGone(String opcode) {
        return EXPRESSIONS_GONE.getOrDefault(opcode, Integer.MAX_VALUE);
    }
}
