package dev.jci.emit;

import java.util.HashMap;
import java.util.Map;

/**
 * The first LLVM that has an intrinsic, for those that came after LLVM 14; {@code llvm.} is left out. Intrinsics of single targets are not
 * here. From the lists of intrinsics that LLVM 14, 15, 16, 19 and 22 install, and release notes for those between; where those say nothing
 * the later version stands here, so that an intrinsic is rather refused than printed for an LLVM that takes it for an unknown function.
 */
final class IntrinsicVersions {
    private static final Map<String, Integer> SINCE = new HashMap<>();

    private IntrinsicVersions() {}

    static {
        since(15, """
                experimental.vp.strided.load experimental.vp.strided.store fptrunc.round is.fpclass memset.inline
                vp.fcmp vp.fma vp.fneg vp.fpext vp.fptosi vp.fptoui vp.fptrunc vp.icmp vp.inttoptr vp.ptrtoint
                vp.sext vp.sitofp vp.trunc vp.uitofp vp.zext
                """);
        since(16, """
                vp.abs vp.bitreverse vp.bswap vp.ceil vp.copysign vp.ctlz vp.ctpop vp.cttz vp.fabs vp.floor
                vp.fmuladd vp.fshl vp.fshr vp.maxnum vp.minnum vp.nearbyint vp.rint vp.round vp.roundeven
                vp.roundtozero vp.smax vp.smin vp.sqrt vp.umax vp.umin
                """);
        since(17, """
                callbr.landingpad experimental.constrained.ldexp experimental.get.vector.length frexp get.fpenv
                instrprof.timestamp ldexp reset.fpenv set.fpenv type.checked.load.relative vector.reduce.fmaximum
                vector.reduce.fminimum
                """);
        since(18, """
                exp10 experimental.cttz.elts get.fpmode preserve.static.offset reset.fpmode set.fpmode vp.is.fpclass
                """);
        since(19, """
                acos allow.runtime.check allow.ubsan.check asin atan coro.await.suspend.bool
                coro.await.suspend.handle coro.await.suspend.void coro.end.results cosh
                experimental.constrained.acos experimental.constrained.asin experimental.constrained.atan
                experimental.constrained.cosh experimental.constrained.sinh experimental.constrained.tan
                experimental.constrained.tanh experimental.convergence.anchor experimental.convergence.entry
                experimental.convergence.loop experimental.vector.compress experimental.vector.histogram.add
                experimental.vector.partial.reduce.add experimental.vp.reverse experimental.vp.splat
                hwasan.check.memaccess.fixedshadow hwasan.check.memaccess.shortgranules.fixedshadow
                instrprof.callsite instrprof.mcdc.parameters instrprof.mcdc.tvbitmap.update readsteadycounter scmp
                sinh tan tanh ucmp vector.splice vp.cttz.elts vp.llrint vp.lrint vp.maximum vp.minimum
                vp.reduce.fmaximum vp.reduce.fminimum vp.sadd.sat vp.ssub.sat vp.uadd.sat vp.usub.sat
                """);
        since(20, """
                atan2 experimental.constrained.atan2 experimental.memset.pattern
                experimental.vector.extract.last.active experimental.vector.match maximumnum minimumnum
                objc.claimAutoreleasedReturnValue sincos stackaddress vector.deinterleave3 vector.deinterleave5
                vector.deinterleave7 vector.interleave3 vector.interleave5 vector.interleave7
                """);
        since(21, """
                modf sincospi vector.deinterleave4 vector.deinterleave6 vector.deinterleave8 vector.interleave4
                vector.interleave6 vector.interleave8
                """);
        since(22, """
                alloc.token.id allow.sanitize.address allow.sanitize.hwaddress allow.sanitize.memory
                allow.sanitize.thread clmul coro.begin.custom.abi coro.is_in_ramp
                experimental.vector.histogram.uadd.sat experimental.vector.histogram.umax
                experimental.vector.histogram.umin loop.dependence.raw.mask loop.dependence.war.mask
                protected.field.ptr reloc.none vector.partial.reduce.fadd vector.splice.left vector.splice.right
                vp.load.ff
                """);
    }

    private static void since(int version, String names) {
        for (String name : names.strip().split("\\s+", -1)) {
            SINCE.put(name, version);
        }
    }

    /** The first LLVM that has the intrinsic, or the one that it is an overload of; 0 when all have it. */
    static int since(String name) {
        if (!name.startsWith("llvm.")) {
            return 0;
        }
        String base = name.substring("llvm.".length());
        while (true) {
            Integer since = SINCE.get(base);
            if (since != null) {
                return since;
            }
            int dot = base.lastIndexOf('.');
            if (dot < 0) {
                return 0;
            }
            base = base.substring(0, dot);
        }
    }
}
