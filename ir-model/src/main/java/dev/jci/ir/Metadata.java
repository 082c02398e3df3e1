package dev.jci.ir;

/** Metadata (LangRef, "Metadata"): a node, a string, a value used as metadata, or a list of values for debug records. */
public sealed interface Metadata extends MDOperand permits DIArgList, MDNode, MDString, ValueAsMetadata {}
