package dev.jci.grammar;

import org.antlr.v4.runtime.ANTLRErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Turns the first thing that does not fit into a message, in the words of LLVM's parser where it has some. */
final class StopAtFirstError implements ANTLRErrorStrategy {
    /** What was expected instead of the token ahead. */
    static IrSyntaxError expected(ParserBase parser, int type, int position) {
        if (parser.getInputStream().LA(1) == LlvmIrLexer.ANY) {
            return new IrSyntaxError("invalid token", position);
        }
        String literal = LlvmIrParser.VOCABULARY.getLiteralName(type);
        if (type == LlvmIrLexer.RBRACE && parser.rule() == LlvmIrParser.RULE_body) {
            return new IrSyntaxError("expected instruction opcode", position);
        }
        if (type == Token.EOF) {
            return new IrSyntaxError("expected top-level entity", position);
        }
        return new IrSyntaxError("expected " + (literal == null ? description(type) : literal), position);
    }

    private static String description(int type) {
        return switch (type) {
            case LlvmIrLexer.LOCAL -> "local name";
            case LlvmIrLexer.GLOBAL -> "global name";
            case LlvmIrLexer.METADATA_ID -> "metadata id";
            case LlvmIrLexer.STRING -> "string constant";
            case LlvmIrLexer.INTEGER -> "integer";
            case LlvmIrLexer.ATTRIBUTE_ID -> "attribute group id";
            case LlvmIrLexer.LABEL -> "field label";
            default -> LlvmIrParser.VOCABULARY.getSymbolicName(type).toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static IrSyntaxError unexpected(Parser parser) {
        int position = ((TokenSource) parser.getInputStream()).start();
        if (parser.getInputStream().LA(1) == LlvmIrLexer.ANY) {
            return new IrSyntaxError("invalid token", position);
        }
        int rule = ((ParserBase) parser).rule();
        String message = switch (rule) {
            case LlvmIrParser.RULE_entity -> "expected top-level entity";
            case LlvmIrParser.RULE_type,
                    LlvmIrParser.RULE_argumentType,
                    LlvmIrParser.RULE_simpleType,
                    LlvmIrParser.RULE_compoundType,
                    LlvmIrParser.RULE_otherType,
                    LlvmIrParser.RULE_otherArgumentType,
                    LlvmIrParser.RULE_returned -> "expected type";
            case LlvmIrParser.RULE_value, LlvmIrParser.RULE_constantLiteral, LlvmIrParser.RULE_constantExpression ->
                "expected value token";
            case LlvmIrParser.RULE_bodyItem, LlvmIrParser.RULE_operation, LlvmIrParser.RULE_branch ->
                "expected instruction opcode";
            case LlvmIrParser.RULE_metadata,
                    LlvmIrParser.RULE_node,
                    LlvmIrParser.RULE_nodeDefinition,
                    LlvmIrParser.RULE_element,
                    LlvmIrParser.RULE_fieldValue -> "expected metadata";
            case LlvmIrParser.RULE_tailClause, LlvmIrParser.RULE_allocaTail, LlvmIrParser.RULE_indexTail ->
                "expected metadata after comma";
            case LlvmIrParser.RULE_globalKind, LlvmIrParser.RULE_externalKind, LlvmIrParser.RULE_globalDefinition ->
                "expected 'global' or 'constant'";
            default -> "unexpected token in " + words(parser.getRuleNames()[rule]);
        };
        return new IrSyntaxError(message, position);
    }

    private static String words(String ruleName) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < ruleName.length(); i++) {
            char c = ruleName.charAt(i);
            words.append(Character.isUpperCase(c) ? " " + Character.toLowerCase(c) : c);
        }
        return words.toString();
    }

    @Override
    public void reset(Parser parser) {
        // Nothing is remembered between errors: there is only one.
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw unexpected(parser);
    }

    @Override
    public void recover(Parser parser, RecognitionException exception) {
        throw unexpected(parser);
    }

    @Override
    public void sync(Parser parser) {
        // No check ahead of a decision: the decision itself finds the error.
    }

    @Override
    public boolean inErrorRecoveryMode(Parser parser) {
        return false;
    }

    @Override
    public void reportMatch(Parser parser) {
        // There is no recovery that a match would end.
    }

    @Override
    public void reportError(Parser parser, RecognitionException exception) {
        throw unexpected(parser);
    }
}
