package dev.jci.ir;

/** An attribute group, {@code attributes #0 = { nounwind "frame-pointer"="all" }} (LangRef, "Attribute Groups"). */
public final class AttributeGroup {
    private int number;
    private AttributeSet attributes;

    /**
     * @param number the number behind {@code #}
     * @param attributes the attributes
     */
    public AttributeGroup(int number, AttributeSet attributes) {
        this.number = number;
        this.attributes = attributes;
    }

    /** The number behind {@code #}. */
    public int number() {
        return number;
    }

    /** Changes the number behind {@code #}. */
    public void setNumber(int number) {
        this.number = number;
    }

    /** The attributes. */
    public AttributeSet attributes() {
        return attributes;
    }

    /** Replaces the attributes, for all that refer to the group. */
    public void setAttributes(AttributeSet attributes) {
        this.attributes = attributes;
    }
}
