package dev.jci.grammar;

import dev.jci.ir.NodeFields;

/** Finds places inside the text of a metadata node; only asked for when something is wrong there. */
final class NodeText {
    private final TokenSource tokens;

    /**
     * @param position where the node begins
     */
    NodeText(byte[] bytes, int position) {
        this.tokens = new TokenSource(bytes, 0, bytes.length);
        tokens.jump(position);
    }

    /** The place that a complaint is about. */
    int place(NodeFields.Complaint complaint) {
        int node = tokens.start();
        if (complaint.field() == NodeFields.Complaint.NODE) {
            return node;
        }
        int depth = 0;
        int field = -1;
        do {
            switch (tokens.type()) {
                case LlvmIrLexer.LPAREN, LlvmIrLexer.LBRACE -> depth++;
                case LlvmIrLexer.RPAREN, LlvmIrLexer.RBRACE -> {
                    depth--;
                    if (depth == 0) {
                        return tokens.start();
                    }
                }
                case LlvmIrLexer.LABEL -> {
                    if (depth == 1 && ++field == complaint.field()) {
                        if (complaint.atValue()) {
                            tokens.consume();
                        }
                        return tokens.start();
                    }
                }
                default -> {}
            }
            tokens.consume();
        } while (tokens.type() != TokenSource.EOF);
        return node;
    }

    /** The token behind the definition of a numbered node that begins here. */
    int next() {
        int depth = 0;
        boolean opened = false;
        while (tokens.type() != TokenSource.EOF && !(opened && depth == 0)) {
            switch (tokens.type()) {
                case LlvmIrLexer.LPAREN, LlvmIrLexer.LBRACE -> {
                    depth++;
                    opened = true;
                }
                case LlvmIrLexer.RPAREN, LlvmIrLexer.RBRACE -> depth--;
                default -> {}
            }
            tokens.consume();
        }
        return tokens.start();
    }
}
