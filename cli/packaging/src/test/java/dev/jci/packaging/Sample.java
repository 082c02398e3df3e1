package dev.jci.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the test rewrites: its answers are the same afterwards. */
public final class Sample implements Supplier<List<String>> {
    sealed interface Shape {
        /** A switch in an interface. */
        default String name() {
            return switch (this) {
                case Circle circle -> "circle";
                case Square square -> "square";
                case Pair pair -> "pair";
                case Empty empty -> "empty";
            };
        }
    }

    record Circle(double radius) implements Shape {}

    record Square(int side) implements Shape {}

    record Pair(@Nullable Shape left, @Nullable Shape right) implements Shape {}

    record Empty() implements Shape {}

    record Everything(
            boolean z,
            byte b,
            char c,
            short s,
            int i,
            long j,
            float f,
            double d,
            @Nullable String text,
            List<Integer> list) {}

    private static final List<Integer> LIST = List.of(1);
    private static final Everything BASE = new Everything(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "text", LIST);
    private static final List<Object> VALUES = List.of(
            new Circle(0.0),
            new Circle(-0.0),
            new Circle(Double.NaN),
            new Square(-3),
            new Square(3),
            new Empty(),
            new Pair(null, new Square(3)),
            new Pair(new Square(3), null),
            new Pair(new Pair(new Empty(), null), new Circle(2)),
            BASE,
            new Everything(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "text", LIST),
            new Everything(false, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "text", LIST),
            new Everything(true, (byte) -1, 'c', (short) 2, 3, 4L, 5f, 6d, "text", LIST),
            new Everything(true, (byte) 1, 'd', (short) 2, 3, 4L, 5f, 6d, "text", LIST),
            new Everything(true, (byte) 1, 'c', (short) -2, 3, 4L, 5f, 6d, "text", LIST),
            new Everything(true, (byte) 1, 'c', (short) 2, -3, 4L, 5f, 6d, "text", LIST),
            new Everything(true, (byte) 1, 'c', (short) 2, 3, 4L << 40, 5f, 6d, "text", LIST),
            new Everything(true, (byte) 1, 'c', (short) 2, 3, 4L, -0f, 6d, "text", LIST),
            new Everything(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 0d, "text", LIST),
            new Everything(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, null, LIST),
            "a string",
            12,
            200,
            List.of());

    @Override
    public List<String> get() {
        List<String> answers = new ArrayList<>();
        for (Object value : VALUES) {
            answers.add(describe(value) + " " + size(value) + " " + (value instanceof Shape shape ? shape.name() : ""));
            answers.add(value.getClass().isRecord() ? "hash " + value.hashCode() : "");
            for (Object other : VALUES) {
                answers.add(String.valueOf(value.equals(other)));
            }
        }
        answers.add(describe(null));
        return answers;
    }

    /** Guards, null, and types one within the other. */
    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case Circle circle when circle.radius > 1 -> "large circle";
            case Square square when square.side < 0 -> "wrong square";
            case Pair(Square(int side), var right) when side > 100 -> "large pair";
            case Pair(Pair(Empty inner, var none), Circle(double radius)) -> "deep pair " + radius;
            case Pair pair when pair.left == null -> "half a pair";
            case Circle circle -> "circle";
            case Shape shape -> "shape";
            case Everything everything when everything.text == null -> "no text";
            case CharSequence text -> "text";
            default -> "something";
        };
    }

    /** Labels that are no types. */
    private static String size(Object value) {
        return switch (value) {
            case Integer number when number > 100 -> "large";
            case Integer number -> "small";
            case String text when text.isEmpty() -> "empty";
            case String text -> "text";
            default -> "none";
        };
    }
}
