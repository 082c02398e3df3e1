package dev.jci.ci.generated;

import java.util.List;

/** The body of a function made of nested statements, as a compiler makes it of a program without jumps. */
final class RandomStatements {
    private static final int DEEPEST = 4;

    private final Code code;
    private int statements = 12;

    private RandomStatements(Code code) {
        this.code = code;
    }

    /** Writes the body. */
    static void write(Code code) {
        code.prologue("body");
        code.label("body");
        new RandomStatements(code).sequence(0, "exit");
        code.line("br label %exit");
        code.label("exit");
        code.giveBack();
    }

    /**
     * Several statements.
     *
     * @param depth how deep they are nested
     * @param leave the label behind the loop that they are in
     */
    private void sequence(int depth, String leave) {
        for (int i = 1 + code.below(3); i > 0 && statements > 0; i--) {
            statements--;
            if (depth >= DEEPEST) {
                code.straight();
                continue;
            }
            switch (code.below(7)) {
                case 0 -> code.straight();
                case 1 -> branch(depth, leave);
                case 2 -> choice(depth, leave);
                case 3, 4 -> counted(depth);
                case 5 -> burning(depth);
                default -> leaveEarly(leave);
            }
        }
        code.straight();
    }

    private void branch(int depth, String leave) {
        String then = code.fresh("then");
        String otherwise = code.oneIn(2) ? code.fresh("else") : null;
        String end = code.fresh("end");
        code.line("br i1 " + code.condition(1 + code.below(2)) + ", label %" + then + ", label %"
                + (otherwise == null ? end : otherwise));
        code.label(then);
        sequence(depth + 1, leave);
        code.line("br label %" + end);
        if (otherwise != null) {
            code.label(otherwise);
            sequence(depth + 1, leave);
            code.line("br label %" + end);
        }
        code.label(end);
    }

    private void choice(int depth, String leave) {
        String end = code.fresh("end");
        List<String> arms = List.of(code.fresh("arm"), code.fresh("arm"), code.fresh("arm"));
        code.line("switch i64 " + code.stir(2) + ", label %" + end + " [ i64 0, label %" + arms.get(0)
                + " i64 1, label %" + arms.get(1) + " i64 2, label %" + arms.get(2) + " i64 77, label %" + arms.get(0)
                + " ]");
        for (int i = 0; i < arms.size(); i++) {
            code.label(arms.get(i));
            sequence(depth + 1, leave);
            boolean fallsThrough = i + 1 < arms.size() && code.oneIn(3);
            code.line("br label %" + (fallsThrough ? arms.get(i + 1) : end));
        }
        code.label(end);
    }

    /** A loop with an induction variable: its type, direction, test and bound are left to chance. */
    private void counted(int depth) {
        Counter counter = Counter.any(code, depth == 0);
        if (code.oneIn(5)) {
            tight(counter);
            return;
        }
        String head = code.fresh("head");
        String body = code.fresh("body");
        String latch = code.fresh("latch");
        String before = code.fresh("pre");
        String end = code.fresh("end");
        boolean rotated = counter.endless() || !code.oneIn(4);
        code.line("br label %" + before);
        code.label(before);
        code.line("br label %" + head);
        code.label(head);
        code.line(counter.now() + " = phi " + counter.type() + " [ " + counter.start() + ", %" + before + " ], [ "
                + counter.next() + ", %" + latch + " ]");
        if (rotated) {
            code.line("br label %" + body);
        } else {
            code.line("br i1 " + counter.goesOn(code, counter.now()) + ", label %" + body + ", label %" + end);
        }
        code.label(body);
        switch (code.below(4)) {
            case 0 -> code.mix(counter.asNumber(code));
            case 1 -> even(end);
            case 2 -> {
                code.quiet();
                leaveEarly(end);
                code.quiet();
            }
            default -> sequence(depth + 1, end);
        }
        code.line("br label %" + latch);
        code.label(latch);
        code.line(counter.step());
        if (!rotated) {
            code.line("br label %" + head);
        } else if (code.oneIn(2)) {
            code.line("br i1 " + counter.goesOn(code, counter.next()) + ", label %" + head + ", label %" + end);
        } else {
            code.line("br i1 " + counter.isDone(code, counter.next()) + ", label %" + end + ", label %" + head);
        }
        code.label(end);
    }

    /** A loop of one block. */
    private void tight(Counter counter) {
        String before = code.fresh("pre");
        String head = code.fresh("tight");
        String end = code.fresh("end");
        code.line("br label %" + before);
        code.label(before);
        code.line("br label %" + head);
        code.label(head);
        code.line(counter.now() + " = phi " + counter.type() + " [ " + counter.start() + ", %" + before + " ], [ "
                + counter.next() + ", %" + head + " ]");
        code.quiet();
        code.line(counter.step());
        code.line("br i1 " + counter.goesOn(code, counter.next()) + ", label %" + head + ", label %" + end);
        code.label(end);
    }

    /** Two ways of the same cost, and perhaps a way out behind them. */
    private void even(String leave) {
        String left = code.fresh("left");
        String right = code.fresh("right");
        String end = code.fresh("end");
        code.line("br i1 " + code.condition(1) + ", label %" + left + ", label %" + right);
        code.label(left);
        code.mix("1");
        code.line("br label %" + end);
        code.label(right);
        code.mix("2");
        code.line("br label %" + end);
        code.label(end);
        if (code.oneIn(2)) {
            leaveEarly(leave);
        }
    }

    /** A loop that ends by chance, or when the fuel is used up. */
    private void burning(int depth) {
        String head = code.fresh("head");
        String again = code.fresh("again");
        String end = code.fresh("end");
        code.line("br label %" + head);
        code.label(head);
        sequence(depth + 1, end);
        code.line("br i1 " + code.burn() + ", label %exit, label %" + again);
        code.label(again);
        code.line("br i1 " + code.condition(2) + ", label %" + end + ", label %" + head);
        code.label(end);
    }

    /** Leaves the loop, or the function, by chance. */
    private void leaveEarly(String leave) {
        String stay = code.fresh("stay");
        String target = code.oneIn(4) ? "exit" : leave;
        code.line("br i1 " + code.condition(3 + code.below(4)) + ", label %" + target + ", label %" + stay);
        code.label(stay);
    }
}
