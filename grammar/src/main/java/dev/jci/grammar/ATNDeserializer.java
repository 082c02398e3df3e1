package dev.jci.grammar;

import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNType;

/**
 * Stands in the place of ANTLR's class of that name for the generated classes, since it is in their package. The parser makes each decision
 * on one token, so that nobody needs the network of states that ANTLR's prediction works on, and making it takes a twentieth of the time
 * of a command on a small file. The generated lexer does need its own; only tests use that.
 */
final class ATNDeserializer {
    /** Where in the text of a network its type stands, and that of a parser's, as ANTLR numbers them. */
    private static final int TYPE = 1;

    private static final char PARSER = 1;

    /** A network without states for the parser. */
    ATN deserialize(char[] serialized) {
        return serialized[TYPE] == PARSER
                ? new ATN(ATNType.PARSER, 0)
                : new org.antlr.v4.runtime.atn.ATNDeserializer().deserialize(serialized);
    }
}
