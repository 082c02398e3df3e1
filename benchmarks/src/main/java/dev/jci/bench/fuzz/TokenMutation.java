package dev.jci.bench.fuzz;

import dev.jci.grammar.LlvmIrLexer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/**
 * Changes texts token by token, so that most of what comes out is lexically right: tokens are left out, doubled, exchanged, replaced by
 * others of their kind or by boundary numbers, and stretches that are balanced in their brackets are moved within and between files.
 */
final class TokenMutation {
    private static final String[] NUMBERS = {
        "0",
        "1",
        "2",
        "3",
        "7",
        "8",
        "31",
        "32",
        "33",
        "63",
        "64",
        "65",
        "127",
        "128",
        "255",
        "256",
        "1023",
        "65535",
        "65536",
        "8388607",
        "8388608",
        "16777215",
        "16777216",
        "2147483647",
        "2147483648",
        "4294967295",
        "4294967296",
        "4611686018427387904",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-1",
        "-2",
        "-2147483648",
        "-9223372036854775808",
        "-9223372036854775809",
        "340282366920938463463374607431768211456",
        "1.0",
        "-0.0",
        "1.0e400",
        "1.0e-400",
        "0x7FF0000000000000",
        "0x7FF8000000000001",
        "0xK3FFF8000000000000000",
        "0xH7C00",
        "0xR7F80",
        "0xL0",
        "0xM1",
        "u0xFF",
        "s0x8F"
    };
    private static final String[] TYPES = {
        "void",
        "i1",
        "i8",
        "i32",
        "i64",
        "i128",
        "i8388607",
        "half",
        "bfloat",
        "float",
        "double",
        "x86_fp80",
        "fp128",
        "ppc_fp128",
        "ptr",
        "ptr addrspace(1)",
        "token",
        "label",
        "metadata",
        "x86_mmx",
        "x86_amx",
        "<4 x i32>",
        "<vscale x 4 x i32>",
        "<2 x ptr>",
        "[3 x i8]",
        "[0 x i8]",
        "{ i32, ptr }",
        "{}",
        "<{ i8, i64 }>",
        "void ()",
        "i32 (i8, ...)",
        "target(\"spirv.Image\", void, 1)",
        "i32*",
        "i8**",
        "void ()*"
    };
    private static final String[] CONSTANTS = {
        "null",
        "undef",
        "poison",
        "zeroinitializer",
        "none",
        "true",
        "false",
        "splat (i32 1)",
        "{ i32 0, ptr null }",
        "[i8 1, i8 2, i8 3]",
        "<i32 1, i32 2, i32 3, i32 4>",
        "c\"abc\"",
        "blockaddress(@f, %b)",
        "dso_local_equivalent @f",
        "no_cfi @f",
        "ptrauth (ptr @f, i32 0)",
        "inttoptr (i64 1 to ptr)",
        "getelementptr (i8, ptr null, i64 1)",
        "asm \"nop\", \"\""
    };
    private static final int MOST_CHANGES = 4;

    /** The keywords of the language, and words that are none; shared by all tokens drawn. */
    private static final List<String> WORDS = words();

    private final Corpus corpus;
    private final SplittableRandom random;
    private final List<String> tokens;

    private TokenMutation(Corpus corpus, SplittableRandom random) {
        this.corpus = corpus;
        this.random = random;
        this.tokens = tokens(corpus.draw(random));
    }

    /** A text with one to four changes. */
    static byte[] mutate(Corpus corpus, SplittableRandom random) {
        TokenMutation mutation = new TokenMutation(corpus, random);
        if (mutation.tokens.isEmpty()) {
            return new byte[0];
        }
        for (int i = random.nextInt(1, MOST_CHANGES + 1); i > 0 && !mutation.tokens.isEmpty(); i--) {
            mutation.change();
        }
        return mutation.text();
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>();
        for (int type = 1; type <= LlvmIrLexer.VOCABULARY.getMaxTokenType(); type++) {
            String literal = LlvmIrLexer.VOCABULARY.getLiteralName(type);
            if (literal != null) {
                words.add(literal.substring(1, literal.length() - 1));
            }
        }
        Collections.addAll(
                words,
                "nuw",
                "nsw",
                "exact",
                "inbounds",
                "fast",
                "nnan",
                "volatile",
                "atomic",
                "weak",
                "nounwind",
                "noalias",
                "signext",
                "internal",
                "private",
                "linkonce_odr",
                "available_externally",
                "appending",
                "common",
                "hidden",
                "dso_local",
                "local_unnamed_addr",
                "eq",
                "slt",
                "oeq",
                "uno",
                "xchg",
                "fadd",
                "fastcc",
                "tailcc",
                "swiftcc",
                "presplitcoroutine",
                "byval(i8)",
                "align 3",
                "distinct",
                "any");
        return List.copyOf(words);
    }

