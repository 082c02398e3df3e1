package dev.jci.ir;

/** An instruction that a block entered by unwinding begins with (LangRef, "Exception Handling in LLVM"). */
public sealed interface ExceptionPad permits CatchPad, CatchSwitch, CleanupPad, LandingPad {}
