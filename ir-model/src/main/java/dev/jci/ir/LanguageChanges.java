package dev.jci.ir;

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

    private LanguageChanges() {}

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
