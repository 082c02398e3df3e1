package dev.jci.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A function with blocks that branch anywhere but to the entry. A block uses arguments, results of the entry and its own, so that
 * every use is dominated by its definition whatever the branches are.
 */
final class GeneratedBody {
    private static final String[] TYPES = {
        "i1",
        "i8",
        "i32",
        "i64",
        "i128",
        "half",
        "float",
        "double",
        "ptr",
        "<4 x i32>",
        "<2 x double>",
        "[3 x i8]",
        "%pair",
        "{ i32, ptr }"
    };
    private static final String[] INTEGERS = {"i1", "i8", "i32", "i64", "i128", "<4 x i32>"};
    private static final String[] REALS = {"half", "float", "double", "<2 x double>"};
    private static final String[] ORDERINGS = {"monotonic", "acquire", "release", "acq_rel", "seq_cst"};
    private static final int MOST_INSTRUCTIONS = 14;

    private record Typed(String type, String name) {}

    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private final List<Typed> values = new ArrayList<>();
    private int next;

    private GeneratedBody(SplittableRandom random) {
        this.random = random;
    }

    /** The text of a function of that name. */
    static String function(String name, SplittableRandom random) {
        GeneratedBody body = new GeneratedBody(random);
        body.header(name);
        return body.text.append("}\n").toString();
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private void line(String line) {
        text.append("  ").append(line).append('\n');
    }

    /** Writes an instruction with a result of that type. */
    private void result(String type, String instruction) {
        String name = "%v" + next++;
        line(name + " = " + instruction);
        values.add(new Typed(type, name));
    }

    private void header(String name) {
        List<String> parameters = new ArrayList<>();
        for (String type : TYPES) {
            if (random.nextInt(3) == 0) {
                String argument = "%a" + parameters.size();
                parameters.add(type + pick("", "", " noundef") + " " + argument);
                values.add(new Typed(type, argument));
            }
        }
        text.append("define ").append(pick("", "", "internal ", "weak_odr ", "dso_local ", "hidden "));
        text.append(pick("", "", "fastcc ", "coldcc ", "cc 10 "))
                .append("void @")
                .append(name)
                .append('(');
        text.append(String.join(", ", parameters)).append(')').append(pick("", " #0", " unnamed_addr"));
        text.append(pick("", " align 16", " section \"s\"")).append(pick("", " gc \"shadow-stack\"", " prefix i32 7"));
        text.append(" {\n");
        int blocks = random.nextInt(1, 7);
        List<List<Integer>> successors = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            List<Integer> targets = new ArrayList<>();
            for (int j = blocks == 1 ? 0 : random.nextInt(4); j > 0; j--) {
                targets.add(random.nextInt(1, blocks));
            }
            successors.add(targets);
        }
        int shared = 0;
        for (int i = 0; i < blocks; i++) {
            text.append("b").append(i).append(":\n");
            if (i > 0) {
                values.subList(shared, values.size()).clear();
                phis(i, successors);
            }
            for (int j = random.nextInt(MOST_INSTRUCTIONS); j > 0; j--) {
                instruction();
            }
            terminator(successors.get(i));
            shared = i == 0 ? values.size() : shared;
        }
    }

