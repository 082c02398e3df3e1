package dev.jci.ci.generated;

/**
 * What a program may have.
 *
 * @param functions how many functions
 * @param recursive whether functions call those before them, too, and themselves
 * @param indirect whether functions are called by pointer and by code outside of the module
 * @param exceptions whether functions throw and catch
 * @param computedJumps whether there are {@code indirectbr}
 * @param assembly whether there are {@code callbr}
 * @param jumps whether functions call {@code _setjmp}, and functions that they call jump back there
 * @param longBlocks whether blocks may be longer than a commit interval
 */
public record Features(
        int functions,
        boolean recursive,
        boolean indirect,
        boolean exceptions,
        boolean computedJumps,
        boolean assembly,
        boolean jumps,
        boolean longBlocks) {}
