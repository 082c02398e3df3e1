package dev.jci.emit;

import dev.jci.ir.FloatingPointType;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parameters an intrinsic has in which LLVM, for those that changed after LLVM 14. The table is the resource {@code signatures.txt},
 * which explains itself.
 */
final class IntrinsicSignatures {
    private static final Map<String, List<Signature>> HISTORIES = parse(Tables.lines("signatures.txt"));

    private IntrinsicSignatures() {}

    /** What an intrinsic gives and takes from an LLVM on. */
    record Signature(int since, String result, List<String> parameters) {
        static Signature of(int since, String text) {
            int open = text.indexOf('(');
            String inside = text.substring(open + 1, text.length() - 1);
            return new Signature(
                    since, text.substring(0, open), inside.isEmpty() ? List.of() : List.of(inside.split(",", -1)));
        }

        boolean allows(FunctionType type) {
            boolean open = !parameters.isEmpty()
                    && parameters.get(parameters.size() - 1).equals("...");
            int fixed = open ? parameters.size() - 1 : parameters.size();
            if (type.parameters().size() != fixed || type.varArg() != open || !isResult(type.result())) {
                return false;
            }
            for (int i = 0; i < fixed; i++) {
                if (!is(type.parameters().get(i), parameters.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private boolean isResult(Type type) {
            if (!result.startsWith("{")) {
                return is(type, result);
            }
            String[] elements = result.substring(1, result.length() - 1).split(",", -1);
            if (!(type instanceof StructType struct) || struct.elements().size() != elements.length) {
                return false;
            }
            for (int i = 0; i < elements.length; i++) {
                if (!is(struct.elements().get(i), elements[i])) {
                    return false;
                }
            }
            return true;
        }

        private static boolean is(Type type, String pattern) {
            return switch (pattern) {
                case "*" -> true;
                case "i" -> type.scalar() instanceof IntegerType;
                case "f" -> type.scalar() instanceof FloatingPointType;
                case "v" -> type instanceof VectorType;
                case "ptr" -> type instanceof PointerType;
                case "p0" -> type instanceof PointerType pointer && pointer.addressSpace() == 0;
                default -> pattern.equals(name(type));
            };
        }

        private static String name(Type type) {
            return switch (type) {
                case IntegerType integer -> "i" + integer.bits();
                case FloatingPointType floating ->
                    switch (floating.toString()) {
                        case "half" -> "f16";
                        case "float" -> "f32";
                        case "double" -> "f64";
                        case "bfloat" -> "bf16";
                        default -> floating.toString();
                    };
                case VectorType vector -> (vector.scalable() ? "nxv" : "v") + vector.length() + name(vector.element());
                case SpecialType special -> special.toString();
                default -> "";
            };
        }
    }

    private static Map<String, List<Signature>> parse(List<String> table) {
        Map<String, List<Signature>> histories = new HashMap<>();
        List<Signature> history = List.of();
        for (String line : table) {
            String[] words = line.strip().split(" ", -1);
            if (line.startsWith("  ")) {
                for (int i = 1; i < words.length; i++) {
                    histories.put(words[0].equals("-") ? words[i] : words[0] + "." + words[i], history);
                }
            } else {
                history = new ArrayList<>();
                for (int i = 0; i + 1 < words.length; i += 2) {
                    history.add(Signature.of(Integer.parseInt(words[i]), words[i + 1]));
                }
            }
        }
        return histories;
    }

    /** The signatures of the intrinsic, or of the one that it is an overload of, in the order of versions; empty when it has one only. */
    static List<Signature> of(String name) {
        String base = name.substring("llvm.".length());
        while (true) {
            List<Signature> history = HISTORIES.get(base);
            if (history != null) {
                return history;
            }
            int dot = base.lastIndexOf('.');
            if (dot < 0) {
                return List.of();
            }
            base = base.substring(0, dot);
        }
    }
}
