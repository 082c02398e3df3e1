package dev.jci.ir.verify;

import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDSymbol;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which sequences of operations a {@code DIExpression} may hold (LangRef, "DIExpression"). */
final class ExpressionRules {
    private static final Map<String, Integer> CODES = new HashMap<>();

    private static final int LITERAL_0 = 0x30;
    private static final int REGISTER_0 = 0x50;
    private static final int BASE_REGISTER_0 = 0x70;
    private static final int LAST_BASE_REGISTER = 0x8f;

    static {
        String[] standard =
                ("06 deref,10 constu,11 consts,12 dup,14 over,16 swap,18 xderef,19 abs,1a and,1b div,1c minus,1d mod,"
                                + "1e mul,1f neg,20 not,21 or,22 plus,23 plus_uconst,24 shl,25 shr,26 shra,27 xor,29 eq,2a ge,2b gt,"
                                + "2c le,2d lt,2e ne,90 regx,92 bregx,94 deref_size,97 push_object_address,9f stack_value,"
                                + "1000 LLVM_fragment,1001 LLVM_convert,1002 LLVM_tag_offset,1003 LLVM_entry_value,"
                                + "1004 LLVM_implicit_pointer,1005 LLVM_arg,1006 LLVM_extract_bits_sext,"
                                + "1007 LLVM_extract_bits_zext")
                        .split(",", -1);
        for (String entry : standard) {
            int space = entry.indexOf(' ');
            CODES.put("DW_OP_" + entry.substring(space + 1), Integer.parseInt(entry.substring(0, space), 16));
        }
        for (int i = 0; i < 32; i++) {
            CODES.put("DW_OP_lit" + i, LITERAL_0 + i);
            CODES.put("DW_OP_reg" + i, REGISTER_0 + i);
            CODES.put("DW_OP_breg" + i, BASE_REGISTER_0 + i);
        }
    }

    private static final Map<Integer, String> NAMES = new HashMap<>();

    static {
        CODES.forEach((name, code) -> NAMES.put(code, name));
    }

    private static final Set<String> ONE_ARGUMENT = Set.of(
            "DW_OP_constu",
            "DW_OP_consts",
            "DW_OP_deref_size",
            "DW_OP_plus_uconst",
            "DW_OP_LLVM_tag_offset",
            "DW_OP_LLVM_entry_value",
            "DW_OP_LLVM_arg",
            "DW_OP_regx");

    private static final Set<String> TWO_ARGUMENTS = Set.of(
            "DW_OP_LLVM_convert",
            "DW_OP_LLVM_fragment",
            "DW_OP_LLVM_extract_bits_sext",
            "DW_OP_LLVM_extract_bits_zext",
            "DW_OP_bregx");

    private ExpressionRules() {}

    static boolean isValid(MDNode expression) {
        int count = expression.operandCount();
        int at = 0;
        while (at < count) {
            String operation = operation(expression.operand(at));
            int end = at + 1 + arguments(operation);
            if (operation.isEmpty() || end > count) {
                return false;
            }
            int code = CODES.get(operation);
            if (code >= REGISTER_0 && code <= LAST_BASE_REGISTER) {
                // What follows a register is not looked at.
                return true;
            }
            switch (operation) {
                case "DW_OP_LLVM_fragment" -> {
                    return end == count;
                }
                case "DW_OP_stack_value" -> {
                    if (end < count && !operation(expression.operand(end)).equals("DW_OP_LLVM_fragment")) {
                        return false;
                    }
                }
                case "DW_OP_swap" -> {
                    if (count == 1) {
                        return false;
                    }
                }
                case "DW_OP_LLVM_entry_value" -> {
                    return (at == 0 || (at == 2 && isFirstArgument(expression))) && isNumber(expression, at + 1, 1);
                }
                default -> {}
            }
            at = end;
        }
        return true;
    }

    private static boolean isFirstArgument(MDNode expression) {
        return operation(expression.operand(0)).equals("DW_OP_LLVM_arg") && isNumber(expression, 1, 0);
    }

    private static boolean isNumber(MDNode expression, int index, long value) {
        return expression.operand(index) instanceof MDInteger number && number.value() == value;
    }

    /** The name of an operation that may stand in an expression; empty for all others. */
    private static String operation(MDOperand operand) {
        return switch (operand) {
            case MDSymbol word -> CODES.containsKey(word.text()) ? word.text() : "";
            case MDInteger number ->
                number.value() >= 0 && number.value() <= Integer.MAX_VALUE
                        ? NAMES.getOrDefault((int) number.value(), "")
                        : "";
            default -> "";
        };
    }

    private static int arguments(String operation) {
        if (operation.startsWith("DW_OP_breg") && !operation.equals("DW_OP_bregx")) {
            return 1;
        }
        return TWO_ARGUMENTS.contains(operation) ? 2 : ONE_ARGUMENT.contains(operation) ? 1 : 0;
    }
}
