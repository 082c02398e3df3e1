package dev.jci.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Inputs that are extreme in one respect: depth, number, length, width, or cycles. */
final class Extremes {
    private static final int DEEP = 100_000;
    private static final int MANY = 1_000_000;
    private static final String[] EDGES = {
        "0",
        "2147483647",
        "2147483648",
        "4294967295",
        "4294967296",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999",
        "8388607",
        "8388608",
        "16777215",
        "16777216",
        "-1"
    };

    private final Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();

    private Extremes() {
        depth();
        number();
        length();
        edges();
        cycles();
        encodings();
    }

    /** All of them by name; each is made when asked for. */
    static Map<String, Supplier<byte[]>> all() {
        return new Extremes().all;
    }

    private void add(String name, Supplier<String> text) {
        all.put(name, () -> text.get().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String each(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    private static String listed(int count, String element) {
        return String.join(", ", java.util.Collections.nCopies(count, element));
    }

    private void nested(String name, String before, String open, String inside, String close, String after) {
        add("nested " + name, () -> before + open.repeat(DEEP) + inside + close.repeat(DEEP) + after);
        add("unclosed " + name, () -> before + open.repeat(DEEP));
    }

    private void depth() {
        nested("structure types", "@g = external global ", "{ ", "i32", " }", "\n");
        nested("array types", "@g = external global ", "[1 x ", "i32", "]", "\n");
        nested("pointer types", "@g = external global i32", "", "", "*", "\n");
        nested("target types", "@g = external global ", "target(\"a\", ", "i32", ")", "\n");
        nested("function types", "declare void @f(", "void (", "", ")*", ")\n");
        nested("element pointers", "@g = global ptr ", "getelementptr (i8, ptr ", "null", ", i64 1)", "\n");
        nested("sums", "@g = global i32 ", "add (i32 1, i32 ", "1", ")", "\n");
        nested("bit casts", "@g = global ptr ", "bitcast (ptr ", "null", " to ptr)", "\n");
        nested("tuples", "!0 = ", "!{", "", "}", "\n");
        nested("scopes", "!0 = ", "!DILexicalBlock(scope: ", "null", ")", "\n");
        nested("comments", "", "/*", "", "*/", "\n");
        add(
                "chained tuples",
                () -> "!x = !{!0}\n" + each(DEEP, i -> "!" + i + " = !{!" + (i + 1) + "}\n") + "!" + DEEP + " = !{}\n");
        add(
                "chained structures",
                () -> each(DEEP, i -> "%t" + i + " = type { %t" + (i + 1) + " }\n") + "%t" + DEEP + " = type { i8 }\n"
                        + "define void @f() {\n  %a = alloca %t0\n  ret void\n}\n");
        add(
                "chained arrays",
                () -> "%t0 = type [1 x i8]\n" + each(DEEP, i -> "%t" + (i + 1) + " = type [1 x %t" + i + "]\n"));
        add(
                "doubled structures",
                () -> "%t0 = type { i8 }\n" + each(60, i -> "%t" + (i + 1) + " = type { %t" + i + ", %t" + i + " }\n")
                        + "define void @f(ptr %p) {\n  %v = load %t60, ptr %p\n  ret void\n}\n");
        add(
                "doubled functions",
                () -> "%f0 = type void ()\n"
                        + each(60, i -> "%f" + (i + 1) + " = type void (%f" + i + "*, %f" + i + "*)\n"));
        add(
                "chained aliases",
                () -> each(DEEP, i -> "@a" + i + " = alias i8, ptr @a" + (i + 1) + "\n") + "@a" + DEEP
                        + " = global i8 0\n");
        add(
                "chained calls",
                () -> each(DEEP, i -> "define void @f" + i + "() {\n  call void @f" + (i + 1) + "()\n  ret void\n}\n")
                        + "declare void @f" + DEEP + "()\n");
        add(
                "nested loops",
                () -> "define void @f(i1 %c) {\n  br label %h0\n"
                        + each(400, i -> "h" + i + ":\n  br label %h" + (i + 1) + "\n")
                        + "h400:\n  br label %l400\n"
                        + each(
                                400,
                                i -> "l" + (400 - i) + ":\n  br i1 %c, label %h" + (400 - i) + ", label %l" + (399 - i)
                                        + "\n")
                        + "l0:\n  ret void\n}\n");
    }

    private void number() {
        add(
                "instructions",
                () -> "define i32 @f(i32 %0) {\n"
                        + each(MANY, i -> "  %" + (i + 2) + " = add i32 %" + (i == 0 ? 0 : i + 1) + ", 1\n")
                        + "  ret i32 %" + (MANY + 1) + "\n}\n");
        add(
                "blocks",
                () -> "define void @f() {\n" + each(MANY, i -> "b" + i + ":\n  br label %b" + (i + 1) + "\n") + "b"
                        + MANY + ":\n  ret void\n}\n");
        add(
                "blocks backwards",
                () -> "define void @f() {\n  br label %b" + (DEEP - 1) + "\n"
                        + each(DEEP, i -> "b" + i + ":\n  br label %" + (i == 0 ? "end" : "b" + (i - 1)) + "\n")
                        + "end:\n  ret void\n}\n");
        add("globals", () -> each(MANY, i -> "@g" + i + " = global i32 " + i + "\n"));
        add("numbered globals", () -> each(MANY, i -> "@" + i + " = global i32 " + i + "\n"));
        add("declarations", () -> each(MANY, i -> "declare void @f" + i + "()\n"));
        add("functions", () -> each(DEEP, i -> "define void @f" + i + "() {\n  ret void\n}\n"));
        add("types", () -> each(MANY, i -> "%t" + i + " = type { i32 }\n"));
        add("nodes", () -> "!x = !{!7}\n" + each(MANY, i -> "!" + i + " = !{i32 " + i + "}\n"));
        add("attribute groups", () -> each(DEEP, i -> "attributes #" + i + " = { \"a\"=\"" + i + "\" }\n"));
        add("comdats", () -> each(DEEP, i -> "$c" + i + " = comdat any\n"));
        add("elements", () -> "@g = global [" + MANY + " x i32] [" + listed(MANY, "i32 7") + "]\n");
        add("fields", () -> "@g = external global { " + listed(MANY, "i32") + " }\n");
        add("parameters", () -> "declare void @f(" + listed(DEEP, "i32") + ")\n");
        add(
                "arguments",
                () -> "declare void @f(...)\ndefine void @g() {\n  call void (...) @f(" + listed(DEEP, "i32 1")
                        + ")\n  ret void\n}\n");
        add(
                "cases",
                () -> "define void @f(i32 %x) {\n  switch i32 %x, label %d [\n"
                        + each(DEEP, i -> "    i32 " + i + ", label %d\n") + "  ]\nd:\n  ret void\n}\n");
        add(
                "incoming values",
                () -> "define void @f(i32 %x) {\n  switch i32 %x, label %d [\n"
                        + each(DEEP, i -> "    i32 " + i + ", label %d\n") + "  ]\nd:\n  %p = phi i32 [ 1, %0 ]"
                        + ", [ 1, %0 ]".repeat(DEEP) + "\n  ret void\n}\n");
        add(
                "phis",
                () -> "define void @f() {\nentry:\n  br label %l\nl:\n"
                        + each(DEEP, i -> "  %p" + i + " = phi i32 [ 0, %entry ], [ %p" + (i + 1) % DEEP + ", %l ]\n")
                        + "  br label %l\n}\n");
        add(
                "targets",
                () -> "define void @f(ptr %p) {\n  indirectbr ptr %p, [" + listed(DEEP, "label %b")
                        + "]\nb:\n  ret void\n}\n");
        add(
                "bundles",
                () -> "declare void @g()\ndefine void @f() {\n  call void @g() [ " + listed(DEEP, "\"a\"(i32 1)")
                        + " ]\n  ret void\n}\n");
        add(
                "use orders",
                () -> "@a = global i32 0\n@t = global [" + DEEP + " x ptr] [" + listed(DEEP, "ptr @a")
                        + "]\nuselistorder ptr @a, { "
                        + IntStream.range(0, DEEP)
                                .mapToObj(i -> String.valueOf(DEEP - 1 - i))
                                .collect(Collectors.joining(", "))
                        + " }\n");
        add("operations", () -> "!x = !{!DIExpression(" + listed(DEEP, "1") + ")}\n");
        add("assembly lines", () -> "module asm \"nop\"\n".repeat(DEEP));
    }

    private void length() {
        add("string", () -> "@g = global [10000000 x i8] c\"" + "a".repeat(10 * MANY) + "\"\n");
        add("name", () -> "@" + "a".repeat(10 * MANY) + " = global i32 0\n");
        add("escaped name", () -> "@\"" + "\\0a".repeat(MANY) + "\" = global i32 0\n");
        add("label", () -> "define void @f() {\n" + "a".repeat(MANY) + ":\n  ret void\n}\n");
        add("decimal", () -> "@g = global i8388607 " + "9".repeat(MANY) + "\n");
        add("negative decimal", () -> "@g = global i64 -" + "9".repeat(MANY) + "\n");
        add("hexadecimal", () -> "@g = global i8388607 u0x" + "f".repeat(MANY) + "\n");
        add("fraction", () -> "@g = global double 1." + "9".repeat(MANY) + "\n");
        add("exponent", () -> "@g = global fp128 1.0e" + "9".repeat(MANY) + "\n");
        add("double", () -> "@g = global double 0x" + "f".repeat(MANY) + "\n");
        add("global number", () -> "@" + "9".repeat(MANY) + " = global i32 0\n");
        add("node number", () -> "!" + "9".repeat(MANY) + " = !{}\n");
        add("comment", () -> ";" + "c".repeat(10 * MANY));
        add("comments", () -> "; c\n".repeat(MANY));
        add("spaces", () -> " ".repeat(10 * MANY));
        add("open string", () -> "@g = global [1 x i8] c\"" + "a".repeat(MANY));
        add("layout", () -> "target datalayout = \"e" + "-i64:64".repeat(DEEP) + "\"\n");
        add(
                "constraints",
                () -> "define void @f() {\n  call void asm \"x\", \"" + "r,".repeat(DEEP) + "r\"()\n  ret void\n}\n");
        for (String mess : new String[] {
            "{", "(", "[", "<", "*", "!", "!{", "%", "@", "#", "^", ",", "\"", "/*", "define ", "c\"", "\0"
        }) {
            add("a mess of " + mess, () -> mess.repeat(MANY));
            add("a global and a mess of " + mess, () -> "@g = global i32 " + mess.repeat(MANY));
        }
    }

    private void edges() {
        String[] texts = {
            "@g = external global iN",
            "@g = external global <N x i8>",
            "@g = global <N x i8> splat (i8 1)",
            "@g = global [N x i8] zeroinitializer",
            "@g = external global [N x [N x i64]]",
            "@g = global i8 0, align N",
            "@g = addrspace(N) global i8 0",
            "declare cc N void @f()",
            "declare void @f(ptr dereferenceable(N) align N)",
            "attributes #N = { alignstack=N uwtable vscale_range(N,N) allocsize(N) }",
            "%N = type { i32 }",
            "!N = !{}",
            "@N = global i8 0",
            "^N = flags: N",
            "!0 = !DILocation(line: N, column: N, scope: !0)",
            "target datalayout = \"e-pN:N:N-iN:N-SN\"",
            "define void @f(i32 %N) {\nN:\n  ret void\n}",
            "define <N x i8> @f(<N x i8> %a) {\n  %v = shufflevector <N x i8> %a, <N x i8> poison, <N x i32> zeroinitializer\n"
                    + "  ret <N x i8> %v\n}",
            "define void @f(ptr %p) {\n  %a = alloca [N x i64], i64 N, align N\n  %q = getelementptr {i32}, ptr %p, i64 N, i32 N\n"
                    + "  %v = load [N x i8], ptr %a, align N\n  %e = extractvalue [N x i8] %v, N\n  ret void\n}"
        };
        for (String text : texts) {
            for (String edge : EDGES) {
                String whole = text.replace("N", edge);
                add(whole.lines().findFirst().orElse(""), () -> whole + "\n");
            }
        }
    }

    private void cycles() {
        for (String text : new String[] {
            "%t = type { %t }\n@g = global %t zeroinitializer",
            "%t = type { [2 x %t] }\ndefine void @f() {\n  %a = alloca %t\n  ret void\n}",
            "%a = type { %b }\n%b = type { %a }\n@g = external global %a",
            "@a = alias i8, ptr @b\n@b = alias i8, ptr @a",
            "@a = ifunc void (), ptr @a",
            "@a = global ptr @a",
            "!0 = !{!0}\n!x = !{!0}",
            "!0 = !DILocation(line: 1, scope: !0, inlinedAt: !0)\n!x = !{!0}",
            "define void @f() !dbg !0 {\n  ret void, !dbg !1\n}\n!0 = distinct !DISubprogram(name: \"f\", scope: !0, unit: !0, type: !0)\n"
                    + "!1 = !DILocation(line: 1, scope: !2, inlinedAt: !1)\n!2 = !DILexicalBlock(scope: !2, file: !0)",
            "define void @f() {\n  ret void\nl:\n  %a = add i32 %a, 1\n  %g = getelementptr i8, ptr %g, i64 1\n  br label %l\n}"
        }) {
            add("cycle " + text.lines().findFirst().orElse(""), () -> text + "\n");
        }
    }

    private void encodings() {
        add("nothing", () -> "");
        add("byte order mark", () -> "\u00ef\u00bb\u00bf@g = global i32 0\n");
        add("UTF-16", () -> "\u00ff\u00fe@\0g\0");
        add("zeros between", () -> "@g\0 = global i32 0\n\0define void @f() {\0\n ret void\n}\0");
        add("not UTF-8", () -> "@\"\u00ff\u00fe\u0080\" = global i32 0\n; \u00ff\n");
        add("carriage returns", () -> "@g = global i32 0\r; c\rdefine void @f() {\r\n  ret void\r}\r\n");
    }
}
