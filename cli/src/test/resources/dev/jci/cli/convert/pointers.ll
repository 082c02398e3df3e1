%T = type { ptr, i32, ptr }
@g = global i32 7
@t = global %T { ptr @g, i32 1, ptr getelementptr inbounds ([2 x i32], ptr @a, i64 0, i64 1) }
@a = global [2 x i32] [i32 1, i32 2]
@self = global ptr @self
@fp = global [2 x ptr] [ptr @f, ptr null]
@al = alias i32, ptr @g
@al2 = alias i8, getelementptr (i8, ptr @a, i64 4)
@llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @ctor, ptr null }]
@llvm.used = appending global [1 x ptr] [ptr @g], section "llvm.metadata"
@if = ifunc i32 (i32), ptr @res
@ba = global ptr blockaddress(@f, %two)
@d = global i64 sub (i64 ptrtoint (ptr @g to i64), i64 ptrtoint (ptr @a to i64))

define internal ptr @res() {
  ret ptr null
}
define internal void @ctor() {
  ret void
}
declare void @sr(ptr sret(%T), ptr byval([4 x ptr]))
declare i32 @__gxx_personality_v0(...)

define ptr @f(ptr %p, i32 %n) personality ptr @__gxx_personality_v0 {
entry:
  %x = alloca i32
  %y = alloca [4 x ptr]
  %z = alloca %T
  %sw = alloca swifterror ptr
  store ptr null, ptr %sw
  store i32 %n, ptr %x
  store ptr %x, ptr %y
  %e = getelementptr inbounds %T, ptr %z, i32 0, i32 2
  store ptr %e, ptr %e
  call void @sr(ptr sret(%T) %z, ptr byval([4 x ptr]) %y)
  call void @sr(ptr %z, ptr %y)
  call void @swi(ptr swifterror %sw)
  call void @llvm.memcpy.p0.p0.i64(ptr %x, ptr %p, i64 4, i1 false)
  %fpv = load ptr, ptr @fp
  invoke void %fpv(ptr %x)
     to label %one unwind label %lp
one:
  %c = icmp eq ptr %x, %p
  %c2 = icmp eq ptr %e, null
  br i1 %c, label %two, label %three
two:
  %q = phi ptr [ %x, %one ], [ %q2, %three ], [ @g, %two2 ]
  %pi = ptrtoint ptr %q to i64
  %v = insertelement <2 x ptr> undef, ptr %q, i32 0
  %v2 = getelementptr i32, <2 x ptr> %v, <2 x i64> <i64 1, i64 2>
  %m = call <2 x i32> @llvm.masked.gather.v2i32.v2p0(<2 x ptr> %v2, i32 4, <2 x i1> <i1 true, i1 true>, <2 x i32> undef)
  call void asm sideeffect "mov $$1, $0", "=*m"(ptr elementtype(i32) %x)
  ret ptr %q
three:
  %q2 = select i1 %c2, ptr %x, ptr %p
  br i1 %c2, label %two, label %two2
two2:
  %old = cmpxchg ptr %y, ptr %x, ptr null seq_cst seq_cst
  %old1 = extractvalue { ptr, i1 } %old, 0
  %r = atomicrmw add ptr %x, i32 1 seq_cst
  call void (ptr, ...) @va(ptr @a, ptr %x, ptr @f, ptr null)
  call void @llvm.lifetime.start.p0(ptr %x)
  %inv = call ptr @llvm.invariant.start.p0(i64 4, ptr %x)
  call void @llvm.invariant.end.p0(ptr %inv, i64 4, ptr %x)
  br label %two
lp:
  %l = landingpad { ptr, i32 } catch ptr @g filter [1 x ptr] [ptr @a]
  resume { ptr, i32 } %l
}
declare ptr @llvm.invariant.start.p0(i64, ptr)
declare void @llvm.invariant.end.p0(ptr, i64, ptr)
declare void @llvm.lifetime.start.p0(ptr)
declare void @va(ptr, ...)
declare void @swi(ptr swifterror)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare <2 x i32> @llvm.masked.gather.v2i32.v2p0(<2 x ptr>, i32, <2 x i1>, <2 x i32>)
!0 = !{ptr @f, ptr null, ptr getelementptr (i32, ptr @a, i64 1)}
!foo = !{!0}
