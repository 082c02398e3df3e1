package dev.jci.grammar;

/** Finds places inside the text of an instruction; only asked for when something is wrong there. */
final class InstructionText {
    private final TokenSource tokens;

    /**
     * @param position where the instruction begins
     */
    InstructionText(byte[] bytes, int position) {
        this.tokens = new TokenSource(bytes, 0, bytes.length);
        tokens.jump(position);
    }

    /**
     * Where an operand begins, its type included.
     *
     * @param index which one; operands are what stands behind the opcode and its flags, and behind each comma outside brackets
     */
    int operand(int index) {
        int instruction = tokens.start();
        if (tokens.type() == LlvmIrLexer.LOCAL) {
            tokens.consume();
            tokens.consume();
        }
        tokens.consume();
        skipFlags();
        int depth = 0;
        int operand = 0;
        while (operand < index) {
            switch (tokens.type()) {
                case TokenSource.EOF -> {
                    return instruction;
                }
                case LlvmIrLexer.LPAREN, LlvmIrLexer.LBRACE, LlvmIrLexer.LBRACKET, LlvmIrLexer.LESS -> depth++;
                case LlvmIrLexer.RPAREN, LlvmIrLexer.RBRACE, LlvmIrLexer.RBRACKET, LlvmIrLexer.GREATER -> depth--;
                case LlvmIrLexer.COMMA -> operand += depth == 0 ? 1 : 0;
                default -> {}
            }
            tokens.consume();
        }
        return tokens.start();
    }

    /** Where one of the words behind the opcode stands. */
    int word(int index) {
        if (tokens.type() == LlvmIrLexer.LOCAL) {
            tokens.consume();
            tokens.consume();
        }
        for (int i = 0; i <= index; i++) {
            tokens.consume();
        }
        return tokens.start();
    }

    private void skipFlags() {
        while (true) {
            switch (tokens.type()) {
                case LlvmIrLexer.WORD,
                        LlvmIrLexer.TYPE_ATTRIBUTE,
                        LlvmIrLexer.BINARY,
                        LlvmIrLexer.TRUE,
                        LlvmIrLexer.FALSE -> tokens.consume();
                default -> {
                    return;
                }
            }
        }
    }
}
