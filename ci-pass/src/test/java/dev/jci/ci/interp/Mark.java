package dev.jci.ci.interp;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;

/**
 * A call of {@code _setjmp} that may be returned from again.
 *
 * @param frame the frame of the function that called
 * @param call the call
 * @param block where it stands
 * @param stackEnd where the stack ended
 */
record Mark(Frame frame, Call call, BasicBlock block, int stackEnd) {}
