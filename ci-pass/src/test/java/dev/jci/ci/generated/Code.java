package dev.jci.ci.generated;

import java.util.List;
import java.util.Random;

/** The text of one function under construction, and the chance that decides about it. */
final class Code {
    private final StringBuilder text = new StringBuilder();
    private final Random random;
    private final Features features;
    private final int number;
    private int names;

    Code(Random random, Features features, int number) {
        this.random = random;
        this.features = features;
        this.number = number;
    }

    /** The name of the function. */
    String function() {
        return "f" + number;
    }

    /** Adds an instruction. */
    void line(String instruction) {
        text.append("  ").append(instruction).append('\n');
    }

    /** Begins a block. */
    void label(String name) {
        text.append(name).append(":\n");
    }

    /** A name that is not used yet. */
    String fresh(String prefix) {
        return prefix + names++;
    }

    /** Adds an instruction with a result, which is given back. */
    String value(String instruction) {
        String name = "%" + fresh("v");
        line(name + " = " + instruction);
        return name;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chance) {
        return random.nextInt(chance) == 0;
    }

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Features features() {
        return features;
    }

    /** What was written since the last time; it is taken out. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    /** Adds text as it is. */
    void add(String lines) {
        text.append(lines);
    }

    /** Stirs the state of the function; a number of a few bits that comes of it. */
    String stir(int bits) {
        String old = value("load i64, ptr %s");
        String product = value("mul i64 " + old + ", 6364136223846793005");
        String sum = value("add i64 " + product + ", " + (1442695040888963407L + below(1000)));
        line("store i64 " + sum + ", ptr %s");
        return value("lshr i64 " + sum + ", " + (64 - bits));
    }

    /** Mixes a number into the state of the function. */
    void mix(String number) {
        String old = value("load i64, ptr %s");
        line("store i64 " + value("xor i64 " + old + ", " + number) + ", ptr %s");
    }

    /** A condition that holds with a chance of one in two to the power of the bits. */
    String condition(int bits) {
        return value("icmp eq i64 " + stir(bits) + ", 0");
    }

    /** Takes one unit of fuel; whether none is left. */
    String burn() {
        String left = value("load i64, ptr @fuel");
        String less = value("sub i64 " + left + ", 1");
        line("store i64 " + less + ", ptr @fuel");
        return value("icmp slt i64 " + less + ", 0");
    }

    /** A few instructions without branches. */
    void straight() {
        for (int i = below(4); i > 0; i--) {
            if (oneIn(4)) {
                call();
            } else {
                quiet();
            }
        }
    }

    /** A few instructions without branches and calls. */
    void quiet() {
        switch (below(3)) {
            case 0 -> stir(3);
            case 1 -> {
                for (int j = below(features.longBlocks() ? 80 : 10); j > 0; j--) {
                    mix(String.valueOf(below(100)));
                }
            }
            default -> {
                String cell = value("getelementptr i64, ptr @cells, i64 " + stir(4));
                String number = value("load i64, ptr " + cell);
                line("store i64 " + value("add i64 " + number + ", 1") + ", ptr " + cell);
                mix(number);
            }
        }
    }

    /** One call. */
    void call() {
        if (features.jumps() && oneIn(3)) {
            mix(value("zext i32 " + value("call i32 @_setjmp(ptr @buffer)") + " to i64"));
            return;
        }
        String argument = stir(5);
        mix(value("call " + callee(argument)));
    }

    /** What is called with an argument, without the word that calls. */
    String callee(String argument) {
        if (features.indirect() && oneIn(4)) {
            String pointer = value("load ptr, ptr @pointer");
            return oneIn(2)
                    ? "i64 @apply(ptr " + pointer + ", i64 " + argument + ")"
                    : "i64 " + pointer + "(i64 " + argument + ")";
        }
        int first = features.recursive() ? 0 : number + 1;
        if (features.exceptions() && oneIn(4)) {
            return "i64 @risky(i64 " + argument + ")";
        }
        if (features.jumps() && oneIn(3)) {
            return "i64 @jump(i64 " + argument + ")";
        }
        if (first >= features.functions() || oneIn(3)) {
            return "i64 @lib(i64 " + argument + ")";
        }
        return "i64 @f" + (first + below(features.functions() - first)) + "(i64 " + argument + ")";
    }

    /** Begins a function: its state, and the way out when the fuel is used up. */
    void prologue(String first) {
        label("entry");
        line("%s = alloca i64");
        line("store i64 %x, ptr %s");
        if (oneIn(4)) {
            // Code for the entry must not come before it.
            mix("9");
            line("store i64 7, ptr " + value("alloca i64"));
        }
        line("br i1 " + burn() + ", label %exit, label %" + first);
    }

    /** Gives the state of the function back. */
    void giveBack() {
        if (number + 1 < features.functions() && oneIn(5)) {
            String last = value("load i64, ptr %s");
            line("ret i64 " + value("musttail call i64 @f" + (number + 1) + "(i64 " + last + ")"));
            return;
        }
        line("ret i64 " + value("load i64, ptr %s"));
    }

    /** Throws the state. */
    void throwState() {
        line("call void @throw(i64 " + value("load i64, ptr %s") + ")");
        line("unreachable");
    }
}
