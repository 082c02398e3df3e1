package dev.jci.grammar;

import dev.jci.ir.SpecialType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.jspecify.annotations.Nullable;

/**
 * What the generated parser stands on: it matches tokens that are numbers, keeps no tree, stops at the first error, and says what the
 * token matched last was.
 */
abstract class ParserBase extends Parser {
    private static final int DEEPEST = 10_000;

    private final TokenSource tokens;

    /** Builds the module. */
    ModuleBuilder m;

    /** Builds types. */
    TypeBuilder types;

    /** Builds constants. */
    ValueBuilder values;

    /** Builds metadata. */
    NodeBuilder nodes;

    /** Builds the function whose body is being read. */
    FunctionBuilder f;

    /** The rules that are being read, each within the one before. */
    private final byte[] rules = new byte[DEEPEST + 1];

    /** The type that was read last, as far as it has been read. */
    Type lastType = SpecialType.VOID;

    private int depth;
    private int nodeDepth;

    ParserBase(TokenStream input) {
        super(input);
        tokens = (TokenSource) input;
        setErrorHandler(new StopAtFirstError());
        setBuildParseTree(false);
        removeErrorListeners();
    }

    @Override
    public final Token match(int type) {
        if (tokens.type() != type) {
            throw StopAtFirstError.expected(this, type, tokens.start());
        }
        tokens.consume();
        return null;
    }

    @Override
    public final Token consume() {
        tokens.consume();
        return null;
    }

    /** Called by the generated parser where a rule begins. */
    final void enterRule(RuleState state, int stateNumber, int rule) {
        if (++depth > DEEPEST) {
            throw new IrSyntaxError("nested too deeply", tokens.start());
        }
        rules[depth] = (byte) rule;
    }

    /** Called by the generated parser where it knows which alternative of a rule it reads. */
    final void enterOuterAlt(RuleState state, int alternative) {
        // Nobody asks.
    }

    @Override
    public final void exitRule() {
        depth--;
    }

    /** The innermost rule that is being read. */
    final int rule() {
        return rules[depth];
    }

    /** Begins the operands of a metadata node, which cannot be local values. */
    final void beginNode() {
        nodeDepth++;
    }

    /** Ends the operands of a metadata node. */
    final void endNode() {
        nodeDepth--;
    }

    /** Forgets where it was, to read on elsewhere after an error. */
    final void restart() {
        nodeDepth = 0;
        depth = 0;
    }

    /** Where the token matched last begins. */
    final int start() {
        return tokens.lastStart();
    }

    /** Where the token matched last ends. */
    final int end() {
        return tokens.lastEnd();
    }

    /** Where the token ahead begins. */
    final int next() {
        return tokens.start();
    }

    /** The token matched last, as written. */
    final String text() {
        return m.text(tokens.lastStart(), tokens.lastEnd());
    }

    /** The name behind the sigil of the token matched last; digits for a number. */
    final String name() {
        return m.name(tokens.lastStart() + 1, tokens.lastEnd());
    }

    /** The name behind the sigil of the token matched last; null for a number. */
    final @Nullable String localName() {
        return isNumber() ? null : name();
    }

    /** The number behind the sigil of the token matched last; -1 for a name. */
    final int localNumber() {
        return isNumber() ? m.localNumber(tokens.lastStart() + 1, tokens.lastEnd(), tokens.lastStart()) : -1;
    }

    /** The name before the colon of a label matched last; null for a number. */
    final @Nullable String labelName() {
        return isLabelNumber() ? null : m.name(tokens.lastStart(), tokens.lastEnd() - 1);
    }

    /** The number before the colon of a label matched last; -1 for a name. */
    final int labelNumber() {
        return isLabelNumber() ? m.localNumber(tokens.lastStart(), tokens.lastEnd() - 1, tokens.lastStart()) : -1;
    }

    private boolean isLabelNumber() {
        for (int at = tokens.lastStart(); at < tokens.lastEnd() - 1; at++) {
            if (!m.isDigit(at)) {
                return false;
            }
        }
        return tokens.lastEnd() - 1 > tokens.lastStart();
    }

    /** Whether the token matched last is a number behind its sigil. */
    final boolean isNumber() {
        return m.isDigit(tokens.lastStart() + 1);
    }

    /** The bytes between the quotes of the string matched last, escapes resolved. */
    final String string() {
        return m.string(tokens.lastStart(), tokens.lastEnd());
    }

    /** The number matched last, also behind a sigil. */
    final int number() {
        long value = unsigned();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IrSyntaxError("expected 32-bit integer (too large)", tokens.lastStart());
        }
        return (int) value;
    }

    /** The number matched last as an unsigned 64-bit one. */
    final long unsigned() {
        if (m.isSigned(tokens.lastStart())) {
            throw new IrSyntaxError("expected integer", tokens.lastStart());
        }
        return m.number(tokens.lastStart(), tokens.lastEnd());
    }

    /** The type that the token matched last names. */
    final Type namedType() {
        return types.namedType(name(), isNumber(), start());
    }

    /** The local value that the token matched last names. */
    final Value local(Type type) {
        if (f == null || nodeDepth > 0) {
            throw new IrSyntaxError("invalid use of function-local name", start());
        }
        return f.local(type, localName(), localNumber(), start());
    }
}
