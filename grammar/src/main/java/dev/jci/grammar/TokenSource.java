package dev.jci.grammar;

import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text as numbers: a type, a start and an end, one token ahead and the one matched last. No object is made for a token.
 * The tokens are those of {@code LlvmIrLexer.g4}.
 */
final class TokenSource implements TokenStream {
    private static final int NAME_CHARACTER = 1;
    private static final int DIGIT = 2;
    private static final int WORD_CHARACTER = 4;
    private static final byte[] CLASSES = characterClasses();
    private static final Keywords KEYWORDS = new Keywords();

    private final byte[] bytes;
    private final int limit;

    /** From here on no block comment ends, which need not be found out more than once. */
    private int unclosed = Integer.MAX_VALUE;

    private @Nullable NodeDefinitions skipped;
    private int type;
    private int start;
    private int end;
    private int lastStart;
    private int lastEnd;
    private int lastType;

    /** The tokens between two offsets. */
    TokenSource(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.limit = to;
        this.end = from;
        if (from == 0 && to >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf) {
            this.end = 3;
        }
        next();
    }

    /** From now on goes past definitions of metadata nodes and notes them; null: does not. The token ahead is none. */
    void skipDefinitions(@Nullable NodeDefinitions noted) {
        skipped = noted;
    }

    /** The type of the token ahead. */
    int type() {
        return type;
    }

    /** Where the token ahead begins. */
    int start() {
        return start;
    }

    /** Where the token ahead ends. */
    int end() {
        return end;
    }

    /** The type of the token matched last. */
    int lastType() {
        return lastType;
    }

    /** Where the token matched last begins. */
    int lastStart() {
        return lastStart;
    }

    /** Where the token matched last ends. */
    int lastEnd() {
        return lastEnd;
    }

    /** Goes on at another offset. */
    void jump(int offset) {
        end = offset;
        next();
    }

    @Override
    public void consume() {
        lastType = type;
        lastStart = start;
        lastEnd = end;
        next();
    }

    @Override
    public int LA(int offset) {
        return offset == 1 ? type : offset == -1 ? lastType : lookFurther(offset);
    }

    private int lookFurther(int offset) {
        TokenSource copy = new TokenSource(bytes, end, limit);
        for (int i = 2; i < offset; i++) {
            copy.next();
        }
        return copy.type;
    }

    private void next() {
        int at = skipSpace(end);
        start = at;
        if (at >= limit) {
            type = Token.EOF;
            end = limit;
            return;
        }
        byte c = bytes[at];
        switch (c) {
            case '%' -> sigil(at, LlvmIrLexer.LOCAL, LlvmIrLexer.LOCAL);
            case '@' -> sigil(at, LlvmIrLexer.GLOBAL, LlvmIrLexer.GLOBAL);
            case '$' -> dollar(at);
            case '#' -> sigil(at, LlvmIrLexer.DEBUG_RECORD, LlvmIrLexer.ATTRIBUTE_ID);
            case '^' -> sigil(at, LlvmIrLexer.ANY, LlvmIrLexer.SUMMARY_ID);
            case '!' -> exclaim(at);
            case '"' -> quoted(at);
            case ',' -> single(LlvmIrLexer.COMMA);
            case '=' -> single(LlvmIrLexer.EQUALS);
            case '*' -> single(LlvmIrLexer.STAR);
            case '|' -> single(LlvmIrLexer.BAR);
            case ':' -> single(LlvmIrLexer.COLON);
            case '(' -> single(LlvmIrLexer.LPAREN);
            case ')' -> single(LlvmIrLexer.RPAREN);
            case '[' -> single(LlvmIrLexer.LBRACKET);
            case ']' -> single(LlvmIrLexer.RBRACKET);
            case '{' -> single(LlvmIrLexer.LBRACE);
            case '}' -> single(LlvmIrLexer.RBRACE);
            case '<' -> single(LlvmIrLexer.LESS);
            case '>' -> single(LlvmIrLexer.GREATER);
            default -> {
                if ((CLASSES[c & 0xff] & NAME_CHARACTER) != 0) {
                    word(at);
                } else if (c == '+') {
                    number(at);
                } else {
                    single(LlvmIrLexer.ANY);
                }
            }
        }
    }

