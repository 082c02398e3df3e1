package dev.jci.grammar;

import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * What the generated parser knows of a rule while it reads it: the arguments, the result, and the states of the parts it speaks of, in
 * fields of a generated subclass. It stands in for ANTLR's {@link ParserRuleContext}, which is a node of a tree: as no tree is kept,
 * a state needs neither a parent nor children nor tokens, and is as small as what it holds.
 */
abstract class RuleState {
    /** Assigned by the generated parser before an error is reported. */
    @Nullable
    RecognitionException exception;

    /** Called by the generated subclasses, which know of no parent: the parser's context is always null. */
    RuleState(@Nullable ParserRuleContext parent, int invokingState) {}

    /** Which rule this is; generated. */
    public abstract int getRuleIndex();

    // The generated subclasses have methods for the nodes of a tree below a rule, which call these.

    TerminalNode getToken(int type, int index) {
        throw noTree();
    }

    List<TerminalNode> getTokens(int type) {
        throw noTree();
    }

    <T> T getRuleContext(Class<T> rule, int index) {
        throw noTree();
    }

    <T> List<T> getRuleContexts(Class<T> rule) {
        throw noTree();
    }

    private static UnsupportedOperationException noTree() {
        return new UnsupportedOperationException("no tree is kept");
    }
}