    private void phis(int block, List<List<Integer>> successors) {
        List<Integer> predecessors = new ArrayList<>();
        for (int i = 0; i < successors.size(); i++) {
            for (int target : successors.get(i)) {
                if (target == block) {
                    predecessors.add(i);
                }
            }
        }
        int count = predecessors.isEmpty() ? 0 : random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String type = pick(TYPES);
            String[] incoming = new String[successors.size()];
            List<String> pairs = new ArrayList<>();
            for (int predecessor : predecessors) {
                // An edge that is there twice has to bring the same value; what the entry defines reaches every block
                // that can be reached.
                if (incoming[predecessor] == null) {
                    incoming[predecessor] = constant(type);
                }
                pairs.add("[ " + incoming[predecessor] + ", %b" + predecessor + " ]");
            }
            result(
                    type,
                    "phi " + (type.contains("double") ? pick("", "fast ") : "") + type + " "
                            + String.join(", ", pairs));
        }
    }

    private void terminator(List<Integer> targets) {
        switch (targets.size()) {
            case 0 -> line(pick("ret void", "ret void", "unreachable"));
            case 1 -> line("br label %b" + targets.get(0));
            case 2 -> line("br i1 " + value("i1") + ", label %b" + targets.get(0) + ", label %b" + targets.get(1));
            default ->
                line("switch i32 " + value("i32") + ", label %b" + targets.get(0) + " [ i32 -5, label %b"
                        + targets.get(1) + " i32 2147483647, label %b" + targets.get(2) + " ]");
        }
    }

    private String constant(String type) {
        if (random.nextInt(5) == 0) {
            return pick("undef", "poison");
        }
        return switch (type) {
            case "i1" -> pick("true", "false");
            case "i8" -> String.valueOf(random.nextInt(-128, 128));
            case "i32" -> pick("0", "1", "-1", "2147483647", "ptrtoint (ptr @number to i32)");
            case "i64" -> pick("0", "-9223372036854775808", "ptrtoint (ptr @pair to i64)", "42");
            case "i128" -> pick("1", "-170141183460469231731687303715884105728");
            case "half" -> pick("0xH3C00", "0xH7E00", "0xH0000");
            case "float", "double" -> pick("0.0", "-0.0", "1.5", "0x7FF0000000000000", "0x7FF8000000000000");
            case "ptr" -> pick("null", "@number", "@callee", "@pointers", "getelementptr (i8, ptr @wide, i64 4)");
            case "<4 x i32>" -> pick("zeroinitializer", "<i32 1, i32 undef, i32 poison, i32 4>", "splat (i32 7)");
            case "<2 x double>" -> pick("zeroinitializer", "<double 1.0, double -2.0>");
            case "[3 x i8]" -> pick("zeroinitializer", "c\"abc\"", "[i8 1, i8 undef, i8 3]");
            default -> pick("zeroinitializer", "{ i32 1, ptr null }", "{ i32 undef, ptr @number }");
        };
    }

    /** A value of that type: one that can be used here, or a constant. */
    private String value(String type) {
        List<Typed> known =
                values.stream().filter(value -> value.type.equals(type)).toList();
        return known.isEmpty() || random.nextInt(4) == 0
                ? constant(type)
                : known.get(random.nextInt(known.size())).name;
    }

    private void instruction() {
        String type = pick(TYPES);
        String integer = pick(INTEGERS);
        String real = pick(REALS);
        switch (random.nextInt(26)) {
            case 0 ->
                result(integer, pick("add", "sub", "mul", "shl") + pick("", " nuw", " nsw", " nuw nsw") + two(integer));
            case 1 -> result(integer, pick("udiv", "sdiv", "lshr", "ashr") + pick("", " exact") + two(integer));
            case 2 -> result(integer, pick("urem", "srem", "and", "xor", "or", "or disjoint") + two(integer));
            case 3 ->
                result(real, pick("fadd", "fsub", "fmul", "fdiv", "frem") + pick("", " fast", " nnan nsz") + two(real));
            case 4 -> result(real, "fneg " + pick("", "ninf ") + real + " " + value(real));
            case 5 -> result(truth(integer), "icmp " + pick("eq", "ne", "ult", "sge") + two(integer));
            case 6 -> result(truth(real), "fcmp " + pick("", "fast ") + pick("oeq", "uno", "true", "ult") + two(real));
            case 7 ->
                result(
                        type,
                        "select i1 " + value("i1") + ", " + type + " " + value(type) + ", " + type + " " + value(type));
            case 8 -> result(type, "freeze " + type + " " + value(type));
            case 9 -> cast();
            case 10 -> result("ptr", "alloca " + type + pick("", ", i32 4", ", align 32"));
            case 11 ->
                result(type, "load " + pick("", "volatile ") + type + ", ptr " + value("ptr") + pick("", ", align 1"));
            case 12 -> line("store " + type + " " + value(type) + ", ptr " + value("ptr") + pick("", ", align 16"));
            case 13 ->
                result(
                        "ptr",
                        "getelementptr " + pick("", "inbounds ", "nuw ") + "%list, ptr " + value("ptr") + ", i64 "
                                + value("i64") + ", i32 1, i64 " + value("i64") + ", i32 1");
            case 14 ->
                result(
                        "i32",
                        "atomicrmw " + pick("", "volatile ") + pick("add", "xchg", "umin", "nand", "uinc_wrap")
                                + " ptr " + value("ptr") + ", i32 " + value("i32") + pick("", " syncscope(\"agent\")")
                                + " " + pick(ORDERINGS));
            case 15 ->
                result(
                        "{ i32, i1 }",
                        "cmpxchg " + pick("", "weak ") + "ptr " + value("ptr") + ", i32 " + value("i32") + ", i32 "
                                + value("i32") + " " + pick(ORDERINGS) + " " + pick("monotonic", "acquire", "seq_cst"));
            case 16 -> line("fence " + pick("acquire", "release", "acq_rel", "seq_cst"));
            case 17 -> result("i32", "extractelement <4 x i32> " + value("<4 x i32>") + ", i64 " + value("i64"));
            case 18 ->
                result(
                        "<4 x i32>",
                        "insertelement <4 x i32> " + value("<4 x i32>") + ", i32 " + value("i32") + ", i8 3");
            case 19 ->
                result(
                        "<4 x i32>",
                        "shufflevector <4 x i32> " + value("<4 x i32>") + ", <4 x i32> " + value("<4 x i32>")
                                + ", <4 x i32> "
                                + pick("zeroinitializer", "poison", "<i32 0, i32 7, i32 poison, i32 2>"));
            case 20 -> result("ptr", "extractvalue %pair " + value("%pair") + ", 1");
            case 21 -> result("%pair", "insertvalue %pair " + value("%pair") + ", i32 " + value("i32") + ", 0");
            case 22 ->
                line(pick("", "tail ", "notail ") + "call void @callee(i32 " + value("i32") + ")"
                        + pick("", " #0", " nounwind", " [ \"tag\"(i32 1, ptr null) ]"));
            case 23 ->
                result(
                        "i32",
                        "call i32 (ptr, ...) @variadic(ptr " + value("ptr") + ", " + type + " " + value(type) + ")");
            case 24 -> result("i32", "call i32 @llvm.smax.i32(i32 " + value("i32") + ", i32 " + value("i32") + ")");
            default ->
                result(
                        "{ i32, i1 }",
                        "call { i32, i1 } @llvm.sadd.with.overflow.i32(i32 " + value("i32") + ", i32 " + value("i32")
                                + ")");
        }
    }

    private String two(String type) {
        return " " + type + " " + value(type) + ", " + value(type);
    }

    /** The type that a comparison of values of that type has. */
    private static String truth(String type) {
        return type.startsWith("<") ? type.substring(0, 5) + "i1>" : "i1";
    }

    private void cast() {
        String[] casts = {
            "trunc i64 i8",
            "trunc i128 i32",
            "zext i8 i32",
            "zext i1 i64",
            "sext i32 i128",
            "fptrunc double float",
            "fpext half double",
            "fptoui double i32",
            "fptosi float i8",
            "uitofp i64 half",
            "sitofp i32 double",
            "ptrtoint ptr i64",
            "inttoptr i64 ptr",
            "bitcast double i64",
            "bitcast i32 float"
        };
        String[] words = pick(casts).split(" ", -1);
        result(words[2], words[0] + " " + words[1] + " " + value(words[1]) + " to " + words[2]);
    }
}