    private void single(int tokenType) {
        type = tokenType;
        end = start + 1;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < limit) {
            byte c = bytes[at];
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0) {
                at++;
            } else if (c == ';') {
                at = lineEnd(at);
            } else if (c == '/' && at + 1 < limit && bytes[at + 1] == '*') {
                int close = at < unclosed ? blockCommentEnd(at + 2) : -1;
                if (close < 0) {
                    unclosed = Math.min(unclosed, at);
                    return at;
                }
                at = close;
            } else {
                break;
            }
        }
        return at;
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private int blockCommentEnd(int from) {
        for (int at = from; at + 1 < limit; at++) {
            if (bytes[at] == '*' && bytes[at + 1] == '/') {
                return at + 2;
            }
        }
        return -1;
    }

    private int nameEnd(int from) {
        int at = from;
        while (at < limit && (CLASSES[bytes[at] & 0xff] & NAME_CHARACTER) != 0) {
            at++;
        }
        return at;
    }

    private int digitsEnd(int from) {
        int at = from;
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private int quoteEnd(int from) {
        int at = from;
        while (at < limit && bytes[at] != '"') {
            at++;
        }
        return at < limit ? at + 1 : -1;
    }

    /** A sigil with a name, a quoted name or a number behind it. */
    private void sigil(int at, int named, int numbered) {
        int behind = at + 1;
        byte c = behind < limit ? bytes[behind] : 0;
        if (c >= '0' && c <= '9') {
            finish(numbered, digitsEnd(behind));
        } else if (named == LlvmIrLexer.ANY) {
            single(LlvmIrLexer.ANY);
        } else if (c == '"' && named != LlvmIrLexer.DEBUG_RECORD) {
            int close = quoteEnd(behind + 1);
            finish(close < 0 ? LlvmIrLexer.ANY : named, close < 0 ? behind : close);
        } else if ((CLASSES[c & 0xff] & NAME_CHARACTER) != 0) {
            finish(named, nameEnd(behind));
        } else {
            single(LlvmIrLexer.ANY);
        }
    }

    private void finish(int tokenType, int tokenEnd) {
        type = tokenType;
        end = tokenEnd;
    }

    private void dollar(int at) {
        int stop = nameEnd(at);
        if (stop < limit && bytes[stop] == ':') {
            finish(LlvmIrLexer.LABEL, stop + 1);
        } else if (at + 1 < limit && bytes[at + 1] == '"') {
            sigil(at, LlvmIrLexer.COMDAT_NAME, LlvmIrLexer.ANY);
        } else if (stop > at + 1 && !(bytes[at + 1] >= '0' && bytes[at + 1] <= '9')) {
            finish(LlvmIrLexer.COMDAT_NAME, stop);
        } else {
            single(LlvmIrLexer.ANY);
        }
    }

    private void exclaim(int at) {
        int behind = at + 1;
        byte c = behind < limit ? bytes[behind] : 0;
        if (c >= '0' && c <= '9') {
            int digits = digitsEnd(behind);
            if (skipped != null && isDefined(digits)) {
                skipDefinitions(at, skipped);
            } else {
                finish(LlvmIrLexer.METADATA_ID, digits);
            }
            return;
        }
        int stop = behind;
        while (stop < limit && ((CLASSES[bytes[stop] & 0xff] & NAME_CHARACTER) != 0 || bytes[stop] == '\\')) {
            stop++;
        }
        if (stop == behind) {
            single(LlvmIrLexer.EXCLAIM);
        } else if (matches(behind, stop, "DIExpression")) {
            finish(LlvmIrLexer.DIEXPRESSION, stop);
        } else if (matches(behind, stop, "DIArgList")) {
            finish(LlvmIrLexer.DIARGLIST, stop);
        } else {
            finish(LlvmIrLexer.METADATA_NAME, stop);
        }
    }

    private boolean isDefined(int behindNumber) {
        int at = skipSpace(behindNumber);
        return at < limit && bytes[at] == '=';
    }

    /** Goes on behind the lines of definitions of nodes. */
    private void skipDefinitions(int first, NodeDefinitions noted) {
        int at = first;
        boolean more = true;
        while (more) {
            at = skipSpace(noted.add(at));
            int digits = at < limit && bytes[at] == '!' ? digitsEnd(at + 1) : at;
            more = digits > at + 1 && isDefined(digits);
        }
        end = at;
        next();
    }

    private boolean matches(int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void quoted(int at) {
        int close = quoteEnd(at + 1);
        if (close < 0) {
            single(LlvmIrLexer.ANY);
        } else if (close < limit && bytes[close] == ':') {
            finish(LlvmIrLexer.LABEL, close + 1);
        } else {
            finish(LlvmIrLexer.STRING, close);
        }
    }

    /** A label, a keyword, an integer type, a word, or a number; whichever is longest. */
    private void word(int at) {
        int hash = 0;
        int stop = at;
        while (stop < limit && (CLASSES[bytes[stop] & 0xff] & WORD_CHARACTER) != 0) {
            hash = Keywords.hash(hash, bytes[stop++]);
        }
        byte first = bytes[at];
        byte behind = stop < limit ? bytes[stop] : 0;
        if (first >= 'A' && (CLASSES[behind & 0xff] & NAME_CHARACTER) == 0 && behind != ':') {
            bareWord(at, stop, hash);
        } else {
            longWord(at, stop, hash);
        }
    }

    /** What begins like a word, but goes on as a name does or begins with a digit or a sign. */
    private void longWord(int at, int wordEnd, int hash) {
        int stop = nameEnd(wordEnd);
        if (stop < limit && bytes[stop] == ':') {
            finish(LlvmIrLexer.LABEL, stop + 1);
            return;
        }
        byte c = bytes[at];
        if ((c >= '0' && c <= '9') || c == '-') {
            number(at);
        } else if (c == '.') {
            boolean ellipsis = at + 2 < limit && bytes[at + 1] == '.' && bytes[at + 2] == '.';
            finish(ellipsis ? LlvmIrLexer.ELLIPSIS : LlvmIrLexer.ANY, ellipsis ? at + 3 : at + 1);
        } else {
            bareWord(at, wordEnd, hash);
        }
    }

    private void bareWord(int at, int stop, int hash) {
        byte c = bytes[at];
        if (stop < limit && c == 'c' && stop == at + 1 && bytes[stop] == '"') {
            int close = quoteEnd(stop + 1);
            finish(close < 0 ? LlvmIrLexer.WORD : LlvmIrLexer.CSTRING, close < 0 ? stop : close);
        } else if ((c == 's' || c == 'u') && isHexInteger(at)) {
            finish(LlvmIrLexer.HEX_INTEGER, hexEnd(at + 3));
        } else if (c == 'i' && at + 1 < limit && bytes[at + 1] >= '0' && bytes[at + 1] <= '9') {
            finish(LlvmIrLexer.INT_TYPE, digitsEnd(at + 2));
        } else {
            finish(KEYWORDS.find(bytes, at, stop, hash, LlvmIrLexer.WORD), stop);
        }
    }

    private boolean isHexInteger(int at) {
        return at + 3 < limit && bytes[at + 1] == '0' && bytes[at + 2] == 'x' && hexEnd(at + 3) > at + 3;
    }

    private int hexEnd(int from) {
        int at = from;
        while (at < limit && Character.digit(bytes[at], 16) >= 0) {
            at++;
        }
        return at;
    }

    private void number(int at) {
        int digits = bytes[at] == '-' || bytes[at] == '+' ? at + 1 : at;
        int stop = digitsEnd(digits);
        if (stop == digits) {
            single(LlvmIrLexer.ANY);
        } else if (stop < limit && bytes[stop] == '.') {
            finish(LlvmIrLexer.FLOAT, exponentEnd(digitsEnd(stop + 1)));
        } else if (bytes[at] == '+') {
            single(LlvmIrLexer.ANY);
        } else if (bytes[at] == '0' && stop == at + 1 && stop < limit && bytes[stop] == 'x') {
            int from = stop + 1;
            if (from < limit && "KLMHR".indexOf(bytes[from]) >= 0) {
                from++;
            }
            int close = hexEnd(from);
            finish(close > from ? LlvmIrLexer.HEX_FLOAT : LlvmIrLexer.INTEGER, close > from ? close : stop);
        } else {
            finish(LlvmIrLexer.INTEGER, stop);
        }
    }

    private int exponentEnd(int from) {
        if (from < limit && (bytes[from] == 'e' || bytes[from] == 'E')) {
            int digits = from + 1;
            if (digits < limit && (bytes[digits] == '+' || bytes[digits] == '-')) {
                digits++;
            }
            int stop = digitsEnd(digits);
            return stop > digits ? stop : from;
        }
        return from;
    }

    private static byte[] characterClasses() {
        byte[] classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (letter || digit || c == '-' || c == '$' || c == '.' || c == '_') {
                classes[c] |= NAME_CHARACTER;
            }
            if (letter || digit || c == '_') {
                classes[c] |= WORD_CHARACTER;
            }
            if (digit) {
                classes[c] |= DIGIT;
            }
        }
        return classes;
    }

    @Override
    public Token LT(int offset) {
        CommonToken token = new CommonToken(LA(offset));
        token.setStartIndex(offset == -1 ? lastStart : start);
        token.setStopIndex((offset == -1 ? lastEnd : end) - 1);
        token.setText(new String(
                bytes,
                token.getStartIndex(),
                token.getStopIndex() + 1 - token.getStartIndex(),
                StandardCharsets.ISO_8859_1));
        return token;
    }

    @Override
    public int index() {
        return start;
    }

    @Override
    public void seek(int index) {
        jump(index);
    }

    @Override
    public int mark() {
        return 0;
    }

    @Override
    public void release(int marker) {
        // Nothing is kept that a mark would protect.
    }

    @Override
    public int size() {
        throw new UnsupportedOperationException("tokens are not kept");
    }

    @Override
    public String getSourceName() {
        return UNKNOWN_SOURCE_NAME;
    }

    @Override
    public Token get(int index) {
        throw new UnsupportedOperationException("tokens are not kept");
    }

    @Override
    public org.antlr.v4.runtime.TokenSource getTokenSource() {
        throw new UnsupportedOperationException("tokens come from here");
    }

    @Override
    public String getText(Interval interval) {
        throw new UnsupportedOperationException("tokens are not kept");
    }

    @Override
    public String getText() {
        throw new UnsupportedOperationException("tokens are not kept");
    }

    @Override
    public String getText(RuleContext context) {
        throw new UnsupportedOperationException("tokens are not kept");
    }

    @Override
    public String getText(Token first, Token last) {
        throw new UnsupportedOperationException("tokens are not kept");
    }
}
