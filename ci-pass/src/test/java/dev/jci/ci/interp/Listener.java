package dev.jci.ci.interp;

import dev.jci.ir.Function;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Instruction;

/** Is told what a machine does. */
public interface Listener {
    /** Does not care. */
    Listener NONE = new Listener() {
        @Override
        public void executes(Instruction instruction) {}

        @Override
        public void stores(GlobalVariable variable, long before, long after) {}
    };

    /** An instruction is about to be executed. */
    void executes(Instruction instruction);

    /** The program writes another value into a global variable. */
    void stores(GlobalVariable variable, long before, long after);

    /** The program writes into a global variable, at a distance from its beginning. */
    default void writes(GlobalVariable variable, long offset, long value) {}

    /** A function of the module is entered. */
    default void enters(Function function) {}

    /** A function of the module is left, by whatever way. */
    default void leaves(Function function) {}
}
