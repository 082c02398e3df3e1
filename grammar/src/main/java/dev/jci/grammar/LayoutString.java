package dev.jci.grammar;

import dev.jci.ir.LanguageVersion;

/**
 * Checks the string of {@code target datalayout} as LLVM does when it reads one (LangRef, "Data Layout"): what every LLVM from 14 to 22
 * refuses is refused.
 */
final class LayoutString {
    private static final int LARGEST_SPACE = (1 << 24) - 1;
    private static final int INDEX_IN_POINTER = 17;
    private static final int LARGEST_ALIGNMENT = (1 << 16) - 1;

    private final int position;
    private final LanguageVersion version;

    private LayoutString(int position, LanguageVersion version) {
        this.position = position;
        this.version = version;
    }

    /**
     * @param text the string
     * @param position where it stands
     * @param version the LLVM that reads it
     * @throws IrSyntaxError when it is none that LLVM accepts
     */
    static void check(String text, int position, LanguageVersion version) {
        LayoutString layout = new LayoutString(position, version);
        if (text.isEmpty()) {
            return;
        }
        for (String part : layout.split(text, "-")) {
            layout.check(part);
        }
    }

    private IrSyntaxError error(String message) {
        return new IrSyntaxError(message, position);
    }

    private String[] split(String text, String separator) {
        String[] parts = text.split(separator, -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() && parts.length > 1) {
                throw error(
                        i == parts.length - 1
                                ? "Trailing separator in datalayout string"
                                : "Expected token before separator in datalayout string");
            }
        }
        return parts;
    }

    private void check(String part) {
        String[] fields = split(part, ":");
        String head = fields[0];
        if (head.equals("ni")) {
            for (int i = 1; i < fields.length; i++) {
                if (addressSpace(fields[i]) == 0) {
                    throw error("Address space 0 can never be non-integral");
                }
            }
            return;
        }
        String rest = head.substring(1);
        switch (head.charAt(0)) {
            case 'e', 'E', 's' -> {}
            case 'p' -> pointer(rest, fields);
            case 'i', 'v', 'f', 'a' -> alignment(head.charAt(0), rest, fields);
            case 'n' -> nativeIntegers(rest, fields);
            case 'S' -> powerOfTwoOrZero(bytes(rest));
            case 'F' -> functionPointers(rest);
            case 'P', 'A', 'G' -> addressSpace(rest);
            case 'm' -> mangling(rest, fields);
            default -> throw error("Unknown specifier in datalayout string");
        }
    }

    private void pointer(String rest, String[] fields) {
        // Letters before the number are properties of the address space, a name in parentheses behind it its own (LLVM
        // 22).
        int at = 0;
        while (at < rest.length() && rest.charAt(at) >= 'a' && rest.charAt(at) <= 'z') {
            at++;
        }
        int name = rest.indexOf('(');
        String space = rest.substring(at, name < 0 ? rest.length() : name);
        if (!space.isEmpty()) {
            addressSpace(space);
        }
        if (fields.length < 2) {
            throw error("Missing size specification for pointer in datalayout string");
        }
        if (number(fields[1]) == 0) {
            throw error("Invalid pointer size of 0 bytes");
        }
        if (fields.length < 3) {
            throw error("Missing alignment specification for pointer in datalayout string");
        }
        long alignment = bytes(fields[2]);
        if (!isPowerOfTwo(alignment)) {
            throw error("Pointer ABI alignment must be a power of 2");
        }
        if (fields.length > 3) {
            long preferred = bytes(fields[3]);
            if (!isPowerOfTwo(preferred)) {
                throw error("Pointer preferred alignment must be a power of 2");
            }
            requirePreferred(alignment, preferred);
        }
        if (fields.length > 4 && number(fields[4]) == 0) {
            throw error("Invalid index size of 0 bytes");
        }
        if (fields.length > 4 && version.isAtLeast(INDEX_IN_POINTER) && number(fields[4]) > number(fields[1])) {
            throw error("Index width cannot be larger than pointer width");
        }
    }

    private void alignment(char specifier, String rest, String[] fields) {
        long size = rest.isEmpty() ? 0 : number(rest);
        if (specifier == 'a' && size != 0) {
            throw error("Sized aggregate specification in datalayout string");
        }
        if (size > LARGEST_SPACE) {
            throw error("Invalid bit width, must be a 24-bit integer");
        }
        if (fields.length < 2) {
            throw error("Missing alignment specification in datalayout string");
        }
        long alignment = bytes(fields[1]);
        if (specifier != 'a' && alignment == 0) {
            throw error("ABI alignment specification must be >0 for non-aggregate types");
        }
        requireAlignment("ABI", alignment);
        if (fields.length > 2) {
            long preferred = bytes(fields[2]);
            requireAlignment("preferred", preferred);
            requirePreferred(alignment, preferred);
        }
    }

    private void requireAlignment(String which, long bytes) {
        if (bytes > LARGEST_ALIGNMENT) {
            throw error("Invalid " + which + " alignment, must be a 16bit integer");
        }
        if (bytes != 0 && !isPowerOfTwo(bytes)) {
            throw error("Invalid " + which + " alignment, must be a power of 2");
        }
    }

    private void requirePreferred(long alignment, long preferred) {
        if (preferred < alignment) {
            throw error("Preferred alignment cannot be less than the ABI alignment");
        }
    }

    private void nativeIntegers(String rest, String[] fields) {
        fields[0] = rest;
        for (String width : fields) {
            if (number(width) == 0) {
                throw error("Zero width native integer type in datalayout string");
            }
        }
    }

    private void functionPointers(String rest) {
        if (!rest.startsWith("i") && !rest.startsWith("n")) {
            throw error("Unknown function pointer alignment type in datalayout string");
        }
        powerOfTwoOrZero(bytes(rest.substring(1)));
    }

    private void mangling(String rest, String[] fields) {
        if (!rest.isEmpty()) {
            throw error("Unexpected trailing characters after mangling specifier in datalayout string");
        }
        if (fields.length < 2) {
            throw error("Expected mangling specifier in datalayout string");
        }
        if (fields[1].length() > 1 || "elomxwa".indexOf(fields[1].charAt(0)) < 0) {
            throw error("Unknown mangling in datalayout string");
        }
    }

    private void powerOfTwoOrZero(long bytes) {
        if (bytes != 0 && !isPowerOfTwo(bytes)) {
            throw error("Alignment is neither 0 nor a power of 2");
        }
    }

    private static boolean isPowerOfTwo(long bytes) {
        return Long.bitCount(bytes) == 1;
    }

    private long addressSpace(String digits) {
        long space = number(digits);
        if (space > LARGEST_SPACE) {
            throw error("Invalid address space, must be a 24-bit integer");
        }
        return space;
    }

    private long bytes(String bits) {
        long number = number(bits);
        if (number % 8 != 0) {
            throw error("number of bits must be a byte width multiple");
        }
        return number / 8;
    }

    private long number(String digits) {
        boolean fits =
                !digits.isEmpty() && digits.length() <= 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long number = fits ? Long.parseLong(digits) : Long.MAX_VALUE;
        if (number > 0xffffffffL) {
            throw error("not a number, or does not fit in an unsigned int");
        }
        return number;
    }
}
