package dev.jci.grammar;

import dev.jci.ir.AtomicOrdering;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.FCmpPredicate;
import dev.jci.ir.ICmpPredicate;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that stand for one of several operations, predicates or orderings. */
final class OperationWords {
    static final Map<String, BinaryOpcode> BINARY = byKeyword(BinaryOpcode.values(), BinaryOpcode::keyword);
    static final Map<String, CastOpcode> CASTS = byKeyword(CastOpcode.values(), CastOpcode::keyword);
    static final Map<String, ICmpPredicate> ICMP = byKeyword(ICmpPredicate.values(), ICmpPredicate::keyword);
    static final Map<String, FCmpPredicate> FCMP = byKeyword(FCmpPredicate.values(), FCmpPredicate::keyword);
    static final Map<String, AtomicOrdering> ORDERINGS = byKeyword(AtomicOrdering.values(), AtomicOrdering::keyword);

    private OperationWords() {}

    private static <T> Map<String, T> byKeyword(T[] all, Function<T, String> keyword) {
        return Arrays.stream(all).collect(Collectors.toUnmodifiableMap(keyword, Function.identity()));
    }
}
