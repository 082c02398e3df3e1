package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hand-written token source gives the tokens that the lexer grammar defines. */
class TokenSourceTest {
    private record Piece(int type, int start, int end) {}

    private static List<Piece> byHand(String text) {
        TokenSource tokens = new TokenSource(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
        List<Piece> pieces = new ArrayList<>();
        while (tokens.type() != Token.EOF) {
            pieces.add(new Piece(tokens.type(), tokens.start(), tokens.end()));
            tokens.consume();
        }
        return pieces;
    }

    private static List<Piece> byGrammar(String text) {
        LlvmIrLexer lexer = new LlvmIrLexer(CharStreams.fromString(text));
        List<Piece> pieces = new ArrayList<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            pieces.add(new Piece(token.getType(), token.getStartIndex(), token.getStopIndex() + 1));
        }
        return pieces;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%x = add nuw nsw i32 %\"a b\", -7 ; comment\n",
                "@\"odd\\22name\" = global [3 x i8] c\"a\\00\\\"\n",
                "entry:\n  br label %12\n12:\n\"quoted label\": ret void",
                "!0 = distinct !DILocation(line: 1, scope: !2) !{} !\"s\" !named.md !\\34x !DIExpression() !DIArgList()",
                "$f = comdat any $\"g\" $: #0 #dbg_value ^7 i8 i8x i if iN i1a",
                "1.0 -1.5e+10 +2.5 1.e 0x3FF0 0xH3C00 0xK4 u0xFF s0x1F u0 0x 00",
                "... . .. a.b -x - -1: = , * | : ( ) [ ] { } < > ? / /* block */ x /* open",
                "\"open string",
                "%\"open",
                "@ % $ # ^ ! @1a %1a",
            })
    void bothGiveTheSameTokens(String text) {
        assertThat(byHand(text)).isEqualTo(byGrammar(text));
    }

    @Test
    void bothGiveTheSameTokensForAWholeModule() throws IOException {
        String text = Files.readString(Path.of("..", "examples", "primes.ll"), StandardCharsets.ISO_8859_1);

        assertThat(byHand(text)).isEqualTo(byGrammar(text)).hasSizeGreaterThan(500);
    }

    @Test
    void tokensOfATextAreCounted() {
        byte[] text = "declare void @f(i32) ; a comment".getBytes(StandardCharsets.UTF_8);

        assertThat(LlvmIrReader.countTokens(new SourceText("test.ll", text))).isEqualTo(6);
    }
}
