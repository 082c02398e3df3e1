package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** Another name for a global or a place in it, {@code @a = alias i32, ptr @g} (LangRef, "Aliases"). */
public final class GlobalAlias extends GlobalValue {
    private @Nullable Constant aliasee;

    /**
     * @param name the name without {@code @}, null when unnamed
     * @param valueType the type that the alias is said to have
     * @param aliasee what it stands for; null until the reader has seen it
     */
    public GlobalAlias(@Nullable String name, Type valueType, @Nullable Constant aliasee) {
        super(name, valueType);
        this.aliasee = aliasee;
    }

    /** What the alias stands for; null only before the definition is complete. */
    public @Nullable Constant aliasee() {
        return aliasee;
    }

    /** Changes what the alias stands for. */
    public void setAliasee(Constant aliasee) {
        this.aliasee = aliasee;
    }

    @Override
    public boolean isDeclaration() {
        return false;
    }
}
