package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** A global variable, {@code @g = internal global i32 7, align 4} (LangRef, "Global Variables"). */
public final class GlobalVariable extends GlobalValue {
    private @Nullable Constant initializer;
    private boolean constant;
    private boolean externallyInitialized;
    private @Nullable String section;
    private @Nullable Comdat comdat;
    private long alignment;
    private @Nullable String codeModel;
    private AttributeSet sanitizers = AttributeSet.EMPTY;
    private FunctionAttributes attributes = FunctionAttributes.NONE;

    /**
     * @param name the name without {@code @}, null when unnamed
     * @param valueType the type of the variable
     * @param initializer the first value; null for a declaration
     */
    public GlobalVariable(@Nullable String name, Type valueType, @Nullable Constant initializer) {
        super(name, valueType);
        this.initializer = initializer;
    }

    /** The first value; null for a declaration. */
    public @Nullable Constant initializer() {
        return initializer;
    }

    /** Changes the first value; null makes this a declaration. */
    public void setInitializer(@Nullable Constant initializer) {
        this.initializer = initializer;
    }

    /** Whether this is {@code constant} rather than {@code global}. */
    public boolean isConstant() {
        return constant;
    }

    /** Makes this {@code constant} or {@code global}. */
    public void setConstant(boolean constant) {
        this.constant = constant;
    }

    /** Whether {@code externally_initialized} is given. */
    public boolean isExternallyInitialized() {
        return externallyInitialized;
    }

    /** Sets or drops {@code externally_initialized}. */
    public void setExternallyInitialized(boolean externallyInitialized) {
        this.externallyInitialized = externallyInitialized;
    }

    /** The section, null for none. */
    public @Nullable String section() {
        return section;
    }

    /** Changes the section. */
    public void setSection(@Nullable String section) {
        this.section = section;
    }

    /** The comdat, null for none. */
    public @Nullable Comdat comdat() {
        return comdat;
    }

    /** Changes the comdat. */
    public void setComdat(@Nullable Comdat comdat) {
        this.comdat = comdat;
    }

    /** The alignment in bytes, 0 when none is written. */
    public long alignment() {
        return alignment;
    }

    /** Changes the alignment; 0 for none. */
    public void setAlignment(long alignment) {
        this.alignment = alignment;
    }

    /** The code model, {@code large} in {@code code_model "large"}; null for none. */
    public @Nullable String codeModel() {
        return codeModel;
    }

    /** Changes the code model. */
    public void setCodeModel(@Nullable String codeModel) {
        this.codeModel = codeModel;
    }

    /** The words {@code no_sanitize_address}, {@code no_sanitize_hwaddress}, {@code sanitize_memtag}, {@code sanitize_address_dyninit}. */
    public AttributeSet sanitizers() {
        return sanitizers;
    }

    /** Changes the sanitizer words. */
    public void setSanitizers(AttributeSet sanitizers) {
        this.sanitizers = sanitizers;
    }

    /** The attributes and attribute groups behind the variable. */
    public FunctionAttributes attributes() {
        return attributes;
    }

    /** Changes the attributes and attribute groups. */
    public void setAttributes(FunctionAttributes attributes) {
        this.attributes = attributes;
    }

    @Override
    public boolean isDeclaration() {
        return initializer == null;
    }
}
