package dev.jci.ir.transform;

/** Is told what a transformation writes in another way. */
@FunctionalInterface
public interface Rewrites {
    /**
     * Something was rewritten.
     *
     * @param what what was written as what, as in {@code llvm.ucmp as comparisons}
     * @param position where in the source, an offset; -1 when unknown
     */
    void note(String what, int position);
}
