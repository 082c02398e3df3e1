package dev.jci.ci.generated;

import java.util.List;
import java.util.Random;

/**
 * A random module. Its function {@code f0} takes and gives a number; it ends after at most as much as the fuel allows, which is in
 * {@code @fuel}. It calls {@code lib}, {@code apply}, which calls its first argument with its second one, {@code throw}, which throws its
 * argument, {@code risky}, which does so now and then, {@code _setjmp}, and {@code jump}, which may go back to it.
 *
 * @param seed what it was made of
 * @param features what it may have
 * @param text the module
 */
public record GeneratedProgram(long seed, Features features, String text) {
    /** The program of that seed. */
    public static GeneratedProgram of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        Features features = new Features(
                1 + random.nextInt(4),
                random.nextInt(3) == 0,
                random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                random.nextInt(6) == 0,
                random.nextInt(6) == 0,
                random.nextInt(4) == 0);
        return of(seed, features);
    }

    /** The program of that seed with those features. */
    public static GeneratedProgram of(long seed, Features features) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        StringBuilder text = new StringBuilder("""
                target triple = "x86_64-unknown-linux-gnu"
                @fuel = global i64 0
                @cells = global [16 x i64] zeroinitializer
                @pointer = global ptr @f0
                @buffer = global [32 x i64] zeroinitializer
                declare i64 @lib(i64)
                declare i64 @apply(ptr, i64)
                declare void @throw(i64)
                declare i64 @risky(i64)
                declare i32 @_setjmp(ptr) returns_twice
                declare i64 @jump(i64)
                declare i32 @__gxx_personality_v0(...)
                """);
        for (int i = 0; i < features.functions(); i++) {
            Code code = new Code(random, features, i);
            String linkage = i == 0 ? "" : code.any(List.of("", "internal ", "internal ", "linkonce_odr ", "weak "));
            code.add("define " + linkage + "i64 @" + code.function()
                    + "(i64 %x) personality ptr @__gxx_personality_v0 {\n");
            if (code.oneIn(2)) {
                RandomGraph.write(code);
            } else {
                RandomStatements.write(code);
            }
            code.add("}\n");
            text.append(code.take());
        }
        return new GeneratedProgram(seed, features, text.toString());
    }
}
