package dev.jci.ir;

/**
 * A constant (LangRef, "Constants"). Constants are immutable and compared by value, except {@link GlobalValue}s, which have
 * identity.
 */
public sealed interface Constant extends Value
        permits BlockAddress,
                ConstantAggregate,
                ConstantDataString,
                ConstantExpr,
                ConstantFP,
                ConstantInt,
                ConstantPtrAuth,
                ConstantSplat,
                GlobalReference,
                GlobalValue,
                SimpleConstant {}
