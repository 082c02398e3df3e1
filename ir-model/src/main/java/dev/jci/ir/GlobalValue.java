package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a module defines or declares under a name beginning with {@code @}: a function, a global variable, an alias or an
 * ifunc (LangRef, "Module Structure"). As an operand it stands for its address.
 */
public abstract sealed class GlobalValue implements Constant
        permits Function, GlobalAlias, GlobalIFunc, GlobalVariable {
    private @Nullable String name;
    private Type valueType;
    private PointerType type = PointerType.OPAQUE;
    private Linkage linkage = Linkage.EXTERNAL;
    private RuntimePreemption preemption = RuntimePreemption.NONE;
    private Visibility visibility = Visibility.DEFAULT;
    private DllStorageClass dllStorageClass = DllStorageClass.DEFAULT;
    private ThreadLocalMode threadLocalMode = ThreadLocalMode.NONE;
    private UnnamedAddr unnamedAddr = UnnamedAddr.NONE;
    private @Nullable String partition;
    private List<MetadataAttachment> attachments = List.of();
    private @Nullable Module parent;
    private int number = -1;
    private int position = -1;

    GlobalValue(@Nullable String name, Type valueType) {
        this.name = name;
        this.valueType = valueType;
    }

    /** The type of the address: a pointer. */
    @Override
    public PointerType type() {
        return type;
    }

    /** Sets the type of the address; {@code ptr} before. */
    public void setType(PointerType type) {
        this.type = type;
    }

    /** The type of what stands at the address; a {@link FunctionType} for a function. */
    public Type valueType() {
        return valueType;
    }

    /** Changes the type of what stands at the address. */
    public void setValueType(Type valueType) {
        this.valueType = valueType;
    }

    /** The name without {@code @}; null when the printer is to number the global. */
    public @Nullable String name() {
        return name;
    }

    /**
     * Renames the global.
     *
     * @throws IllegalArgumentException when another global of the module has that name
     */
    public void setName(@Nullable String name) {
        if (parent != null) {
            parent.renameGlobal(this, this.name, name);
        }
        this.name = name;
    }

    /** The number that an unnamed global was read with, -1 when it has none. */
    public int number() {
        return number;
    }

    /** Notes the number that an unnamed global was read with. */
    public void setNumber(int number) {
        this.number = number;
    }

    /** The linkage; {@link Linkage#EXTERNAL} when none is written. */
    public Linkage linkage() {
        return linkage;
    }

    /** Changes the linkage. */
    public void setLinkage(Linkage linkage) {
        this.linkage = linkage;
    }

    /** {@code dso_local} or {@code dso_preemptable}. */
    public RuntimePreemption preemption() {
        return preemption;
    }

    /** Changes the preemption specifier. */
    public void setPreemption(RuntimePreemption preemption) {
        this.preemption = preemption;
    }

    /** The visibility. */
    public Visibility visibility() {
        return visibility;
    }

    /** Changes the visibility. */
    public void setVisibility(Visibility visibility) {
        this.visibility = visibility;
    }

    /** The DLL storage class. */
    public DllStorageClass dllStorageClass() {
        return dllStorageClass;
    }

    /** Changes the DLL storage class. */
    public void setDllStorageClass(DllStorageClass dllStorageClass) {
        this.dllStorageClass = dllStorageClass;
    }

    /** The thread-local model; functions have none. */
    public ThreadLocalMode threadLocalMode() {
        return threadLocalMode;
    }

    /** Changes the thread-local model. */
    public void setThreadLocalMode(ThreadLocalMode threadLocalMode) {
        this.threadLocalMode = threadLocalMode;
    }

    /** Whether the address matters. */
    public UnnamedAddr unnamedAddr() {
        return unnamedAddr;
    }

    /** Changes whether the address matters. */
    public void setUnnamedAddr(UnnamedAddr unnamedAddr) {
        this.unnamedAddr = unnamedAddr;
    }

    /** The partition, null for none. */
    public @Nullable String partition() {
        return partition;
    }

    /** Changes the partition. */
    public void setPartition(@Nullable String partition) {
        this.partition = partition;
    }

    /** The metadata attached; immutable. */
    public List<MetadataAttachment> attachments() {
        return attachments;
    }

    /** Replaces the metadata attached. */
    public void setAttachments(List<MetadataAttachment> attachments) {
        this.attachments = List.copyOf(attachments);
    }

    /** The first node attached under that name, null when there is none. */
    public @Nullable MDNode attachment(String kind) {
        for (MetadataAttachment attachment : attachments) {
            if (attachment.kind().equals(kind)) {
                return attachment.node();
            }
        }
        return null;
    }

    /** Attaches one more node. */
    public void attach(String kind, MDNode node) {
        List<MetadataAttachment> more = new ArrayList<>(attachments);
        more.add(new MetadataAttachment(kind, node));
        attachments = List.copyOf(more);
    }

    /** The module that holds the global; null before it has been added to one. */
    public @Nullable Module parent() {
        return parent;
    }

    void setParent(@Nullable Module parent) {
        this.parent = parent;
    }

    /** Where the definition stands in the source, an offset; -1 when unknown. */
    public int position() {
        return position;
    }

    /** Notes where the definition stands in the source. */
    public void setPosition(int position) {
        this.position = position;
    }

    /** Whether there is no definition in this module. */
    public abstract boolean isDeclaration();

    /** Whether the symbol cannot be seen outside the object: {@code private} or {@code internal}. */
    public boolean hasLocalLinkage() {
        return linkage == Linkage.PRIVATE || linkage == Linkage.INTERNAL;
    }

    /** The name as LLVM writes it, with {@code @}. */
    @Override
    public String toString() {
        return "@" + (name == null ? Integer.toString(number) : ByteString.quoteIfNeeded(name));
    }
}
