"""Programs in C that call a handler at even intervals of their own progress."""

def _to_llvm_ir(ctx, source):
    out = ctx.actions.declare_file(ctx.label.name + "/" + source.basename + ".ll")
    ctx.actions.run(
        mnemonic = "JciCompile",
        executable = ctx.attr.clang,
        arguments = ["-O2", "-S", "-emit-llvm", "-I" + ctx.file._header.dirname, source.path, "-o", out.path],
        inputs = [source, ctx.file._header],
        outputs = [out],
        use_default_shell_env = True,
    )
    return out

def _instrument(ctx, module):
    out = ctx.actions.declare_file(module.basename + ".ci.ll", sibling = module)
    arguments = ctx.actions.args()
    arguments.add(module)
    arguments.add("-o", out)

    # What stands in this file goes to the worker in a request; without a worker jci reads it itself.
    arguments.use_param_file("@%s", use_always = True)
    arguments.set_param_file_format("multiline")
    ctx.actions.run(
        mnemonic = "JciInstrument",
        executable = ctx.executable._jci,
        arguments = ["instrument"] + ctx.attr.jci_options + ["--worker", arguments],
        inputs = [module],
        outputs = [out],
        progress_message = "Instrumenting %s" % module.short_path,
        execution_requirements = {
            "requires-worker-protocol": "json",
            "supports-multiplex-sandboxing": "1",
            "supports-multiplex-workers": "1",
            "supports-worker-cancellation": "1",
            "supports-workers": "1",
        },
        use_default_shell_env = True,
    )
    return out

def _jci_binary(ctx):
    modules = [_instrument(ctx, _to_llvm_ir(ctx, source)) for source in ctx.files.srcs]
    program = ctx.actions.declare_file(ctx.label.name + "/" + ctx.label.name)
    ctx.actions.run(
        mnemonic = "JciLink",
        executable = ctx.attr.clang,
        arguments = ["-O2", "-Xclang", "-disable-llvm-passes", "-Wno-override-module"] + [module.path for module in modules + [ctx.file._runtime]] + ["-o", program.path],
        inputs = modules + [ctx.file._runtime],
        outputs = [program],
        use_default_shell_env = True,
    )
    return [DefaultInfo(executable = program), OutputGroupInfo(instrumented = depset(modules))]

jci_binary = rule(
    implementation = _jci_binary,
    doc = "A program in C with compiler interrupts.",
    executable = True,
    attrs = {
        "srcs": attr.label_list(allow_files = [".c"], mandatory = True),
        "jci_options": attr.string_list(doc = "Options of jci instrument."),
        "clang": attr.string(default = "clang", doc = "The compiler, by its name on the PATH."),
        "_header": attr.label(default = "//:ci.h", allow_single_file = True),
        "_jci": attr.label(default = "//tools:jci", executable = True, cfg = "exec", allow_single_file = True),
        "_runtime": attr.label(default = "//:runtime.ll", allow_single_file = True),
    },
)
