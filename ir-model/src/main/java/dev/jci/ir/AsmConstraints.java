package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the constraint string of inline assembly against the type of the call (LangRef, "Inline Asm Constraint String"). */
public final class AsmConstraints {
    private enum Kind {
        INPUT,
        OUTPUT,
        CLOBBER,
        LABEL
    }

    private record Constraint(Kind kind, boolean indirect) {}

    private final List<Constraint> constraints = new ArrayList<>();

    private AsmConstraints() {}

    /**
     * Says what is wrong.
     *
     * @param text the constraint string
     * @param type the type of the function called
     * @return null when nothing is
     */
    public static @Nullable String complaint(String text, FunctionType type) {
        if (type.varArg()) {
            return "inline asm cannot be variadic";
        }
        AsmConstraints parsed = new AsmConstraints();
        if (!text.isEmpty()) {
            for (String part : text.split(",", -1)) {
                if (!parsed.add(part)) {
                    return "failed to parse constraints";
                }
            }
        }
        return parsed.complaint(type);
    }

    private boolean add(String part) {
        if (part.isEmpty()) {
            return false;
        }
        Kind kind = switch (part.charAt(0)) {
            case '~' -> Kind.CLOBBER;
            case '=' -> Kind.OUTPUT;
            case '!' -> Kind.LABEL;
            default -> Kind.INPUT;
        };
        int at = kind == Kind.INPUT ? 0 : 1;
        if (kind == Kind.CLOBBER && part.length() > 1 && part.charAt(1) != '{') {
            return false;
        }
        boolean indirect = at < part.length() && part.charAt(at) == '*';
        if (indirect) {
            at++;
        }
        if (at == part.length() || !codes(kind, part, modifiers(kind, part, at))) {
            return false;
        }
        constraints.add(new Constraint(kind, indirect));
        return true;
    }

    /** Passes over the modifiers; -1 when one does not belong there. */
    private static int modifiers(Kind kind, String part, int from) {
        boolean early = false;
        boolean commutative = false;
        int at = from;
        for (; at < part.length(); at++) {
            switch (part.charAt(at)) {
                case '&' -> {
                    if (kind != Kind.OUTPUT || early) {
                        return -1;
                    }
                    early = true;
                }
                case '%' -> {
                    if (kind == Kind.CLOBBER || commutative) {
                        return -1;
                    }
                    commutative = true;
                }
                case '#', '*' -> {
                    return -1;
                }
                default -> {
                    return at;
                }
            }
        }
        return -1;
    }

    private boolean codes(Kind kind, String part, int from) {
        int at = from;
        while (at >= 0 && at < part.length()) {
            char c = part.charAt(at);
            if (c == '{') {
                int close = part.indexOf('}', at);
                at = close < 0 ? -1 : close + 1;
            } else if (c >= '0' && c <= '9') {
                int end = at;
                while (end < part.length() && Character.isDigit(part.charAt(end))) {
                    end++;
                }
                at = kind == Kind.INPUT && isOutput(part.substring(at, end)) ? end : -1;
            } else if (c == '^') {
                at += 3;
            } else if (c == '@') {
                int length = at + 1 < part.length() ? Character.digit(part.charAt(at + 1), 10) : -1;
                at = length <= 0 ? -1 : at + 2 + length;
            } else {
                at++;
            }
        }
        return at == part.length();
    }

    private boolean isOutput(String number) {
        if (number.length() > 6) {
            return false;
        }
        int index = Integer.parseInt(number);
        return index < constraints.size() && constraints.get(index).kind == Kind.OUTPUT;
    }

    private @Nullable String complaint(FunctionType type) {
        int outputs = 0;
        int inputs = 0;
        int indirect = 0;
        int clobbers = 0;
        int labels = 0;
        for (Constraint constraint : constraints) {
            switch (constraint.kind) {
                case OUTPUT -> {
                    if (inputs != indirect || clobbers != 0 || labels != 0) {
                        return "output constraint occurs after input, clobber or label constraint";
                    }
                    if (constraint.indirect) {
                        indirect++;
                        inputs++;
                    } else {
                        outputs++;
                    }
                }
                case INPUT -> {
                    if (clobbers != 0) {
                        return "input constraint occurs after clobber constraint";
                    }
                    inputs++;
                }
                case CLOBBER -> clobbers++;
                case LABEL -> {
                    if (clobbers != 0) {
                        return "label constraint occurs after clobber constraint";
                    }
                    labels++;
                }
            }
        }
        return complaint(type, outputs, inputs);
    }

    private static @Nullable String complaint(FunctionType type, int outputs, int inputs) {
        Type result = type.result();
        StructType struct = result instanceof StructType literal
                ? literal
                : result instanceof NamedStruct named ? named.body() : null;
        if (outputs == 0 && result != SpecialType.VOID) {
            return "inline asm without outputs must return void";
        }
        if (outputs == 1 && struct != null) {
            return "inline asm with one output cannot return struct";
        }
        if (outputs > 1 && (struct == null || struct.elements().size() != outputs)) {
            return "number of output constraints does not match number of return struct elements";
        }
        return inputs == type.parameters().size()
                ? null
                : "number of input constraints does not match number of parameters";
    }
}
