package dev.jci.grammar;

import java.util.HashMap;
import java.util.Map;

/** The keywords of the lexer grammar: a table from the bytes of a word to its token type. */
final class Keywords {
    private static final int SIZE = 1 << 10;

    private final String[] words = new String[SIZE];
    private final int[] types = new int[SIZE];

    Keywords() {
        all().forEach((word, type) -> {
            int slot = slot(hash(word));
            while (words[slot] != null) {
                slot = (slot + 1) & (SIZE - 1);
            }
            words[slot] = word;
            types[slot] = type;
        });
    }

    /** Single ones from the vocabulary, the members of a class from the list here. */
    private static Map<String, Integer> all() {
        Map<String, Integer> keywords = new HashMap<>();
        for (int type = 1; type <= LlvmIrParser.VOCABULARY.getMaxTokenType(); type++) {
            String literal = LlvmIrParser.VOCABULARY.getLiteralName(type);
            if (literal != null && Character.isLetter(literal.charAt(1))) {
                keywords.put(literal.substring(1, literal.length() - 1), type);
            }
        }
        addClass(keywords, LlvmIrLexer.TYPE_ATTRIBUTE, "byval byref sret inalloca preallocated elementtype");
        addClass(keywords, LlvmIrLexer.FLOATING_TYPE, "half bfloat float double x86_fp80 fp128 ppc_fp128");
        addClass(keywords, LlvmIrLexer.OPAQUE_TYPE, "token x86_amx x86_mmx");
        addClass(keywords, LlvmIrLexer.GLOBAL_REFERENCE, "dso_local_equivalent no_cfi");
        addClass(
                keywords,
                LlvmIrLexer.BINARY,
                "add fadd sub fsub mul fmul udiv sdiv fdiv urem srem frem shl lshr ashr and or xor");
        addClass(
                keywords,
                LlvmIrLexer.CAST,
                "trunc zext sext fptrunc fpext fptoui fptosi uitofp sitofp ptrtoint ptrtoaddr inttoptr bitcast addrspacecast");
        addClass(keywords, LlvmIrLexer.TAIL, "tail musttail notail");
        addClass(keywords, LlvmIrLexer.ORDERING, "unordered monotonic acquire release acq_rel seq_cst");
        return keywords;
    }

    private static void addClass(Map<String, Integer> keywords, int type, String words) {
        for (String word : words.split(" ", -1)) {
            keywords.put(word, type);
        }
    }

    private static int hash(String word) {
        int hash = 0;
        for (int i = 0; i < word.length(); i++) {
            hash = hash(hash, (byte) word.charAt(i));
        }
        return hash;
    }

    /** The hash of a word that goes on with that character. */
    static int hash(int before, byte character) {
        return 31 * before + character;
    }

    /** The type of the word between start and end with that hash; the other type when it is no keyword. */
    int find(byte[] bytes, int start, int end, int hash, int other) {
        int slot = slot(hash);
        while (words[slot] != null) {
            if (matches(words[slot], bytes, start, end)) {
                return types[slot];
            }
            slot = (slot + 1) & (SIZE - 1);
        }
        return other;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 11)) & (SIZE - 1);
    }

    private static boolean matches(String word, byte[] bytes, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (word.charAt(i - start) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
