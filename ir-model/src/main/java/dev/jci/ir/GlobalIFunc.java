package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** A function that a resolver chooses at load time, {@code @f = ifunc void (), ptr @resolver} (LangRef, "IFuncs"). */
public final class GlobalIFunc extends GlobalValue {
    private @Nullable Constant resolver;

    /**
     * @param name the name without {@code @}, null when unnamed
     * @param valueType the type of the function chosen
     * @param resolver the function that chooses; null until the reader has seen it
     */
    public GlobalIFunc(@Nullable String name, Type valueType, @Nullable Constant resolver) {
        super(name, valueType);
        this.resolver = resolver;
    }

    /** The function that chooses; null only before the definition is complete. */
    public @Nullable Constant resolver() {
        return resolver;
    }

    /** Changes the function that chooses. */
    public void setResolver(Constant resolver) {
        this.resolver = resolver;
    }

    @Override
    public boolean isDeclaration() {
        return false;
    }
}