    /** The tokens of a text, each with the white space before it. */
    private static List<String> tokens(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        LlvmIrLexer lexer = new LlvmIrLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        List<String> tokens = new ArrayList<>();
        int end = 0;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            if (token.getStartIndex() < end) {
                continue;
            }
            tokens.add(text.substring(end, token.getStopIndex() + 1));
            end = token.getStopIndex() + 1;
        }
        return tokens;
    }

    private byte[] text() {
        return String.join("", tokens).getBytes(StandardCharsets.ISO_8859_1);
    }

    private void change() {
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(14)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
            case 3 -> tokens.set(at, " " + pick(WORDS));
            case 4 -> tokens.add(at, " " + pick(WORDS));
            case 5 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
            case 6 -> sameKind(at, tokens);
            case 7 -> sameKind(at, tokens(corpus.draw(random)));
            case 8 -> number(at);
            case 9 -> replaceMatching(at, "(i\\d+|ptr|float|double|half|void|label|metadata)", TYPES);
            case 10 -> replaceMatching(at, "(-?\\d+|null|undef|poison|true|false|zeroinitializer)", CONSTANTS);
            case 11 -> moveGroup(at, tokens);
            case 12 -> moveGroup(at, tokens(corpus.draw(random)));
            default -> statement(at, random.nextBoolean() ? tokens : tokens(corpus.draw(random)));
        }
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Replaces a token by one that looks the same: a name by a name, a number by a number. */
    private void sameKind(int at, List<String> others) {
        char kind = kind(tokens.get(at));
        for (int tries = 0; tries < 40 && !others.isEmpty(); tries++) {
            String other = pick(others);
            if (kind(other) == kind && !other.strip().equals(tokens.get(at).strip())) {
                tokens.set(at, other.startsWith(" ") || other.startsWith("\n") ? other : " " + other);
                return;
            }
        }
    }

    private static char kind(String token) {
        String bare = token.strip();
        char c = bare.isEmpty() ? ' ' : bare.charAt(bare.length() > 1 && bare.charAt(0) == ';' ? bare.length() - 1 : 0);
        if (Character.isDigit(c) || c == '-') {
            return '0';
        }
        return Character.isLetter(c) ? (bare.endsWith(":") ? ':' : 'a') : c;
    }

    private void number(int at) {
        for (int i = at; i < Math.min(tokens.size(), at + 60); i++) {
            if (kind(tokens.get(i)) == '0') {
                tokens.set(i, " " + NUMBERS[random.nextInt(NUMBERS.length)]);
                return;
            }
            String bare = tokens.get(i).strip();
            if (bare.matches("([%@!#^]|i)\\d+") && random.nextInt(4) == 0) {
                tokens.set(i, " " + bare.charAt(0) + NUMBERS[random.nextInt(NUMBERS.length)]);
                return;
            }
        }
    }

    private void replaceMatching(int at, String pattern, String[] by) {
        for (int i = at; i < Math.min(tokens.size(), at + 60); i++) {
            if (tokens.get(i).strip().matches(pattern)) {
                tokens.set(i, " " + by[random.nextInt(by.length)]);
                return;
            }
        }
    }

    /** Replaces a bracketed group, or inserts one there, by a group from elsewhere. */
    private void moveGroup(int at, List<String> others) {
        if (others.isEmpty()) {
            return;
        }
        int from = groupStart(others, random.nextInt(others.size()));
        int target = groupStart(tokens, at);
        if (from < 0 || target < 0) {
            return;
        }
        List<String> group = List.copyOf(others.subList(from, groupEnd(others, from)));
        List<String> place = tokens.subList(target, random.nextInt(3) == 0 ? target : groupEnd(tokens, target));
        place.clear();
        place.addAll(group);
    }

    private static int groupStart(List<String> tokens, int from) {
        for (int i = from; i < Math.min(tokens.size(), from + 200); i++) {
            if ("([{<".indexOf(last(tokens.get(i))) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static int groupEnd(List<String> tokens, int from) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            char c = last(tokens.get(i));
            if ("([{<".indexOf(c) >= 0) {
                depth++;
            } else if (")]}>".indexOf(c) >= 0 && --depth == 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    private static char last(String token) {
        return token.isEmpty() ? ' ' : token.charAt(token.length() - 1);
    }

    /** Puts a line from elsewhere, mostly an instruction or a global, at the beginning of a line. */
    private void statement(int at, List<String> others) {
        int target = lineStart(tokens, at);
        if (others.isEmpty() || target < 0) {
            return;
        }
        int from = lineStart(others, random.nextInt(others.size()));
        if (from >= 0) {
            int end = lineStart(others, from + 1);
            List<String> line = List.copyOf(others.subList(from, end < 0 ? others.size() : end));
            tokens.addAll(target, line);
        }
    }

    private static int lineStart(List<String> tokens, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).indexOf('\n') >= 0) {
                return i;
            }
        }
        return -1;
    }
}
