package dev.jci.emit;

/** The writers that write to one buffer, for one thread. */
final class Writers {
    final TextBuffer out = new TextBuffer();
    final TypeWriter types;
    final ValueWriter values;
    final AttributeWriter attributes;
    final GlobalWriter globals;
    final FunctionWriter functions;

    Writers(ModuleNumbers numbers, Dialect dialect, int programAddressSpace) {
        types = new TypeWriter(out, numbers, dialect);
        ConstantWriter constants = new ConstantWriter(out, types, numbers, dialect);
        values = new ValueWriter(out, types, constants, numbers, dialect);
        attributes = new AttributeWriter(out, types, numbers, dialect);
        globals = new GlobalWriter(out, types, constants, values, attributes, dialect);
        functions =
                new FunctionWriter(out, types, constants, values, attributes, globals, dialect, programAddressSpace);
    }
}
