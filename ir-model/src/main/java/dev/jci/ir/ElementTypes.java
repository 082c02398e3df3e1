package dev.jci.ir;

/** Intrinsics that are told with {@code elementtype} what a pointer argument points to (LangRef, "Parameter Attributes"). */
public final class ElementTypes {
    private ElementTypes() {}

    /**
     * Which argument that is.
     *
     * @param call any call
     * @return the index of the argument, -1 when the call needs no such attribute
     */
    public static int argument(CallBase call) {
        Function callee = call.calledFunction();
        String name = callee == null ? null : callee.name();
        if (name == null) {
            return -1;
        }
        int types = name.lastIndexOf(".p");
        return switch (types < 0 ? name : name.substring(0, types)) {
            case "llvm.aarch64.ldxr", "llvm.aarch64.ldaxr", "llvm.arm.ldrex", "llvm.arm.ldaex" -> 0;
            case "llvm.aarch64.stxr", "llvm.aarch64.stlxr", "llvm.arm.strex", "llvm.arm.stlex" -> 1;
            case "llvm.experimental.gc.statepoint" -> 2;
            default ->
                name.startsWith("llvm.preserve.array.access.index")
                                || name.startsWith("llvm.preserve.struct.access.index")
                        ? 0
                        : -1;
        };
    }
}
