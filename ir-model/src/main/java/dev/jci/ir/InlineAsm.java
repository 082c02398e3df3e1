package dev.jci.ir;

/**
 * An inline assembly expression, only ever the callee of a call (LangRef, "Inline Assembler Expressions").
 *
 * @param type the type of a pointer to the function that the text stands for
 * @param template the assembly text
 * @param constraints the constraint string
 * @param sideEffect whether {@code sideeffect} is given
 * @param alignStack whether {@code alignstack} is given
 * @param intelDialect whether {@code inteldialect} is given
 * @param canUnwind whether {@code unwind} is given
 */
public record InlineAsm(
        Type type,
        String template,
        String constraints,
        boolean sideEffect,
        boolean alignStack,
        boolean intelDialect,
        boolean canUnwind)
        implements Value {}
