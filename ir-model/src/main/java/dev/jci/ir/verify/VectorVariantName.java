package dev.jci.ir.verify;

/**
 * The names of vector variants of a function, as the Vector Function ABI writes them: {@code _ZGV}, the instruction set, {@code M} or
 * {@code N} for masked or not, the number of lanes, a letter for each parameter, and the names of the scalar function and, in
 * parentheses, of the variant (LangRef, on {@code "vector-function-abi-variant"}).
 */
final class VectorVariantName {
    private final String text;
    private int at;

    private VectorVariantName(String text) {
        this.text = text;
    }

    /**
     * Whether it is the name of a variant of a function with that many parameters.
     *
     * @param name the value of the attribute
     * @param parameters how many parameters the function has
     */
    static boolean isValid(String name, int parameters) {
        return new VectorVariantName(name).isValid(parameters);
    }

    private boolean isValid(int parameters) {
        if (!skip("_ZGV")) {
            return false;
        }
        boolean internal = skip("_LLVM_");
        if (!internal && !skipOneOf("nsrbcde")) {
            return false;
        }
        if (!skipOneOf("MN") || !(skip("x") || skipNumber())) {
            return false;
        }
        int found = 0;
        while (skipParameter()) {
            found++;
        }
        return found != 0 && found == parameters && skip("_") && skipNames(internal);
    }

    private boolean skip(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    private boolean skipOneOf(String letters) {
        if (at >= text.length() || letters.indexOf(text.charAt(at)) < 0) {
            return false;
        }
        at++;
        return true;
    }

    private boolean skipNumber() {
        int from = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at > from;
    }

    /** A letter that says how the parameter varies from lane to lane, its step, and its alignment. */
    private boolean skipParameter() {
        if (skipOneOf("vu")) {
            return skipAlignment();
        }
        if (!skipOneOf("lRLU")) {
            return false;
        }
        if (!skip("s")) {
            skip("n");
        }
        skipNumber();
        return skipAlignment();
    }

    private boolean skipAlignment() {
        return !skip("a") || skipNumber();
    }

    private boolean skipNames(boolean internal) {
        int open = text.indexOf('(', at);
        if (open < 0) {
            return at < text.length() && !internal;
        }
        return open > at && text.endsWith(")");
    }
}
